/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapley values of trees against their definition: the mean over all orders of what a player
 * adds. */
#include "forecast/trees/rai-shap.h"

#include <glib.h>
#include <math.h>

#define FEATURES 12

typedef struct {
  RaiTreeNode nodes[64];
  uint16_t n;
} Tree;

/* A node and all below it; deeper ones are leaves more often. */
static void
grow (Tree *tree, uint16_t place, int depth) {
  RaiTreeNode *node = &tree->nodes[place];
  if (depth == 0 || tree->n + 2 > 64 || g_test_rand_int_range (0, 10) < 1) {
    *node = (RaiTreeNode){ .value = (float) g_test_rand_double_range (-3, 3) };
    return;
  }

  uint16_t left = tree->n;
  tree->n += 2;
  *node = (RaiTreeNode){ .feature = (uint16_t) g_test_rand_int_range (0, FEATURES),
                         .base = (uint8_t) g_test_rand_int_range (0, 2),
                         .cut = (uint8_t) g_test_rand_int_range (0, 9),
                         .left = left,
                         .share = (float) g_test_rand_double_range (0.05, 0.95) };
  grow (tree, left, depth - 1);
  grow (tree, (uint16_t) (left + 1), depth - 1);
}

/* What the tree answers when only the groups in `known` are known: the definition, node by node. */
static double
answer_of (const Tree *tree, const RaiTreeNode *node, const uint8_t *codes, const uint8_t *groups,
           unsigned known) {
  if (node->left == 0)
    return (double) node->value;
  const RaiTreeNode *left = tree->nodes + node->left, *right = left + 1;
  if (known >> groups[node->feature] & 1)
    return answer_of (tree, rai_tree_goes_left (node, codes) ? left : right, codes, groups, known);
  double share = (double) node->share;
  return share * answer_of (tree, left, codes, groups, known) +
         (1 - share) * answer_of (tree, right, codes, groups, known);
}

static double
factorial (unsigned n) {
  return n < 2 ? 1 : n * factorial (n - 1);
}

static double
value_of (const Tree *tree, const uint8_t *codes, const uint8_t *groups, unsigned n_groups,
          unsigned player) {
  double value = 0;
  for (unsigned set = 0; set < 1u << n_groups; set++) {
    if (set >> player & 1)
      continue;
    unsigned s = (unsigned) __builtin_popcount (set);
    double weight = factorial (s) * factorial (n_groups - s - 1) / factorial (n_groups);
    value += weight * (answer_of (tree, tree->nodes, codes, groups, set | 1u << player) -
                       answer_of (tree, tree->nodes, codes, groups, set));
  }

  return value;
}

static void
check_tree (unsigned n_groups) {
  Tree tree = { .n = 1 };
  uint8_t codes[FEATURES], groups[FEATURES];
  double values[RAI_SHAP_GROUPS] = { 0 }, sum = 0;

  grow (&tree, 0, 7);
  for (int f = 0; f < FEATURES; f++) {
    codes[f] = (uint8_t) g_test_rand_int_range (0, 11);
    groups[f] = (uint8_t) ((unsigned) f % n_groups);
  }

  rai_shap_add (tree.nodes, tree.n, codes, 1, FEATURES, groups, values);
  for (unsigned player = 0; player < n_groups; player++) {
    sum += values[player];
    g_assert_cmpfloat_with_epsilon (values[player],
                                    value_of (&tree, codes, groups, n_groups, player), 1e-9);
  }

  g_assert_cmpfloat_with_epsilon (sum + rai_shap_expected (tree.nodes),
                                  (double) rai_tree_answer (tree.nodes, codes), 1e-9);
}

static void
test_definition (void) {
  for (unsigned n_groups = 1; n_groups <= 10; n_groups++)
    for (int i = 0; i < 20; i++)
      check_tree (n_groups);
}

/* Two that are only worth something together share it equally. */
static void
test_symmetry (void) {
  const RaiTreeNode and_tree[] = {
    { .feature = 0, .cut = 4, .left = 1, .share = 0.5f },
    { .value = 0 },
    { .feature = 1, .cut = 4, .left = 3, .share = 0.5f },
    { .value = 0 },
    { .value = 8 },
  };
  const uint8_t codes[] = { 9, 9, 9 }, groups[] = { 0, 1, 2 };
  double values[RAI_SHAP_GROUPS] = { 0 };

  rai_shap_add (and_tree, G_N_ELEMENTS (and_tree), codes, 1, 3, groups, values);
  g_assert_cmpfloat_with_epsilon (rai_shap_expected (and_tree), 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (values[0], 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (values[1], 3, 1e-12);

  /* Nobody asks for the third. */
  g_assert_cmpfloat (values[2], ==, 0);
}

/* Many rows at once are as one after the other. */
static void
test_rows (void) {
  enum { ROWS = 40 };
  Tree tree = { .n = 1 };

  uint8_t codes[ROWS][FEATURES], groups[FEATURES];
  double values[ROWS][RAI_SHAP_GROUPS] = { { 0 } };
  grow (&tree, 0, 4);
  for (int f = 0; f < FEATURES; f++)
    groups[f] = (uint8_t) (f % 5);
  for (int row = 0; row < ROWS; row++)
    for (int f = 0; f < FEATURES; f++)
      codes[row][f] = (uint8_t) g_test_rand_int_range (0, 11);

  rai_shap_add (tree.nodes, tree.n, codes[0], ROWS, FEATURES, groups, values[0]);
  for (int row = 0; row < ROWS; row++) {
    double own[RAI_SHAP_GROUPS] = { 0 };
    rai_shap_add (tree.nodes, tree.n, codes[row], 1, FEATURES, groups, own);
    for (int group = 0; group < RAI_SHAP_GROUPS; group++)
      g_assert_cmpfloat (values[row][group], ==, own[group]);
  }
}

static void
test_leaf (void) {
  const RaiTreeNode leaf = { .value = 7 };
  const uint8_t codes[] = { 0 }, groups[] = { 0 };
  double values[RAI_SHAP_GROUPS] = { 0 };
  rai_shap_add (&leaf, 1, codes, 1, 1, groups, values);
  g_assert_cmpfloat (values[0], ==, 0);
  g_assert_cmpfloat (rai_shap_expected (&leaf), ==, 7);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shap/definition", test_definition);
  g_test_add_func ("/shap/symmetry", test_symmetry);
  g_test_add_func ("/shap/rows", test_rows);
  g_test_add_func ("/shap/leaf", test_leaf);
  return g_test_run ();
}
