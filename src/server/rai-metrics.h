/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

/* Counters in Prometheus' text form. Counting is lock-free and safe from any thread. */
typedef struct _RaiMetrics RaiMetrics;

/* n_routes: requests are counted by the route's row. */
RaiMetrics *rai_metrics_new (unsigned n_routes);
void rai_metrics_free (RaiMetrics *metrics);
void rai_metrics_count (RaiMetrics *metrics, unsigned route, int status, int64_t microseconds);
/* name(route, data) is the label of a row. */
void rai_metrics_append (RaiMetrics *metrics, GString *text,
                         const char *(*name) (unsigned route, void *data), void *data);
/* One gauge or counter with its help line; type is "gauge" or "counter". */
void rai_metrics_append_value (GString *text, const char *name, const char *type, const char *help,
                               uint64_t value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiMetrics, rai_metrics_free)
