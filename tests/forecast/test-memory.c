/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-memory.h"

#include "fixture.h"
#include "forecast/rai-forecast.h"

static void
test_text (void) {
  g_autoptr (RaiMemory) memory =
      rai_memory_parse ("ridge=0.25 boost=0.75\nnonsense =1 half= tsb=nan ets=-1 dotm=1x");
  g_assert_cmpfloat (rai_memory_weight (memory, "ridge"), ==, 0.25);
  g_assert_cmpfloat (rai_memory_weight (memory, "boost"), ==, 0.75);
  const char *const none[] = { "nonsense", "", "half", "tsb", "ets", "dotm" };
  for (size_t k = 0; k < G_N_ELEMENTS (none); k++)
    g_assert_cmpfloat (rai_memory_weight (memory, none[k]), ==, 0);
}

static double
weight_of (const RaiForecast *forecast, const char *name) {
  size_t n;
  const RaiMethodError *methods = rai_forecast_method_errors (forecast, &n);
  g_autofree char *text = rai_memory_format (methods, n);
  g_autoptr (RaiMemory) memory = rai_memory_parse (text);
  return rai_memory_weight (memory, name);
}

/* A run leans on what the one before it chose, and no more than leans; methods that are gone are
 * forgotten. */
static void
test_leans (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (6, 300);
  g_autoptr (RaiMemory) ridge = rai_memory_parse ("ridge=1");
  g_autoptr (RaiMemory) gone = rai_memory_parse ("crystal-ball=1");

  RaiForecastOptions options = { .skip_parts = true };
  g_autoptr (RaiForecast) first = rai_forecast_run (panel, &options, NULL);
  options.memory = ridge;
  g_autoptr (RaiForecast) second = rai_forecast_run (panel, &options, NULL);
  options.memory = gone;
  g_autoptr (RaiForecast) third = rai_forecast_run (panel, &options, NULL);
  g_assert_cmpfloat (weight_of (second, "ridge"), >, weight_of (first, "ridge"));
  g_assert_cmpfloat (weight_of (second, "ridge"), <, 1);
  g_assert_cmpfloat (weight_of (third, "ridge"), ==, weight_of (first, "ridge"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory/text", test_text);
  g_test_add_func ("/memory/leans", test_leans);
  return g_test_run ();
}
