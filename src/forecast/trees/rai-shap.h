/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/trees/rai-tree.h"

#include <stddef.h>

/* Shapley values of a tree's answer: exact, in time linear in its leaves. The players are groups of
 * features, of which there are at most RAI_SHAP_GROUPS; a group's value is what knowing its
 * features moves the answer by, averaged over all orders in which the groups could become known. A
 * node whose feature is not known sends a row both ways, in the shares of the training rows
 * (path-dependent expectation). The values and the expected answer add up to the answer. Lundberg
 * et al., "From local explanations to global understanding with explainable AI for trees", Nature
 * Machine Intelligence 2020; groups as players: Jullum, Redelmeier & Aas, "groupShapley", 2021. */
#define RAI_SHAP_GROUPS 16

/* Adds to values[n_rows][RAI_SHAP_GROUPS] those of one tree of n_nodes for rows of
 * codes[n_rows][n_features]; groups[feature] is a feature's group. Rows that all nodes send the
 * same way, as days of a series often are, are worked out once. */
void rai_shap_add (const RaiTreeNode *tree, size_t n_nodes, const uint8_t *codes, size_t n_rows,
                   size_t n_features, const uint8_t *groups, double *values);
/* The answer when nothing is known: the mean of the leaves, by the shares of the training rows. */
double rai_shap_expected (const RaiTreeNode *tree);
