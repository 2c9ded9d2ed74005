/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-weighing.h"

#include "forecast/methods/rai-combine.h"
#include "forecast/methods/rai-naive.h"
#include "forecast/panel/rai-parallel.h"

#include <math.h>
#include <string.h>

#define SOLVE_STEPS 30000
/* Share of the mean diagonal that holds panel weights near the votes: the looks back are few, and
 * what moves all series at once makes each of them one draw. */
#define PANEL_SHRINK 0.3
/* Votes of a method that learned from the whole panel; any other has one. */
#define GLOBAL_VOTES 4
/* Of the vote: what an earlier run chose. */
#define MEMORY_SHARE 0.5
/* Votes of the mean of three local methods (rai-combine) on a bare panel. */
#define LOCAL_VOTES 8
/* Errors that a method is taken to make which could not be used. */
#define UNUSABLE 1.5
/* Squared errors beyond this many times their scale count no more than that: one freak must not
 * choose for all. */
#define ERROR_MAX 20

/* A series' own backtest is weighed against this many steps of the panel's, by a few steps of
 * descent. */
#define PANEL_STEPS 200
#define SERIES_STEPS 60
#define GUARD_TURNS 3

typedef double Gram[RAI_CANDIDATES_MAX * RAI_CANDIDATES_MAX];

/* The weights at one origin in the making. */
typedef struct {
  const RaiWeighing *weighing;
  const RaiCandidates *candidates;
  size_t without; /* origin whose window is not looked at; 0: none */
  RaiWeights *weights;
} Solving;

/* Whether a series' window may be looked at; step is where it begins. */
static bool
sees_window (const Solving *solving, size_t series, size_t origin, size_t *step) {
  return origin != solving->without &&
         rai_candidates_first_step (solving->candidates, series, origin, step);
}

/* Exponentiated gradient: stays on the simplex by itself. */
static void
descend (const double *gram, const double *towards, size_t n, int steps, double *w) {
  double top = 1e-300;
  for (size_t a = 0; a < n * n; a++)
    top = MAX (top, fabs (gram[a]));

  double rate = 2 / top;
  for (int step = 0; step < steps; step++) {
    double slope[RAI_CANDIDATES_MAX], least = INFINITY, sum = 0;
    for (size_t a = 0; a < n; a++) {
      slope[a] = -towards[a];
      for (size_t b = 0; b < n; b++)
        slope[a] += gram[a * n + b] * w[b];
      least = MIN (least, slope[a]);
    }
    for (size_t a = 0; a < n; a++)
      sum += w[a] *= exp (-rate * (slope[a] - least));
    for (size_t a = 0; a < n; a++)
      w[a] /= sum;
  }
}

void
rai_weighing_solve (const double *gram, const double *towards, size_t n, double *w) {
  descend (gram, towards, n, SOLVE_STEPS, w);
}

/* What brings the errors of all series on one scale: the mean squared seasonal difference, over the
 * square root of the level, so that large series count for more but not for everything. 0 for a
 * series that has not sold of late. */
static double
scale_of (const RaiCandidates *candidates, size_t series) {
  const RaiHistory *history = candidates->history;
  size_t n = rai_panel_length (candidates->panel, series),
         lag = history->period > 1 ? history->period : 1;
  const float *values = history->values + history->start[series];
  double sum = 0, level = 0;
  size_t first = n > 400 ? n - 400 : 0, count = 0;

  for (size_t t = first; t < n; t++) {
    level += (double) values[t];
    if (t < first + lag)
      continue;
    double change = (double) values[t] - (double) values[t - lag];
    sum += change * change;
    count++;
  }

  level /= (double) MAX (1, n - first);
  if (!(level > 0) || !(history->level > 0))
    return 0;

  double scale = (count > 0 ? sum / (double) count : 0) + 0.01 * level * level +
                 1e-4 * history->level * history->level;
  return scale / sqrt (level / history->level);
}

/* Adds the products of errors of the methods usable at every origin of a series. Returns the steps
 * counted. */
static size_t
add_errors (const Solving *solving, size_t series, double *gram) {
  const RaiWeighing *weighing = solving->weighing;
  const RaiCandidates *candidates = solving->candidates;
  size_t n_methods = candidates->n_methods, count = 0;
  const RaiHistory *history = candidates->history;
  double scale = scale_of (candidates, series);

  if (!(scale > 0))
    return 0;
  for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
    size_t step;
    if (!sees_window (solving, series, origin, &step))
      continue;
    for (size_t h = 0; h < candidates->horizon; h++) {
      size_t at = history->start[series] + step + h;
      if (history->states[at] == RAI_DEMAND_FILLED)
        continue;
      double errors[RAI_CANDIDATES_MAX], most = 0;
      bool known = true;
      for (size_t m = 0; m < n_methods; m++) {
        errors[m] = (double) rai_candidates_mean (candidates, series, origin, m)[h] -
                    (double) history->values[at];
        if (!weighing->usable[m])
          continue;
        known = known && !isnan (errors[m]);
        most = MAX (most, errors[m] * errors[m]);
      }
      for (size_t m = 0; m < n_methods; m++) /* as bad as can be: no weight */
        errors[m] = weighing->usable[m] ? errors[m] : UNUSABLE * sqrt (most);
      if (!known)
        continue;
      count++;
      double share = 1 / MAX (scale, most / ERROR_MAX);
      for (size_t a = 0; a < n_methods; a++)
        for (size_t b = 0; b < n_methods; b++)
          gram[a * n_methods + b] += errors[a] * errors[b] * share;
    }
  }

  return count;
}

/* A method that most series are too short for must not keep the others from being weighed. Where
 * nothing can be looked back on, those count that tell the forecast. */
static void
find_usable (RaiWeighing *weighing, const RaiCandidates *candidates, bool looks_back) {
  size_t counts[RAI_CANDIDATES_MAX] = { 0 }, all = 0;
  for (size_t i = 0; i < candidates->history->n_series; i++)
    for (size_t origin = looks_back; origin < (looks_back ? RAI_ORIGINS : 1); origin++) {
      size_t step;
      if (!rai_candidates_first_step (candidates, i, origin, &step))
        continue;
      all++;
      for (size_t m = 0; m < weighing->n_methods; m++)
        counts[m] += !isnan (rai_candidates_mean (candidates, i, origin, m)[0]);
    }

  for (size_t m = 0; m < weighing->n_methods; m++)
    weighing->usable[m] = counts[m] * 2 > all;
}

/* What a method would weigh if errors were independent (Bates & Granger, 1969); one that learned
 * from the whole panel has GLOBAL_VOTES, for its errors on one window tell less of the next than
 * its lead over many data sets does (Makridakis, Spiliotis & Assimakopoulos, "M5 accuracy
 * competition", 2022). Where series have nothing in common it is combinations of local methods that
 * have led (the M3 and M4 competitions), and the votes are theirs. */
static double
votes_of (const RaiCandidates *candidates, size_t m) {
  const RaiForecaster *method = candidates->methods[m];
  if (rai_candidates_bare (candidates))
    return method == &rai_combine ? LOCAL_VOTES : 1;
  return method->fit == NULL ? GLOBAL_VOTES : 1;
}

/* Half of the vote is what an earlier run chose, as far as its methods are there. */
static void
lean (const RaiWeighing *weighing, const RaiCandidates *candidates, double *votes) {
  double remembered[RAI_CANDIDATES_MAX], sum = 0;
  for (size_t m = 0; m < weighing->n_methods && candidates->memory != NULL; m++) {
    bool usable = weighing->usable[m];
    remembered[m] = usable ? rai_memory_weight (candidates->memory,
                                                rai_method_id (candidates->methods[m]->method))
                           : 0;
    sum += remembered[m];
  }

  for (size_t m = 0; m < weighing->n_methods && sum > 0; m++)
    votes[m] = (1 - MEMORY_SHARE) * votes[m] + MEMORY_SHARE * remembered[m] / sum;
}

/* Writes votes[m]; they add up to 1. */
static void
vote (const RaiWeighing *weighing, const RaiCandidates *candidates, const double *gram,
      double *votes) {
  size_t n = weighing->n_methods;
  double sum = 0;
  for (size_t m = 0; m < n; m++) {
    double own = gram[m * n + m];
    votes[m] = weighing->usable[m] ? votes_of (candidates, m) / MAX (own, 1e-12) : 0;
    sum += votes[m];
  }

  for (size_t m = 0; m < n && sum > 0; m++)
    votes[m] /= sum;
  lean (weighing, candidates, votes);
}

static void
solve_panel (const Solving *solving) {
  const RaiWeighing *weighing = solving->weighing;
  RaiWeights *weights = solving->weights;
  double towards[RAI_CANDIDATES_MAX], diagonal = 0;
  size_t n = weighing->n_methods, count = 0;
  double *gram = weights->gram;

  for (size_t i = 0; i < solving->candidates->history->n_series; i++)
    count += add_errors (solving, i, gram);
  for (size_t m = 0; m < n; m++) {
    weights->panel[m] = 1 / (double) n;
    diagonal += gram[m * n + m] / (double) n;
  }

  vote (weighing, solving->candidates, gram, towards);
  for (size_t m = 0; m < n; m++) {
    gram[m * n + m] += PANEL_SHRINK * diagonal;
    towards[m] *= PANEL_SHRINK * diagonal;
  }

  rai_weighing_solve (gram, towards, n, weights->panel);
  double used = 0;
  for (size_t m = 0; m < n; m++)
    used += weights->panel[m] *= weighing->usable[m];
  for (size_t m = 0; m < n && used > 0; m++)
    weights->panel[m] /= used;
  for (size_t k = 0; k < n * n; k++)
    gram[k] /= (double) MAX (count, 1);
  for (size_t m = 0; m < n; m++)
    weights->towards[m] = towards[m] / (double) MAX (count, 1);
}

/* A series' own weights: from the panel's, as far as its own errors are worth against PANEL_STEPS
 * of the panel's. */
static void
solve_series (const Solving *solving, size_t series, double *w) {
  const RaiCandidates *candidates = solving->candidates;
  const RaiWeights *weights = solving->weights;
  size_t n = solving->weighing->n_methods;

  Gram gram = { 0 };
  double towards[RAI_CANDIDATES_MAX], own = 0, panel = 0;
  memcpy (w, weights->panel, n * sizeof *w);
  if (n < 2 || add_errors (solving, series, gram) == 0)
    return;
  for (size_t m = 0; m < n; m++) {
    own += gram[m * n + m];
    panel += weights->gram[m * n + m];
    w[m] = MAX (w[m], 1e-3);
  }

  /* On one scale: it is not how much a series errs that tells which method suits it. */
  double windows = (double) (RAI_ORIGINS - 1 - (solving->without > 0));
  double count = (double) candidates->horizon * windows, factor = own > 0 ? panel * count / own : 0;
  double prior =
      PANEL_STEPS *
      (1 + 20 * candidates->history->zero_share); /* rare sales tell little of their own */

  for (size_t k = 0; k < n * n; k++)
    gram[k] = gram[k] * factor + prior * weights->gram[k];
  for (size_t m = 0; m < n; m++)
    towards[m] = prior * weights->towards[m];

  descend (gram, towards, n, SERIES_STEPS, w);
}

/* Whether the seasonal naive had the smaller squared error in each window of the backtest: once may
 * be chance. */
static bool
naive_wins (const Solving *solving, size_t series, const double *w) {
  const RaiCandidates *candidates = solving->candidates;
  const RaiHistory *history = candidates->history;
  size_t windows = 0, won = 0;

  for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
    size_t step;
    double blended = 0, naive = 0;
    for (size_t h = 0; sees_window (solving, series, origin, &step) && h < candidates->horizon;
         h++) {
      size_t at = history->start[series] + step + h;
      double mean = 0, share = 0;
      for (size_t m = 0; m < candidates->n_methods; m++) {
        double value = (double) rai_candidates_mean (candidates, series, origin, m)[h];
        mean += isnan (value) ? 0 : w[m] * value;
        share += isnan (value) ? 0 : w[m];
      }
      double base = (double) rai_candidates_mean (candidates, series, origin, 0)[h];
      if (history->states[at] == RAI_DEMAND_FILLED || isnan (base) || !(share > 0))
        continue;
      double value = (double) history->values[at];
      blended += (mean / share - value) * (mean / share - value);
      naive += (base - value) * (base - value);
    }
    windows += blended + naive > 0;
    won += blended > naive;
  }

  return windows > 0 && won == windows;
}

/* Never worse than the seasonal naive in the backtest: towards it by halves, and in the end all the
 * way. */
static void
solve_cb (size_t i, void *data) {
  const Solving *solving = data;
  RaiWeights *weights = solving->weights;
  size_t n = solving->weighing->n_methods;
  double w[RAI_CANDIDATES_MAX];
  bool guarded = solving->candidates->methods[0] == &rai_seasonal_naive;

  solve_series (solving, i, w);
  for (int turn = 0; guarded && turn < GUARD_TURNS; turn++) {
    double kept = turn + 1 == GUARD_TURNS ? 0 : 0.5;
    if (!naive_wins (solving, i, w))
      break;
    weights->guarded[i] = true;
    for (size_t m = 0; m < n; m++)
      w[m] = kept * w[m] + (m == 0 ? 1 - kept : 0);
  }

  for (size_t m = 0; m < n; m++)
    weights->series[i * n + m] = (float) w[m];
}

/* Windows that some series has. */
static size_t
count_windows (const RaiCandidates *candidates) {
  size_t windows = 0, step;
  for (size_t origin = 1; origin < RAI_ORIGINS; origin++)
    for (size_t i = 0; i < candidates->history->n_series; i++)
      if (rai_candidates_first_step (candidates, i, origin, &step)) {
        windows++;
        break;
      }
  return windows;
}

RaiWeighing *
rai_weighing_new (const RaiCandidates *candidates, unsigned threads) {
  RaiWeighing *weighing = g_new0 (RaiWeighing, 1);
  size_t n_series = candidates->history->n_series;
  size_t windows = count_windows (candidates);
  bool others = windows > 1;

  weighing->n_methods = candidates->n_methods;
  find_usable (weighing, candidates, windows > 0);
  for (size_t origin = 0; origin < RAI_ORIGINS; origin++) {
    RaiWeights *weights = &weighing->at[origin];
    Solving solving = { weighing, candidates, others ? origin : 0, weights };
    weights->series = g_new (float, n_series * weighing->n_methods + 1);
    weights->guarded = g_new0 (bool, n_series + 1);
    solve_panel (&solving);
    rai_parallel (n_series, threads, solve_cb, &solving, NULL, NULL);
  }

  return weighing;
}

void
rai_weighing_free (RaiWeighing *weighing) {
  if (weighing == NULL)
    return;
  for (size_t origin = 0; origin < RAI_ORIGINS; origin++) {
    g_free (weighing->at[origin].series);
    g_free (weighing->at[origin].guarded);
  }
  g_free (weighing);
}

bool
rai_weighing_mean (const RaiWeighing *weighing, const RaiCandidates *candidates, size_t series,
                   size_t origin, double *mean) {
  const float *weights = weighing->at[origin].series + series * weighing->n_methods;
  bool any = false;
  for (size_t h = 0; h < candidates->horizon; h++) {
    double sum = 0, share = 0;
    for (size_t m = 0; m < weighing->n_methods; m++) {
      double value = (double) rai_candidates_mean (candidates, series, origin, m)[h];
      double weight =
          (double) weights[m] + 1e-9; /* when only methods without weight can be used, they do */
      if (isnan (value))
        continue;
      sum += weight * value;
      share += weight;
    }
    any = any || share > 0;
    mean[h] = share > 0 ? sum / share : 0;
  }

  return any;
}
