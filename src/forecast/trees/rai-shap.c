/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-shap.h"

#include <glib.h>
#include <string.h>

/* Words of 64 nodes: enough for trees of 255 leaves. */
#define WAYS_WORDS 8

/* With the groups S known, a row reaches a leaf in this share:
 *   product over the groups on its path of
 *     known:   1 if the group's nodes send the row there, else 0;
 *     unknown: the share of the training rows that they sent there
 * so that a leaf is a game of its own whose Shapley values have a closed form in the elementary
 * symmetric polynomials of the shares; the tree's values are their sum. */
typedef struct {
  const RaiTreeNode *tree;
  const uint8_t *codes;
  const uint8_t *groups;
  double *values;
  unsigned met;                  /* bits: groups on the path */
  unsigned astray;               /* bits: groups one of whose nodes sends the row elsewhere */
  double share[RAI_SHAP_GROUPS]; /* of the groups that were met */
} Walk;

/* weights[k][s]: s! (k - s - 1)! / k!, the chance that a player comes behind s given ones of k. */
static const double *
weights_of (unsigned k) {
  static const double weights[9][8] = {
    { 0 },
    { 1 },
    { 1 / 2.0, 1 / 2.0 },
    { 1 / 3.0, 1 / 6.0, 1 / 3.0 },
    { 1 / 4.0, 1 / 12.0, 1 / 12.0, 1 / 4.0 },
    { 1 / 5.0, 1 / 20.0, 1 / 30.0, 1 / 20.0, 1 / 5.0 },
    { 1 / 6.0, 1 / 30.0, 1 / 60.0, 1 / 60.0, 1 / 30.0, 1 / 6.0 },
    { 1 / 7.0, 1 / 42.0, 1 / 105.0, 1 / 140.0, 1 / 105.0, 1 / 42.0, 1 / 7.0 },
    { 1 / 8.0, 1 / 56.0, 1 / 168.0, 1 / 280.0, 1 / 280.0, 1 / 168.0, 1 / 56.0, 1 / 8.0 },
  };

  return weights[k];
}

/* The same for any k, for paths that meet more groups than the table has. */
static void
make_weights (unsigned k, double *weights) {
  weights[0] = 1.0 / k;
  for (unsigned s = 1; s < k; s++)
    weights[s] = weights[s - 1] * s / (k - s);
}

static void
add_leaf (const Walk *walk, double answer) {
  unsigned with[RAI_SHAP_GROUPS], against[RAI_SHAP_GROUPS], n_with = 0, n_against = 0;
  double made[RAI_SHAP_GROUPS], sums[RAI_SHAP_GROUPS + 1] = { 1 };
  for (unsigned met = walk->met; met != 0; met &= met - 1) {
    unsigned group = (unsigned) __builtin_ctz (met);
    if (walk->astray >> group & 1) {
      against[n_against++] = group;
      answer *= walk->share[group];
      continue;
    }
    /* sums[s]: over the sets of s of them that are known, the product of the others' shares. */
    double share = walk->share[group];
    with[n_with++] = group;
    sums[n_with] = sums[n_with - 1];
    for (unsigned s = n_with - 1; s > 0; s--)
      sums[s] = sums[s] * share + sums[s - 1];
    sums[0] *= share;
  }

  unsigned k = n_with + n_against;
  const double *weights = k <= 8 ? weights_of (k) : made;
  if (k > 8)
    make_weights (k, made);

  double all = 0;
  for (unsigned s = 0; n_against > 0 && s <= n_with; s++)
    all += weights[s] * sums[s];
  for (unsigned i = 0; i < n_against; i++)
    walk->values[against[i]] -= answer * all;
  for (unsigned i = 0; i < n_with; i++) {
    /* The sums without this one: polynomial division, from the highest power down. */
    double share = walk->share[with[i]], quotient = sums[n_with],
           total = weights[n_with - 1] * quotient;
    for (unsigned s = n_with - 1; s > 0; s--) {
      quotient = sums[s] - share * quotient;
      total += weights[s - 1] * quotient;
    }
    walk->values[with[i]] += answer * (1 - share) * total;
  }
}

static void
visit (Walk *walk, const RaiTreeNode *node) {
  if (node->left == 0) {
    add_leaf (walk, (double) node->value);
    return;
  }

  unsigned group = walk->groups[node->feature], bit = 1u << group, met = walk->met,
           astray = walk->astray;
  double before = met & bit ? walk->share[group] : 1, left = (double) node->share;
  bool goes_left = rai_tree_goes_left (node, walk->codes);

  walk->met = met | bit;
  walk->share[group] = before * left;
  walk->astray = astray | (goes_left ? 0 : bit);
  visit (walk, walk->tree + node->left);
  walk->share[group] = before * (1 - left);
  walk->astray = astray | (goes_left ? bit : 0);
  visit (walk, walk->tree + node->left + 1);
  walk->met = met;
  walk->astray = astray;
  walk->share[group] = before;
}

/* Which of the tree's nodes send a row to the left. */
typedef struct {
  uint64_t bits[WAYS_WORDS];
} Ways;

static Ways
ways_of (const RaiTreeNode *tree, size_t n_nodes, const uint8_t *codes) {
  Ways ways = { { 0 } };
  for (size_t i = 0; i < n_nodes; i++)
    ways.bits[i / 64] |= (uint64_t) (tree[i].left != 0 && rai_tree_goes_left (&tree[i], codes))
                         << i % 64;
  return ways;
}

/* An earlier row that goes the same ways; the row itself when there is none. */
static size_t
find_same (const Ways *ways, size_t row) {
  for (size_t other = 0; other < row; other++)
    if (memcmp (&ways[other], &ways[row], sizeof *ways) == 0)
      return other;
  return row;
}

void
rai_shap_add (const RaiTreeNode *tree, size_t n_nodes, const uint8_t *codes, size_t n_rows,
              size_t n_features, const uint8_t *groups, double *values) {
  g_return_if_fail (n_nodes <= 64 * WAYS_WORDS);
  if (tree->left == 0)
    return;

  g_autofree Ways *ways = g_new (Ways, n_rows);
  g_autofree double *own = g_new0 (double, n_rows *RAI_SHAP_GROUPS);
  for (size_t row = 0; row < n_rows; row++) {
    ways[row] = ways_of (tree, n_nodes, codes + row * n_features);
    size_t same = find_same (ways, row);
    double *mine = own + row * RAI_SHAP_GROUPS;
    Walk walk = {
      .tree = tree, .codes = codes + row * n_features, .groups = groups, .values = mine
    };
    if (same == row)
      visit (&walk, tree);
    else
      memcpy (mine, own + same * RAI_SHAP_GROUPS, RAI_SHAP_GROUPS * sizeof *mine);
    for (size_t group = 0; group < RAI_SHAP_GROUPS; group++)
      values[row * RAI_SHAP_GROUPS + group] += mine[group];
  }
}

static double
expected (const RaiTreeNode *tree, const RaiTreeNode *node) {
  if (node->left == 0)
    return (double) node->value;
  double left = (double) node->share;
  return left * expected (tree, tree + node->left) +
         (1 - left) * expected (tree, tree + node->left + 1);
}

double
rai_shap_expected (const RaiTreeNode *tree) {
  return expected (tree, tree);
}
