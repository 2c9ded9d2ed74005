/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-panel.h"

#include <math.h>
#include <string.h>

typedef struct {
  char *name;
  RaiCovariateRole role;
  bool categorical;
  GHashTable *codes; /* text -> code, owned texts */
} Covariate;

typedef struct {
  const char *site;
  const char *item;
  size_t n;
  size_t past; /* where its n values begin in the history columns */
  size_t span; /* where its n + horizon values begin in `closed`; covariates are n_covariates times
                  further */
} Series;

struct _RaiPanel {
  RaiPanelStep step;
  int64_t origin;
  size_t horizon;
  int month, mday; /* of the dates of months and quarters */
  GStringChunk *texts;
  GArray *covariates; /* Covariate */
  GArray *series;     /* Series */
  GPtrArray *attribute_names;
  GPtrArray *attribute_values; /* of GPtrArray of texts, one per attribute, as long as its last
                                  series with a value */
  double *observations;
  float *stockout;
  uint8_t *closed;
  float *values; /* per series, covariate after covariate, n + horizon each */
  size_t n_past, n_span;
  size_t past_size, span_size;
};

static void
covariate_clear (Covariate *covariate) {
  g_free (covariate->name);
  g_hash_table_unref (covariate->codes);
}

RaiPanel *
rai_panel_new (RaiPanelStep step, int64_t origin, size_t horizon) {
  g_return_val_if_fail (horizon > 0, NULL);
  RaiPanel *panel = g_new0 (RaiPanel, 1);
  panel->step = step;
  panel->origin = origin;
  panel->horizon = horizon;
  panel->mday = 1;
  panel->texts = g_string_chunk_new (4096);
  panel->covariates = g_array_new (FALSE, FALSE, sizeof (Covariate));
  g_array_set_clear_func (panel->covariates, (GDestroyNotify) covariate_clear);
  panel->series = g_array_new (FALSE, FALSE, sizeof (Series));
  panel->attribute_names = g_ptr_array_new ();
  panel->attribute_values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  return panel;
}

void
rai_panel_free (RaiPanel *panel) {
  if (panel == NULL)
    return;
  g_string_chunk_free (panel->texts);
  g_array_unref (panel->covariates);
  g_array_unref (panel->series);
  g_ptr_array_unref (panel->attribute_names);
  g_ptr_array_unref (panel->attribute_values);
  g_free (panel->observations);
  g_free (panel->stockout);
  g_free (panel->closed);
  g_free (panel->values);
  g_free (panel);
}

void
rai_panel_set_dating (RaiPanel *panel, int month, int mday) {
  panel->month = month;
  panel->mday = mday;
}

static Covariate *
covariate_at (const RaiPanel *panel, size_t covariate) {
  g_assert (covariate < panel->covariates->len);
  return &g_array_index (panel->covariates, Covariate, covariate);
}

static Series *
series_at (const RaiPanel *panel, size_t series) {
  g_assert (series < panel->series->len);
  return &g_array_index (panel->series, Series, series);
}

size_t
rai_panel_add_covariate (RaiPanel *panel, const char *name, RaiCovariateRole role,
                         bool categorical) {
  g_return_val_if_fail (panel->series->len == 0, 0);
  Covariate covariate = { g_strdup (name), role, categorical,
                          g_hash_table_new (g_str_hash, g_str_equal) };
  g_array_append_val (panel->covariates, covariate);
  return panel->covariates->len - 1;
}

static bool
mentions (const char *name, const char *const *words) {
  for (; *words != NULL; words++)
    if (strstr (name, *words) != NULL)
      return true;
  return false;
}

RaiCovariateRole
rai_covariate_role (const char *name) {
  static const char *const price[] = { "price", "cost", "cpi", NULL };
  static const char *const promotion[] = { "promo",   "discount", "markdown", "deal",
                                           "feature", "coupon",   "activity", NULL };
  static const char *const weather[] = { "temp", "rain",    "precip", "humid", "wind",
                                         "snow", "weather", "sun",    NULL };
  static const char *const event[] = { "event", "holiday", "snap", "festival", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (mentions (lower, promotion))
    return RAI_COVARIATE_PROMOTION;
  if (mentions (lower, weather))
    return RAI_COVARIATE_WEATHER;
  if (mentions (lower, event))
    return RAI_COVARIATE_EVENT;
  if (mentions (lower, price))
    return RAI_COVARIATE_PRICE;

  return RAI_COVARIATE_CALENDAR;
}

int
rai_covariate_way (const char *name) {
  if (g_ascii_strcasecmp (name, "price") == 0)
    return -1;
  return g_ascii_strncasecmp (name, "promo", strlen ("promo")) == 0;
}

float
rai_panel_category (RaiPanel *panel, size_t covariate, const char *text) {
  if (*text == '\0')
    return 0;

  GHashTable *codes = covariate_at (panel, covariate)->codes;
  void *code = g_hash_table_lookup (codes, text);
  if (code == NULL) {
    code = GSIZE_TO_POINTER (g_hash_table_size (codes) + 1);
    g_hash_table_insert (codes, g_string_chunk_insert (panel->texts, text), code);
  }

  return (float) GPOINTER_TO_SIZE (code);
}

/* Room for more values at the end of each column, doubling. */
static void
grow (RaiPanel *panel, size_t past, size_t span) {
  if (panel->n_past + past > panel->past_size) {
    panel->past_size = MAX (2 * panel->past_size, panel->n_past + past);
    panel->observations = g_renew (double, panel->observations, panel->past_size);
    panel->stockout = g_renew (float, panel->stockout, panel->past_size);
  }

  if (panel->n_span + span > panel->span_size) {
    panel->span_size = MAX (2 * panel->span_size, panel->n_span + span);
    panel->closed = g_renew (uint8_t, panel->closed, panel->span_size);
    panel->values = g_renew (float, panel->values, panel->span_size * panel->covariates->len);
  }
}

size_t
rai_panel_add_series (RaiPanel *panel, const char *site, const char *item, size_t n) {
  Series series = { g_string_chunk_insert_const (panel->texts, site),
                    g_string_chunk_insert_const (panel->texts, item), n, panel->n_past,
                    panel->n_span };

  size_t span = n + panel->horizon, n_covariates = panel->covariates->len;
  grow (panel, n, span);
  for (size_t t = 0; t < n; t++)
    panel->observations[series.past + t] = NAN;
  if (n > 0)
    memset (panel->stockout + series.past, 0, n * sizeof (float));

  memset (panel->closed + series.span, 0, span);
  float *values = panel->values + series.span * n_covariates;
  for (size_t t = 0; t < span * n_covariates; t++)
    values[t] = NAN;

  panel->n_past += n;
  panel->n_span += span;
  g_array_append_val (panel->series, series);

  return panel->series->len - 1;
}

void
rai_panel_set_attribute (RaiPanel *panel, size_t series, const char *name, const char *value) {
  unsigned at = 0;
  const char *text = g_string_chunk_insert_const (panel->texts, name);
  if (!g_ptr_array_find (panel->attribute_names, text, &at)) {
    at = panel->attribute_names->len;
    g_ptr_array_add (panel->attribute_names, (char *) text);
    g_ptr_array_add (panel->attribute_values, g_ptr_array_new ());
  }

  GPtrArray *values = g_ptr_array_index (panel->attribute_values, at);
  if (values->len <= series)
    g_ptr_array_set_size (values, (int) series + 1);
  g_ptr_array_index (values, series) = g_string_chunk_insert_const (panel->texts, value);
}

RaiPanelStep
rai_panel_step (const RaiPanel *panel) {
  return panel->step;
}

int64_t
rai_panel_origin (const RaiPanel *panel) {
  return panel->origin;
}

size_t
rai_panel_horizon (const RaiPanel *panel) {
  return panel->horizon;
}

size_t
rai_panel_n_series (const RaiPanel *panel) {
  return panel->series->len;
}

size_t
rai_panel_n_covariates (const RaiPanel *panel) {
  return panel->covariates->len;
}

const char *
rai_panel_covariate_name (const RaiPanel *panel, size_t covariate) {
  return covariate_at (panel, covariate)->name;
}

RaiCovariateRole
rai_panel_covariate_role (const RaiPanel *panel, size_t covariate) {
  return covariate_at (panel, covariate)->role;
}

bool
rai_panel_covariate_categorical (const RaiPanel *panel, size_t covariate) {
  return covariate_at (panel, covariate)->categorical;
}

size_t
rai_panel_covariate_categories (const RaiPanel *panel, size_t covariate) {
  return g_hash_table_size (covariate_at (panel, covariate)->codes) + 1;
}

const char *
rai_panel_site (const RaiPanel *panel, size_t series) {
  return series_at (panel, series)->site;
}

const char *
rai_panel_item (const RaiPanel *panel, size_t series) {
  return series_at (panel, series)->item;
}

size_t
rai_panel_length (const RaiPanel *panel, size_t series) {
  return series_at (panel, series)->n;
}

size_t
rai_panel_n_attributes (const RaiPanel *panel) {
  return panel->attribute_names->len;
}

const char *
rai_panel_attribute (const RaiPanel *panel, size_t series, size_t attribute) {
  const GPtrArray *values = g_ptr_array_index (panel->attribute_values, attribute);
  const char *value = series < values->len ? g_ptr_array_index (values, series) : NULL;
  return value != NULL ? value : "";
}

static int64_t
floor_div (int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

/* The date of a month, counted from January 1970. */
static RaiDay
date_of (const RaiPanel *panel, int64_t month) {
  int64_t year = floor_div (month, 12);
  int first = (int) (month - 12 * year) + 1, mday = panel->mday;
  RaiDay day = rai_day_from_ymd ((int) (1970 + year), first, mday);
  while (day == RAI_DAY_NONE && mday > 28)
    day = rai_day_from_ymd ((int) (1970 + year), first, --mday);
  return day;
}

RaiDay
rai_panel_day (const RaiPanel *panel, size_t series, size_t step) {
  int64_t ahead = (int64_t) step - (int64_t) series_at (panel, series)->n;
  switch (panel->step) {
    case RAI_STEP_HOUR:
      return (RaiDay) floor_div (panel->origin + ahead, 24);
    case RAI_STEP_DAY:
      return (RaiDay) (panel->origin + ahead);
    case RAI_STEP_WEEK:
      return (RaiDay) (panel->origin + 7 * ahead);
    case RAI_STEP_MONTH:
      return date_of (panel, panel->origin + ahead);
    case RAI_STEP_QUARTER:
      return date_of (panel, 3 * (panel->origin + ahead) + panel->month);
  }

  g_return_val_if_reached (RAI_DAY_NONE);
}

double *
rai_panel_observations (const RaiPanel *panel, size_t series) {
  return panel->observations + series_at (panel, series)->past;
}

float *
rai_panel_stockout (const RaiPanel *panel, size_t series) {
  return panel->stockout + series_at (panel, series)->past;
}

uint8_t *
rai_panel_closed (const RaiPanel *panel, size_t series) {
  return panel->closed + series_at (panel, series)->span;
}

float *
rai_panel_covariate (const RaiPanel *panel, size_t series, size_t covariate) {
  const Series *at = series_at (panel, series);
  g_assert (covariate < panel->covariates->len);
  return panel->values + at->span * panel->covariates->len + covariate * (at->n + panel->horizon);
}
