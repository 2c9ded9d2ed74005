/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-boost.h"

#include "forecast/panel/rai-mix.h"

#include <math.h>
#include <string.h>

#define LEAVES_MAX 255
#define NODES_MAX (2 * LEAVES_MAX - 1)
/* The longest step of a leaf in log space: a Tweedie leaf of zeros would run away. */
#define LOG_STEP_MAX 1.5f
/* Rows ahead to fetch while histograms are filled: codes are larger than the caches. */
#define PREFETCH 12

struct _RaiBoost {
  size_t n_features;
  unsigned n_trees;
  uint32_t *starts; /* [n_trees] of each tree's root in nodes */
  GArray *nodes;    /* RaiTreeNode */
};

/* Sums over a set of rows: gradients in the high half, hessians (never negative) in the low one. */
typedef int64_t Sum;

typedef struct {
  double gain;
  unsigned slot; /* of the chosen features */
  uint8_t base, cut;
  Sum left;
} Split;

typedef struct {
  size_t first, n; /* its rows in `rows` */
  uint16_t node;
  Sum sum;
  Sum *histogram; /* [slots][RAI_BINS_MAX] */
  Split split;
  float low, high; /* what its answer must lie between, for the monotone features above it */
} Leaf;

typedef struct {
  const RaiBoostOptions *options;
  const uint8_t *codes;
  size_t n, n_features;
  float *target, *weight;
  float *margin;
  float *gradient, *hessian;
  Sum *packed;
  /* This tree's rows: bag holds the n_rows it learns from and behind them those it does not; `rows`
   * are places in the bag, parted leaf by leaf; picked and packed_bag are their codes of the chosen
   * features, and gradients, side by side. */
  uint32_t *bag, *rows, *spare;
  size_t n_rows;
  uint8_t *picked;
  Sum *packed_bag;
  uint16_t *slots;
  size_t n_slots;
  Sum *histograms;
  Leaf leaves[LEAVES_MAX];
  unsigned n_leaves;
  double gradient_unit, hessian_unit; /* what one integer step is worth */
  double lambda;
  uint32_t random;
} Trainer;

static uint32_t
next_random (Trainer *trainer) {
  trainer->random += 0x9e3779b9U;
  return rai_mix (trainer->random);
}

/* Inline, where the library's functions for these are calls that keep loops from being
 * vectorised. */
static inline float
larger (float x, float y) {
  return x > y ? x : y;
}

static inline int32_t
floor_of (float x) {
  int32_t whole = (int32_t) x;
  return whole - (x < (float) whole);
}

/* e^x to seven digits, the same on every machine. */
static inline float
exp_float (float x) {
  x = larger (x, -80.0f);
  x = x < 80.0f ? x : 80.0f;

  int32_t whole = floor_of (x * 1.44269504f + 0.5f);
  float k = (float) whole;
  float r = x - k * 0.693359375f + k * 2.12194440e-4f;
  float p = 1.9875691500e-4f;

  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  union {
    int32_t i;
    float f;
  } two = { .i = (whole + 127) << 23 };

  return p * two.f;
}

static void
tweedie_gradients (Trainer *t) {
  float power = t->options->power;
  for (size_t i = 0; i < t->n; i++) {
    float rise = exp_float ((2 - power) * t->margin[i]);
    float fall = t->target[i] * exp_float ((1 - power) * t->margin[i]);
    t->gradient[i] = t->weight[i] * (rise - fall);
    t->hessian[i] = t->weight[i] * ((2 - power) * rise + (power - 1) * fall);
  }
}

/* Square near zero, linear beyond a scale: sqrt (1 + e^2) - 1 with e in units of `power`. */
static void
absolute_gradients (Trainer *t) {
  float scale = 1 / t->options->power;
  for (size_t i = 0; i < t->n; i++) {
    float e = (t->margin[i] - t->target[i]) * scale;
    float root = 1 / sqrtf (1 + e * e);
    t->gradient[i] = t->weight[i] * e * root;
    t->hessian[i] = t->weight[i] * scale * root;
  }
}

static void
squared_gradients (Trainer *t) {
  for (size_t i = 0; i < t->n; i++) {
    t->gradient[i] = t->weight[i] * (t->margin[i] - t->target[i]);
    t->hessian[i] = t->weight[i];
  }
}

/* Rounds gradients at random, up or down by their remainder, to as many integer steps as sums have
 * room for. */
static void
pack (Trainer *t) {
  float top_gradient = 1e-30f, top_hessian = 1e-30f;
  for (size_t i = 0; i < t->n; i++) {
    top_gradient = larger (fabsf (t->gradient[i]), top_gradient);
    top_hessian = larger (t->hessian[i], top_hessian);
  }

  double room = (double) INT32_MAX / (double) (t->n + 1) - 1;
  float steps = (float) floor (CLAMP (room, 1, 1 << 20));
  float g = steps / top_gradient, h = steps / top_hessian;

  t->gradient_unit = 1 / (double) g;
  t->hessian_unit = 1 / (double) h;

  uint32_t salt = next_random (t);
  for (size_t i = 0; i < t->n; i++) {
    uint32_t bits = rai_mix ((uint32_t) i ^ salt);
    float up = (float) (bits & 0xffff) * (1 / 65536.0f),
          up_too = (float) (bits >> 16) * (1 / 65536.0f);
    int64_t gradient = floor_of (t->gradient[i] * g + up);
    int64_t hessian = floor_of (t->hessian[i] * h + up_too);
    t->packed[i] = gradient * ((int64_t) 1 << 32) + hessian;
  }
}

static void
fill_histogram (const Trainer *t, const Leaf *leaf) {
  size_t n_slots = t->n_slots;
  memset (leaf->histogram, 0, n_slots * RAI_BINS_MAX * sizeof (Sum));

  const uint32_t *rows = t->rows + leaf->first;
  for (size_t i = 0; i < leaf->n; i++) {
    if (i + PREFETCH < leaf->n)
      __builtin_prefetch (t->picked + rows[i + PREFETCH] * n_slots);
    const uint8_t *codes = t->picked + rows[i] * n_slots;
    Sum value = t->packed_bag[rows[i]], *bins = leaf->histogram;
    size_t s = 0;
    for (; s + 4 <= n_slots; s += 4, bins += 4 * RAI_BINS_MAX) {
      bins[codes[s]] += value;
      bins[RAI_BINS_MAX + codes[s + 1]] += value;
      bins[2 * RAI_BINS_MAX + codes[s + 2]] += value;
      bins[3 * RAI_BINS_MAX + codes[s + 3]] += value;
    }
    for (; s < n_slots; s++, bins += RAI_BINS_MAX)
      bins[codes[s]] += value;
  }
}

static inline double
score (const Trainer *t, Sum sum) {
  double g = (double) (int32_t) (sum >> 32) * t->gradient_unit;
  double h = (double) (uint32_t) sum * t->hessian_unit;
  return g * g / (h + t->lambda);
}

/* What the rows of a sum would answer in a leaf. */
static inline double
answer_of (const Trainer *t, Sum sum, double low, double high) {
  double g = (double) (int32_t) (sum >> 32) * t->gradient_unit,
         h = (double) (uint32_t) sum * t->hessian_unit;
  return CLAMP (-g / (h + t->lambda), low, high);
}

/* Whether a split would let the answer go the wrong way along its feature. */
static inline bool
goes_wrong (const Trainer *t, const Leaf *leaf, unsigned slot, Sum left) {
  int way = t->options->monotone[t->slots[slot]];
  return way != 0 &&
         way * (answer_of (t, leaf->sum - left, (double) leaf->low, (double) leaf->high) -
                answer_of (t, left, (double) leaf->low, (double) leaf->high)) <
             0;
}

/* The score of both sides with one division. */
static inline void
try_split (const Trainer *t, const Leaf *leaf, double floor_h, Split *best, double parent,
           unsigned slot, Sum left, uint8_t base, uint8_t cut) {
  Sum right = leaf->sum - left;
  if ((uint32_t) left < floor_h || (uint32_t) right < floor_h)
    return;

  double gl = (double) (int32_t) (left >> 32), gr = (double) (int32_t) (right >> 32),
         unit = t->gradient_unit;
  double hl = (double) (uint32_t) left * t->hessian_unit + t->lambda;
  double hr = (double) (uint32_t) right * t->hessian_unit + t->lambda;
  double gain = (gl * gl * hr + gr * gr * hl) * unit * unit / (hl * hr) - parent;

  if (gain > best->gain && (t->options->monotone == NULL || !goes_wrong (t, leaf, slot, left)))
    *best = (Split){ gain, slot, base, cut, left };
}

/* The best split of a leaf. Rows are counted by their share of the hessian. */
static void
find_split (const Trainer *t, Leaf *leaf) {
  Split best = { .gain = 1e-12 };
  double parent = score (t, leaf->sum);
  double floor_h = (double) (uint32_t) leaf->sum * t->options->min_rows / (double) MAX (leaf->n, 1);

  for (unsigned s = 0; s < t->n_slots && leaf->n >= 2 * t->options->min_rows; s++) {
    const Sum *bins = leaf->histogram + s * RAI_BINS_MAX;
    Sum unknown = bins[0], left = 0;
    for (unsigned b = 1; b < RAI_BINS_MAX - 1; b++) {
      if (bins[b] == 0)
        continue;
      left += bins[b];
      try_split (t, leaf, floor_h, &best, parent, s, left + unknown, 0, (uint8_t) b);
      if (unknown != 0)
        try_split (t, leaf, floor_h, &best, parent, s, left, 1, (uint8_t) (b - 1));
    }
    if (unknown != 0) /* unknown against known */
      try_split (t, leaf, floor_h, &best, parent, s, unknown, 0, 0);
  }

  leaf->split = best;
}

/* Parts a leaf's rows, keeping their order; returns how many went left. */
static size_t
part_rows (Trainer *t, const Leaf *leaf) {
  uint32_t *rows = t->rows + leaf->first;
  const uint8_t *codes = t->picked + leaf->split.slot;
  size_t left = 0, right = 0, n = leaf->n, stride = t->n_slots;
  uint8_t base = leaf->split.base, cut = leaf->split.cut;
  uint32_t *spare = t->spare;

  for (size_t i = 0; i < n; i++) {
    uint32_t row = rows[i];
    bool goes_left = (uint8_t) (codes[row * stride] - base) <= cut;
    rows[left] = row;
    spare[right] = row;
    left += goes_left;
    right += !goes_left;
  }

  memcpy (rows + left, spare, right * sizeof *rows);
  return left;
}

/* On either side of a split of a monotone feature answers stay on their side of the middle,
 * whatever splits follow. leaf still has the sum of both. */
static void
part_bounds (const Trainer *t, Leaf *leaf, Leaf *right) {
  int way = t->options->monotone != NULL ? t->options->monotone[t->slots[leaf->split.slot]] : 0;
  if (way == 0)
    return;

  double low = (double) leaf->low, high = (double) leaf->high;
  float middle =
      (float) ((answer_of (t, leaf->split.left, low, high) + answer_of (t, right->sum, low, high)) /
               2);

  *(way > 0 ? &leaf->high : &leaf->low) = middle;
  *(way > 0 ? &right->low : &right->high) = middle;
}

/* Splits one leaf in two; the smaller child's histogram is filled, the larger one's is what remains
 * of the parent's. */
static void
split_leaf (Trainer *t, Leaf *leaf, RaiTreeNode *nodes, uint16_t *n_nodes) {
  Leaf *right = &t->leaves[t->n_leaves];
  size_t n_left = part_rows (t, leaf);
  RaiTreeNode *node = &nodes[leaf->node];

  *node = (RaiTreeNode){
    t->slots[leaf->split.slot], leaf->split.base, leaf->split.cut, *n_nodes, { 0 }
  };
  node->share = (float) n_left / (float) leaf->n;
  Sum *own = t->histograms + (size_t) t->n_leaves * t->n_slots * RAI_BINS_MAX;
  *right = (Leaf){ .first = leaf->first + n_left,
                   .n = leaf->n - n_left,
                   .node = (uint16_t) (node->left + 1),
                   .sum = leaf->sum - leaf->split.left,
                   .histogram = own,
                   .low = leaf->low,
                   .high = leaf->high };
  part_bounds (t, leaf, right);
  leaf->n = n_left;
  leaf->sum = leaf->split.left;
  leaf->node = node->left;
  *n_nodes += 2;
  t->n_leaves++;

  if (right->n > leaf->n) { /* the larger one takes over the parent's histogram */
    right->histogram = leaf->histogram;
    leaf->histogram = own;
  }

  Leaf *small = right->n > leaf->n ? leaf : right, *large = small == leaf ? right : leaf;
  fill_histogram (t, small);
  for (size_t b = 0; b < t->n_slots * RAI_BINS_MAX; b++)
    large->histogram[b] -= small->histogram[b];

  find_split (t, leaf);
  find_split (t, right);
}

static float
leaf_value (const Trainer *t, const Leaf *leaf) {
  const uint32_t *rows = t->rows + leaf->first;
  double g = 0, h = 0;
  for (size_t i = 0; i < leaf->n; i++) {
    g += (double) t->gradient[t->bag[rows[i]]];
    h += (double) t->hessian[t->bag[rows[i]]];
  }

  double value = CLAMP (-g / (h + t->lambda), (double) leaf->low, (double) leaf->high);
  if (t->options->loss == RAI_LOSS_TWEEDIE)
    value = CLAMP (value, -LOG_STEP_MAX, LOG_STEP_MAX);

  return (float) (isfinite (value) ? value : 0);
}

/* Which features and which rows this tree sees. */
static void
draw (Trainer *t) {
  size_t wanted = MAX (1, (size_t) ((float) t->n_features * t->options->feature_share + 0.5f));
  t->n_slots = 0;
  for (size_t f = 0; f < t->n_features; f++) {
    size_t left = t->n_features - f, missing = wanted - t->n_slots;
    if (missing > 0 && next_random (t) % left < missing)
      t->slots[t->n_slots++] = (uint16_t) f;
  }

  uint32_t salt = next_random (t), limit = (uint32_t) (t->options->row_share * 65536.0f);
  size_t in = 0, out = t->n;
  for (size_t i = 0; i < t->n; i++) {
    bool taken = (rai_mix ((uint32_t) i ^ salt) & 0xffff) < limit;
    t->bag[taken ? in : out - 1] = (uint32_t) i;
    in += taken;
    out -= !taken;
  }

  t->n_rows = in;
}

/* Copies what this tree looks at side by side: the histograms' loop then reads memory in order. */
static void
pick (Trainer *t) {
  size_t n_slots = t->n_slots, n_features = t->n_features;
  const uint16_t *slots = t->slots;
  uint8_t *picked = t->picked;

  for (size_t i = 0; i < t->n_rows; i++, picked += n_slots) {
    const uint8_t *codes = t->codes + t->bag[i] * n_features;
    for (size_t s = 0; s < n_slots; s++)
      picked[s] = codes[slots[s]];
    t->packed_bag[i] = t->packed[t->bag[i]];
    t->rows[i] = (uint32_t) i;
  }
}

static void
grow_tree (Trainer *t, RaiBoost *boost, unsigned k) {
  RaiTreeNode nodes[NODES_MAX] = { 0 };
  uint16_t n_nodes = 1;
  draw (t);
  pick (t);
  t->n_leaves = 1;
  t->leaves[0] =
      (Leaf){ .n = t->n_rows, .histogram = t->histograms, .low = -INFINITY, .high = INFINITY };
  for (size_t i = 0; i < t->n_rows; i++)
    t->leaves[0].sum += t->packed_bag[i];

  fill_histogram (t, &t->leaves[0]);
  find_split (t, &t->leaves[0]);
  while (t->n_leaves < t->options->leaves) {
    Leaf *best = &t->leaves[0];
    for (unsigned l = 1; l < t->n_leaves; l++)
      if (t->leaves[l].split.gain > best->split.gain)
        best = &t->leaves[l];
    if (best->split.gain <= 1e-12)
      break;
    split_leaf (t, best, nodes, &n_nodes);
  }

  float rate = t->options->forest ? 1 / (float) t->options->rounds : t->options->rate;
  for (unsigned l = 0; l < t->n_leaves; l++) {
    const Leaf *leaf = &t->leaves[l];
    nodes[leaf->node].value = rate * leaf_value (t, leaf);
    for (size_t i = 0; i < leaf->n && !t->options->forest; i++)
      t->margin[t->bag[t->rows[leaf->first + i]]] += nodes[leaf->node].value;
  }

  for (size_t i = t->n_rows; i < t->n && !t->options->forest; i++)
    t->margin[t->bag[i]] += rai_tree_answer (nodes, t->codes + t->bag[i] * t->n_features);
  boost->starts[k] = boost->nodes->len;
  g_array_append_vals (boost->nodes, nodes, n_nodes);
}

static void
find_gradients (Trainer *t) {
  if (t->options->loss == RAI_LOSS_TWEEDIE)
    tweedie_gradients (t);
  else if (t->options->loss == RAI_LOSS_ABSOLUTE)
    absolute_gradients (t);
  else
    squared_gradients (t);

  double mean = 0;
  for (size_t i = 0; i < t->n; i++)
    mean += t->hessian[i];
  t->lambda = t->options->lambda * mean / (double) MAX (t->n, 1);
  pack (t);
}

static void
trainer_clear (Trainer *t) {
  g_free (t->target);
  g_free (t->weight);
  g_free (t->margin);
  g_free (t->gradient);
  g_free (t->hessian);
  g_free (t->packed);
  g_free (t->packed_bag);
  g_free (t->picked);
  g_free (t->bag);
  g_free (t->rows);
  g_free (t->spare);
  g_free (t->slots);
  g_free (t->histograms);
  g_free (t);
}

/* Weights of rows that have a target; without one, 0 and a target of 0. Both arrays are the
 * trainer's own. */
static void
take_targets (Trainer *t, const float *target, const float *weight, const float *offset) {
  float *targets = g_new (float, t->n), *weights = g_new (float, t->n);
  for (size_t i = 0; i < t->n; i++) {
    bool known = isfinite (target[i]) && (offset == NULL || isfinite (offset[i])) &&
                 (weight == NULL || (isfinite (weight[i]) && weight[i] > 0));
    targets[i] = known ? target[i] : 0;
    weights[i] = !known ? 0 : weight != NULL ? weight[i] : 1;
    t->margin[i] = offset != NULL && isfinite (offset[i]) ? offset[i] : 0;
  }

  t->target = targets;
  t->weight = weights;
}

RaiBoost *
rai_boost_train (const uint8_t *codes, size_t n, size_t n_features, const float *target,
                 const float *weight, const float *offset, const RaiBoostOptions *options) {
  g_return_val_if_fail (n > 0 && n_features > 0 && n_features < UINT16_MAX, NULL);
  g_return_val_if_fail (options->leaves >= 2 && options->leaves <= LEAVES_MAX, NULL);
  Trainer *t = g_new0 (Trainer, 1);
  *t = (Trainer){
    .options = options, .codes = codes, .n = n, .n_features = n_features, .random = options->seed
  };
  t->margin = g_new (float, n);
  take_targets (t, target, weight, offset);
  t->gradient = g_new (float, n);
  t->hessian = g_new (float, n);
  t->packed = g_new (Sum, n);
  t->packed_bag = g_new (Sum, n);
  t->picked = g_malloc (n * (size_t) ((float) n_features * options->feature_share + 1.5f));
  t->bag = g_new (uint32_t, n + 1);
  t->rows = g_new (uint32_t, n + 1);
  t->spare = g_new (uint32_t, n + 1);
  t->slots = g_new (uint16_t, n_features);
  t->histograms = g_new (Sum, options->leaves * n_features * RAI_BINS_MAX);

  RaiBoost *boost = g_new0 (RaiBoost, 1);
  boost->n_features = n_features;
  boost->n_trees = options->rounds;
  boost->starts = g_new0 (uint32_t, options->rounds + 1);
  boost->nodes = g_array_new (FALSE, FALSE, sizeof (RaiTreeNode));

  for (unsigned k = 0; k < options->rounds; k++) {
    if (g_cancellable_is_cancelled (options->cancellable)) {
      g_clear_pointer (&boost, rai_boost_free);
      break;
    }
    if (k == 0 || !options->forest)
      find_gradients (t);
    grow_tree (t, boost, k);
    if (options->progress != NULL)
      options->progress ((double) (k + 1) / (double) options->rounds, options->data);
  }

  trainer_clear (t);
  return boost;
}

void
rai_boost_free (RaiBoost *boost) {
  if (boost == NULL)
    return;
  g_free (boost->starts);
  g_array_unref (boost->nodes);
  g_free (boost);
}

float
rai_boost_margin (const RaiBoost *boost, const uint8_t *codes, float offset) {
  const RaiTreeNode *nodes = (const RaiTreeNode *) boost->nodes->data;
  float sum = 0;
  for (unsigned k = 0; k < boost->n_trees; k++)
    sum += rai_tree_answer (nodes + boost->starts[k], codes);
  return offset + sum;
}

double
rai_boost_expected (const RaiBoost *boost) {
  const RaiTreeNode *nodes = (const RaiTreeNode *) boost->nodes->data;
  double sum = 0;
  for (unsigned k = 0; k < boost->n_trees; k++)
    sum += rai_shap_expected (nodes + boost->starts[k]);
  return sum;
}

void
rai_boost_explain (const RaiBoost *boost, const uint8_t *codes, size_t n_rows,
                   const uint8_t *groups, double *values) {
  const RaiTreeNode *nodes = (const RaiTreeNode *) boost->nodes->data;
  for (unsigned k = 0; k < boost->n_trees; k++) {
    uint32_t end = k + 1 < boost->n_trees ? boost->starts[k + 1] : boost->nodes->len;
    rai_shap_add (nodes + boost->starts[k], end - boost->starts[k], codes, n_rows,
                  boost->n_features, groups, values);
  }
}
