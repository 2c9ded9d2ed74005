/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-part.h"
#include "forecast/choice/rai-errors.h"
#include "forecast/choice/rai-memory.h"
#include "forecast/choice/rai-reconcile-method.h"
#include "forecast/panel/rai-basis.h"
#include "forecast/panel/rai-change.h"
#include "forecast/panel/rai-panel.h"

#include <gio/gio.h>

/* Forecasts a panel: for each series the mean and quantiles of each step, parts that add up to the
 * mean, the model, why it was chosen, and how it did in backtests. Same panel and options, same
 * bits, whatever the number of threads. Nothing in a result is NAN, infinite or negative; closed
 * steps are zero. Quantities are in the panel's unit. */
#define RAI_FORECAST_ERROR rai_forecast_error_quark ()
typedef enum { RAI_FORECAST_ERROR_MODEL, RAI_FORECAST_ERROR_LEVEL } RaiForecastError;
GQuark rai_forecast_error_quark (void);

typedef struct {
  const char *model; /* NULL or "auto": chosen per series; else an id of core/rai-method.h */
  const double *quantile_levels; /* ascending, in (0, 1); NULL: the nine of core/rai-quantile */
  size_t n_quantile_levels;
  unsigned threads; /* 0: one per core */
  RaiReconcileMethod reconcile;
  const RaiMemory *memory; /* what an earlier run chose (rai-memory.h), to lean on; may be NULL */
  bool skip_parts;         /* leave the whole mean in the level: quicker */
  bool dispersion;         /* tell what sums of steps vary by: slower */
  GCancellable *cancellable;
  /* Called now and then, from the calling thread, with the share done 0..1 and what is being
   * done. */
  void (*progress) (double share, const char *stage, void *data);
  void *data;
} RaiForecastOptions;

/* One series' forecast; owned by the RaiForecast. h steps, q levels. */
typedef struct {
  const double *mean;      /* [h] */
  const double *quantiles; /* [h][q], ascending in q */
  const double *parts;     /* [h][RAI_N_PARTS]; each row adds up to the mean */
  /* [h] the variance of what the first h + 1 steps sell together over its mean, by the sample paths
   * (the index of dispersion: Cox & Lewis, The Statistical Analysis of Series of Events, 1966); 0
   * where nothing sells. NULL unless asked for. */
  const double *dispersion;
  const double
      *past; /* [h][3]: mean, low and high end of the 80 % interval of the last h observed steps as
              * seen from before them, by the models of the backtest; NULL: too little history */
  const char *model;  /* one name, or names joined by " + " */
  const char *reason; /* a sentence for people */
  RaiBasis basis;     /* whose sales it rests on */
  RaiBacktest backtest;
} RaiSeriesForecast;

typedef struct _RaiForecast RaiForecast;

/* Returns NULL with an error of RAI_FORECAST_ERROR, or G_IO_ERROR_CANCELLED. The panel must outlive
 * the result. */
RaiForecast *
rai_forecast_run (const RaiPanel *panel, const RaiForecastOptions *options, GError **error);
void rai_forecast_free (RaiForecast *forecast);

const RaiSeriesForecast *rai_forecast_series (const RaiForecast *forecast, size_t series);
const double *rai_forecast_quantile_levels (const RaiForecast *forecast, size_t *n);
const RaiLevelError *rai_forecast_level_errors (const RaiForecast *forecast, size_t *n);
const RaiMethodError *rai_forecast_method_errors (const RaiForecast *forecast, size_t *n);
/* The largest changes, largest first, at most RAI_CHANGES_MAX; counts [RAI_N_CHANGES] of all there
 * were. */
const RaiChange *rai_forecast_changes (const RaiForecast *forecast, size_t *n, size_t *counts);
/* One of RAI_PATHS (rai-paths.h) equally likely ways that a series may go: values[horizon]. Errors
 * of neighbouring steps go together, so the quantile of a sum over steps, as of a lead time, is
 * that of the paths' sums and not a sum of quantiles. */
void rai_forecast_path (const RaiForecast *forecast, size_t series, size_t path, double *values);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiForecast, rai_forecast_free)
