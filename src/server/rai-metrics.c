/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-metrics.h"

#include <stdatomic.h>
#include <stdbool.h>

#define N_CLASSES 6 /* 1xx ... 5xx, by the first digit */

/* Upper bounds in microseconds; the last bucket has none. */
static const int64_t bounds[] = { 250, 1000, 5000, 25000, 100000, 500000, 2000000 };
#define N_BUCKETS (G_N_ELEMENTS (bounds) + 1)

typedef struct {
  _Atomic uint64_t by_class[N_CLASSES];
  _Atomic uint64_t by_bucket[N_BUCKETS];
  _Atomic uint64_t microseconds;
} Route;

struct _RaiMetrics {
  unsigned n_routes;
  Route routes[];
};

RaiMetrics *
rai_metrics_new (unsigned n_routes) {
  RaiMetrics *metrics = g_malloc0 (sizeof *metrics + n_routes * sizeof (Route));

  metrics->n_routes = n_routes;
  return metrics;
}

void
rai_metrics_free (RaiMetrics *metrics) {
  g_free (metrics);
}

void
rai_metrics_count (RaiMetrics *metrics, unsigned route, int status, int64_t microseconds) {
  size_t bucket = 0;

  g_return_if_fail (route < metrics->n_routes);
  while (bucket < G_N_ELEMENTS (bounds) && microseconds > bounds[bucket])
    bucket++;
  metrics->routes[route].by_class[CLAMP (status / 100, 0, N_CLASSES - 1)]++;
  metrics->routes[route].by_bucket[bucket]++;
  metrics->routes[route].microseconds += (uint64_t) MAX (microseconds, 0);
}

static void
append_latency (GString *text, const Route *route, const char *label) {
  uint64_t sum = 0;

  for (size_t i = 0; i < N_BUCKETS; i++) {
    sum += route->by_bucket[i];
    g_string_append_printf (text, "retailai_request_seconds_bucket{route=\"%s\",le=\"", label);
    if (i < G_N_ELEMENTS (bounds))
      g_string_append_printf (text, "%g", (double) bounds[i] / G_USEC_PER_SEC);
    else
      g_string_append (text, "+Inf");
    g_string_append_printf (text, "\"} %" G_GUINT64_FORMAT "\n", sum);
  }

  g_string_append_printf (text, "retailai_request_seconds_sum{route=\"%s\"} %.6f\n", label,
                          (double) route->microseconds / G_USEC_PER_SEC);
  g_string_append_printf (
      text, "retailai_request_seconds_count{route=\"%s\"} %" G_GUINT64_FORMAT "\n", label, sum);
}

static bool
was_asked (const Route *route) {
  for (size_t i = 0; i < N_BUCKETS; i++)
    if (route->by_bucket[i] > 0)
      return true;
  return false;
}

void
rai_metrics_append (RaiMetrics *metrics, GString *text,
                    const char *(*name) (unsigned route, void *data), void *data) {
  g_string_append (text, "# HELP retailai_requests_total Requests by route and class of status.\n"
                         "# TYPE retailai_requests_total counter\n");
  for (unsigned r = 0; r < metrics->n_routes; r++)
    for (int c = 1; c < N_CLASSES; c++)
      if (metrics->routes[r].by_class[c] > 0)
        g_string_append_printf (
            text, "retailai_requests_total{route=\"%s\",status=\"%dxx\"} %" G_GUINT64_FORMAT "\n",
            name (r, data), c, (uint64_t) metrics->routes[r].by_class[c]);

  g_string_append (text,
                   "# HELP retailai_request_seconds Time from the whole request to its answer.\n"
                   "# TYPE retailai_request_seconds histogram\n");
  for (unsigned r = 0; r < metrics->n_routes; r++)
    if (was_asked (&metrics->routes[r]))
      append_latency (text, &metrics->routes[r], name (r, data));
}

void
rai_metrics_append_value (GString *text, const char *name, const char *type, const char *help,
                          uint64_t value) {
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n%s %" G_GUINT64_FORMAT "\n", name,
                          help, name, type, name, value);
}
