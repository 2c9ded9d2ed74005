/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A node of a decision tree over binned features (rai-boost.h): what training grows, prediction
 * follows and rai-shap.h takes apart. A tree is an array whose first node is the root. */
typedef struct {
  uint16_t feature;
  uint8_t base, cut; /* code - base <= cut (in 8 bits) goes left: base 1 sends the unknown (0 - 1 =
                        255) to the right */
  uint16_t left;     /* its place in the tree, the right child stands behind it; 0: a leaf */
  union {
    float value; /* a leaf's answer */
    float share; /* of an inner node's rows in training: those that went left */
  };
} RaiTreeNode;

static inline bool
rai_tree_goes_left (const RaiTreeNode *node, const uint8_t *codes) {
  return (uint8_t) (codes[node->feature] - node->base) <= node->cut;
}

static inline float
rai_tree_answer (const RaiTreeNode *tree, const uint8_t *codes) {
  const RaiTreeNode *node = tree;
  while (node->left != 0)
    node = tree + node->left + !rai_tree_goes_left (node, codes);
  return node->value;
}
