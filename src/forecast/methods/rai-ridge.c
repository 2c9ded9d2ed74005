/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-ridge.h"

#include "forecast/panel/rai-part-share.h"

#include <math.h>
#include <string.h>

#define COLUMNS_MAX 96
#define CATEGORIES_MAX 32 /* of one covariate; rarer ones share no column */
#define YEAR_WAVES 4
#define MONTH_WAVES 2
/* Waves of 365.25 days begin anew after this many. */
#define FOUR_YEARS 1461
#define MONTH_DAYS 31
#define PENALTY 1.0
/* Half of the weight is on the last this many years. */
#define HALF_LIFE_YEARS 0.75
/* Share of the recent mean residual that is carried into the forecast. */
#define CARRY 0.8

typedef struct {
  double value[COLUMNS_MAX];
  uint8_t used[COLUMNS_MAX]; /* columns that are not zero */
  size_t n_used;
} Row;

/* Cosines and sines of the days of four years and of a month. */
typedef struct {
  double year[FOUR_YEARS][2 * YEAR_WAVES];
  double month[MONTH_DAYS + 1][2 * MONTH_WAVES];
} Waves;

/* How an input is turned into columns. */
typedef struct {
  const RaiMethodInput *input;
  const Waves *table;
  bool days, weeks, waves, logs;
  double shift;                                   /* added before logs */
  double year;                                    /* steps */
  double centre[COLUMNS_MAX], scale[COLUMNS_MAX]; /* of numeric covariates */
  int8_t way[COLUMNS_MAX];   /* the sign that a coefficient must have; 0: any */
  uint8_t part[COLUMNS_MAX]; /* RaiPart */
} Design;

static void
fill_waves (double *wave, int n_waves, double turn) {
  for (int k = 1; k <= n_waves; k++) {
    *wave++ = cos (2 * G_PI * k * turn);
    *wave++ = sin (2 * G_PI * k * turn);
  }
}

/* Made once. */
static const Waves *
waves_table (void) {
  static size_t made;
  if (g_once_init_enter (&made)) {
    Waves *waves = g_new (Waves, 1);
    for (int day = 0; day < FOUR_YEARS; day++)
      fill_waves (waves->year[day], YEAR_WAVES, day / 365.25);
    for (int day = 0; day <= MONTH_DAYS; day++)
      fill_waves (waves->month[day], MONTH_WAVES, day / 30.44);
    g_once_init_leave (&made, (size_t) waves);
  }

  return (const Waves *) made;
}

static void
put (Row *row, size_t column, double value) {
  if (value == 0 || column >= COLUMNS_MAX)
    return;
  row->value[column] = value;
  row->used[row->n_used++] = (uint8_t) column;
}

/* One covariate's columns from *column on: one per category, or a scaled number with its neighbours
 * for events. */
static void
put_covariate (const Design *design, Row *row, size_t c, size_t step, size_t *column) {
  const RaiPanel *panel = design->input->panel;
  const float *values = rai_panel_covariate (panel, design->input->series, c);
  if (rai_panel_covariate_categorical (panel, c)) {
    size_t n = MIN (rai_panel_covariate_categories (panel, c), CATEGORIES_MAX);
    if (values[step] >= 1 && (size_t) values[step] < n)
      put (row, *column + (size_t) values[step] - 1, 1);
    *column += n - 1;
    return;
  }

  size_t span = rai_panel_length (panel, design->input->series) + design->input->horizon;
  double scale = *column < COLUMNS_MAX ? design->scale[*column] : 0;
  if (!isnan (values[step]) && scale > 0) {
    double value = (double) values[step];
    if (rai_panel_covariate_role (panel, c) == RAI_COVARIATE_PRICE && value > 0)
      value = log (value);
    put (row, *column, CLAMP ((value - design->centre[*column]) / scale, -4, 4));
  }

  ++*column;
  if (rai_panel_covariate_role (panel, c) != RAI_COVARIATE_EVENT)
    return;
  put (row, *column, step > 0 && values[step - 1] > 0 && !(values[step] > 0));
  put (row, *column + 1, step + 1 < span && values[step + 1] > 0 && !(values[step] > 0));
  *column += 2;
}

static void
put_calendar (const Design *design, Row *row, size_t step, size_t *column) {
  const RaiMethodInput *input = design->input;
  RaiDay day =
      input->panel != NULL ? rai_panel_day (input->panel, input->series, step) : (RaiDay) step;

  if (design->days) {
    int weekday = rai_day_weekday (day), year, month, mday;
    if (weekday > 1)
      put (row, *column + (size_t) weekday - 2, 1);
    *column += 6;
    rai_day_to_ymd (day, &year, &month, &mday);
    for (int k = 0; k < 2 * MONTH_WAVES; k++)
      put (row, (*column)++, design->table->month[mday][k]);
  } else if (!design->weeks && input->period > 1 && input->period <= 24) {
    size_t place = step % input->period;
    if (place > 0)
      put (row, *column + place - 1, 1);
    *column += input->period - 1;
  }

  int of_four_years = (int) ((day % FOUR_YEARS + FOUR_YEARS) % FOUR_YEARS);
  for (int k = 0; k < 2 * YEAR_WAVES && design->waves; k++)
    put (row, (*column)++, design->table->year[of_four_years][k]);
}

/* The row of a step of the series; the trend stands still from the origin on. The row is empty or
 * of another step. */
static void
make_row (const Design *design, size_t step, Row *row, size_t *n_columns) {
  const RaiMethodInput *input = design->input;
  size_t column = 0, origin = input->first + input->n;
  for (size_t k = 0; k < row->n_used; k++)
    row->value[row->used[k]] = 0;

  row->n_used = 0;
  put (row, column++, 1);
  put (row, column++, ((double) MIN (step, origin) - (double) origin) / design->year);
  put_calendar (design, row, step, &column);
  for (size_t c = 0; input->panel != NULL && c < rai_panel_n_covariates (input->panel); c++)
    put_covariate (design, row, c, step, &column);

  *n_columns = MIN (column, COLUMNS_MAX);
}

/* The part of each column, and centre and spread of the numeric covariates over the history, found
 * where put_covariate will look for them. */
static void
find_scales (Design *design) {
  const RaiMethodInput *input = design->input;
  Row row = { 0 };

  size_t column = 2;
  put_calendar (design, &row, input->first, &column);
  design->part[0] = RAI_PART_LEVEL;
  design->part[1] = RAI_PART_TREND;
  memset (design->part + 2, RAI_PART_SEASON, MIN (column, COLUMNS_MAX) - 2);

  for (size_t c = 0; input->panel != NULL && c < rai_panel_n_covariates (input->panel); c++) {
    size_t at = column;
    row.n_used = 0;
    put_covariate (design, &row, c, input->first, &column);
    for (size_t i = at; i < MIN (column, COLUMNS_MAX); i++)
      design->part[i] =
          (uint8_t) rai_part_share_of_role (rai_panel_covariate_role (input->panel, c));
    if (at >= COLUMNS_MAX || rai_panel_covariate_categorical (input->panel, c))
      continue;
    const float *values = rai_panel_covariate (input->panel, input->series, c) + input->first;
    bool logs = rai_panel_covariate_role (input->panel, c) == RAI_COVARIATE_PRICE;
    double sum = 0, squares = 0, n = 0;
    for (size_t t = 0; t < input->n; t++) {
      if (isnan (values[t]) || (logs && values[t] <= 0))
        continue;
      double value = logs ? log ((double) values[t]) : (double) values[t];
      sum += value;
      squares += value * value;
      n++;
    }
    double spread = n > 1 ? sqrt (MAX (0, squares / n - sum / n * sum / n)) : 0;
    design->way[at] = (int8_t) rai_covariate_way (rai_panel_covariate_name (input->panel, c));
    design->centre[at] = n > 0 ? sum / n : 0;
    design->scale[at] = spread > 1e-6 * fabs (design->centre[at]) ? spread : 0;
  }
}

/* Solves the symmetric system in place (Cholesky); false when it is not positive. */
static bool
solve (double *a, double *b, size_t n) {
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j <= i; j++) {
      double sum = a[i * n + j];
      for (size_t k = 0; k < j; k++)
        sum -= a[i * n + k] * a[j * n + k];
      if (i == j && !(sum > 0))
        return false;
      a[i * n + j] = i == j ? sqrt (sum) : sum / a[j * n + j];
    }
  }

  for (size_t i = 0; i < n; i++) {
    for (size_t k = 0; k < i; k++)
      b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }

  for (size_t i = n; i-- > 0;) {
    for (size_t k = i + 1; k < n; k++)
      b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }

  return true;
}

/* Solves for beta, which comes as the right side. A coefficient of the wrong sign is a coincidence:
 * its column is left out, and the others are solved for anew. */
static bool
solve_signed (const Design *design, const double *gram, double *beta, size_t n) {
  g_autofree double *a = g_new (double, n *n), *right = g_memdup2 (beta, n * sizeof *beta);
  bool out[COLUMNS_MAX] = { false };
  for (bool wrong = true; wrong;) {
    memcpy (a, gram, n * n * sizeof *a);
    memcpy (beta, right, n * sizeof *beta);
    for (size_t i = 0; i < n; i++)
      for (size_t j = 0; out[i] && j < n; j++)
        a[i * n + j] = a[j * n + i] = i == j;
    for (size_t i = 0; i < n; i++)
      beta[i] = out[i] ? 0 : beta[i];
    if (!solve (a, beta, n))
      return false;
    wrong = false;
    for (size_t i = 0; i < n; i++)
      if (!out[i] && design->way[i] * beta[i] < 0)
        out[i] = wrong = true;
  }

  return true;
}

static Design
make_design (const RaiMethodInput *input) {
  RaiPanelStep step = input->panel != NULL ? rai_panel_step (input->panel) : RAI_STEP_MONTH;
  static const double years[] = { 8766, 365.25, 52.18, 12, 4 };
  Design design = { .input = input,
                    .table = waves_table (),
                    .days = step == RAI_STEP_DAY,
                    .weeks = step == RAI_STEP_WEEK,
                    .year = years[step] };
  design.waves =
      input->panel != NULL && (double) input->n > 1.1 * design.year && step < RAI_STEP_MONTH;

  double sum = 0, zeros = 0;
  for (size_t t = 0; t < input->n; t++) {
    sum += input->y[t];
    zeros += input->y[t] <= 0;
  }

  design.logs = zeros < 0.05 * (double) input->n;
  design.shift = 0.02 * sum / (double) input->n;
  find_scales (&design);

  return design;
}

static double
forward (const Design *design, double y) {
  return design->logs ? log (y + design->shift) : y;
}

static double
backward (const Design *design, double z) {
  return design->logs ? exp (MIN (z, 60)) - design->shift : z;
}

static double
dot (const Row *row, const double *beta) {
  double sum = 0;
  for (size_t k = 0; k < row->n_used; k++)
    sum += row->value[row->used[k]] * beta[row->used[k]];
  return sum;
}

/* Moves the constant by the recent residual, and returns what makes recent fits and recent sales
 * add up alike. */
static double
carry (const Design *design, double *beta) {
  const RaiMethodInput *input = design->input;
  size_t window = MIN (input->n, design->days ? 28 : MAX (4, input->period / 2)), n_columns;
  double residual = 0, sold = 0, fitted = 0;

  Row row = { 0 };
  for (size_t t = input->n - window; t < input->n; t++) {
    make_row (design, input->first + t, &row, &n_columns);
    residual += forward (design, input->y[t]) - dot (&row, beta);
  }

  beta[0] += CARRY * residual / (double) window;
  size_t past = MIN (input->n, 4 * window);
  for (size_t t = input->n - past; t < input->n && design->logs; t++) {
    make_row (design, input->first + t, &row, &n_columns);
    sold += input->y[t];
    fitted += MAX (0, backward (design, dot (&row, beta)));
  }

  return fitted > 0 ? CLAMP (sold / fitted, 0.9, 1.1) : 1;
}

/* Adds a row to the lower triangle of the Gram matrix and to the right side. */
static void
add_row (const Row *row, double weight, double z, double *restrict gram, double *restrict right,
         size_t n) {
  double value[COLUMNS_MAX];
  for (size_t a = 0; a < row->n_used; a++)
    value[a] = row->value[row->used[a]];
  for (size_t a = 0; a < row->n_used; a++) {
    double *line = gram + row->used[a] * n, weighted = weight * value[a];
    right[row->used[a]] += weighted * z;
    for (size_t b = 0; b <= a; b++)
      line[row->used[b]] += weighted * value[b];
  }
}

/* fit: the coefficients, then the factor that makes up for logs. */
static bool
fit_ridge (const RaiMethodInput *input, RaiFit *fit) {
  Design design = make_design (input);
  Row row = { 0 };

  size_t n;
  make_row (&design, input->first, &row, &n);

  g_autofree double *gram = g_new0 (double, n *n);
  double *beta = g_new0 (double, COLUMNS_MAX + 1),
         decay = exp2 (-1 / (HALF_LIFE_YEARS * design.year)), weight = 1;

  for (size_t t = input->n; t-- > 0; weight *= decay) {
    make_row (&design, input->first + t, &row, &n);
    double z = forward (&design, input->y[t]);
    add_row (&row, weight, z, gram, beta, n);
  }

  for (size_t i = 0; i < n; i++)
    gram[i * n + i] += i == 0 ? 1e-6 : PENALTY;
  fit->values = beta;
  fit->n = COLUMNS_MAX + 1;
  if (!solve_signed (&design, gram, beta, n) || !isfinite (beta[0]))
    return false;

  beta[COLUMNS_MAX] = 1;
  beta[COLUMNS_MAX] = carry (&design, beta);
  return true;
}

static void
predict (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  Design design = make_design (input);
  Row row = { 0 };
  size_t n;
  for (size_t h = 0; h < input->horizon; h++) {
    make_row (&design, input->first + input->n + h, &row, &n);
    mean[h] = fit->values[COLUMNS_MAX] * backward (&design, dot (&row, fit->values));
  }
}

/* From the usual row (the mean of the last year's) to the row of each step. */
static void
explain (const RaiMethodInput *input, const RaiFit *fit, const double *mean, double *parts) {
  Design design = make_design (input);
  Row row = { 0 };

  size_t n, past = MIN (input->n, (size_t) ceil (design.year));
  double usual[COLUMNS_MAX] = { 0 }, contribution[COLUMNS_MAX], start = 0;
  RaiPart told[COLUMNS_MAX];

  for (size_t t = input->n - past; t < input->n; t++) {
    make_row (&design, input->first + t, &row, &n);
    for (size_t k = 0; k < row.n_used; k++)
      usual[row.used[k]] += row.value[row.used[k]] / (double) past;
  }

  usual[0] = 1;
  for (size_t i = 0; i < n; i++)
    start += usual[i] * fit->values[i];

  double base = MAX (0, fit->values[COLUMNS_MAX] * backward (&design, start));
  for (size_t h = 0; h < input->horizon; h++, parts += RAI_N_PARTS) {
    make_row (&design, input->first + input->n + h, &row, &n);
    for (size_t i = 0; i < n; i++) {
      contribution[i] = (row.value[i] - usual[i]) * fit->values[i];
      told[i] = (RaiPart) design.part[i];
    }
    parts[RAI_PART_LEVEL] += base;
    if (design.logs)
      rai_part_share_product (base, mean[h], contribution, told, n, parts);
    for (size_t i = 0; i < n && !design.logs; i++)
      parts[told[i]] += contribution[i];
  }
}

const RaiForecaster rai_ridge = {
  .method = RAI_METHOD_RIDGE,
  .title = "Linear regression on calendar, price, promotion, events and weather",
  .paper = "Hoerl & Kennard, Technometrics 12(1), 1970",
  .min_obs = 14,
  .uses = RAI_AUTO_SMOOTH | RAI_AUTO_COUNTS | RAI_AUTO_TOTALS,
  .turn = 3,
  .fit = fit_ridge,
  .predict = predict,
  .explain = explain,
};
