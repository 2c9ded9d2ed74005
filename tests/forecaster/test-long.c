/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-long.h"

#include <math.h>
#include <string.h>

static RaiPanel *
read_text (const char *text, RaiDay through, size_t horizon, GError **error) {
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  RaiLongOptions options = { "sales.csv", through, horizon };
  return rai_long_read (stream, &options, error);
}

/* Rows in any order; a gap is missing; rows after the history give covariates; a column that turns
 * out to be text. */
static void
test_read (void) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiPanel) panel = read_text ("site,item,date,quantity,stockout,closed,price,event\n"
                                          "s1,b,2024-01-03,7,0.5,0,2.5,0\n"
                                          "s1,a,2024-01-01,1e1,0,0,,0\n"
                                          "s1,a,2024-01-03,-2.25,0,1,3,xmas\n"
                                          "s1,a,2024-01-04,,0,0,4,0\n"
                                          "s2,a,2024-01-04,,0,1,4,\n",
                                          RAI_DAY_NONE, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rai_panel_n_series (panel), ==, 3);
  g_assert_cmpint (rai_panel_origin (panel), ==, rai_day_from_ymd (2024, 1, 4));
  g_assert_cmpuint (rai_panel_length (panel, 0), ==, 1);
  g_assert_cmpuint (rai_panel_length (panel, 1), ==, 3);
  g_assert_cmpuint (rai_panel_length (panel, 2), ==, 0);

  const double *observed = rai_panel_observations (panel, 1);
  g_assert_cmpfloat (observed[0], ==, 10);
  g_assert_true (isnan (observed[1]));
  g_assert_cmpfloat (observed[2], ==, -2.25);
  g_assert_cmpfloat (rai_panel_stockout (panel, 0)[0], ==, 0.5f);
  g_assert_cmpuint (rai_panel_closed (panel, 1)[2], ==, 1);
  g_assert_cmpuint (rai_panel_closed (panel, 2)[0], ==, 1);
  g_assert_cmpfloat (rai_panel_covariate (panel, 1, 0)[3], ==, 4);
  g_assert_true (isnan (rai_panel_covariate (panel, 1, 0)[0]));
  g_assert_true (rai_panel_covariate_categorical (panel, 1));
  g_assert_cmpfloat (rai_panel_covariate (panel, 1, 1)[2], ==, 2);
  g_assert_cmpfloat (rai_panel_covariate (panel, 1, 1)[0], ==, 1);
}

static void
test_through (void) {
  g_autoptr (RaiPanel) panel =
      read_text ("date,quantity,stockout\n2024-01-01,1,0\n2024-01-02,2,1\n2024-01-03,x,9\n",
                 rai_day_from_ymd (2024, 1, 2), 1, NULL);
  g_assert_nonnull (panel);
  g_assert_cmpuint (rai_panel_length (panel, 0), ==, 2);
  g_assert_cmpstr (rai_panel_site (panel, 0), ==, "all");
}

static void
test_steps (void) {
  g_autoptr (RaiPanel) weeks =
      read_text ("date,quantity\n2024-01-05,1\n2024-01-19,2\n", RAI_DAY_NONE, 1, NULL);
  g_assert_cmpint (rai_panel_step (weeks), ==, RAI_STEP_WEEK);
  g_assert_cmpuint (rai_panel_length (weeks, 0), ==, 3);
  g_assert_cmpint (rai_panel_day (weeks, 0, 3), ==, rai_day_from_ymd (2024, 1, 26));
  g_autoptr (RaiPanel) cut = read_text ("date,quantity\n2024-01-05,1\n2024-01-12,1\n2024-01-19,2\n",
                                        rai_day_from_ymd (2024, 1, 12), 1, NULL);
  g_assert_cmpint (rai_panel_day (cut, 0, 2), ==, rai_day_from_ymd (2024, 1, 19));
  g_autoptr (RaiPanel) months =
      read_text ("date,quantity\n2024-01-01,1\n2024-03-01,2\n", RAI_DAY_NONE, 1, NULL);
  g_assert_cmpint (rai_panel_step (months), ==, RAI_STEP_MONTH);
  g_assert_cmpuint (rai_panel_length (months, 0), ==, 3);
  g_autoptr (RaiPanel) hours =
      read_text ("date,quantity\n2024-01-01T22,1\n2024-01-02 01:00,2\n", RAI_DAY_NONE, 1, NULL);
  g_assert_cmpint (rai_panel_step (hours), ==, RAI_STEP_HOUR);
  g_assert_cmpuint (rai_panel_length (hours, 0), ==, 4);
}

/* Zeros before the first sale are "not yet on sale", as is what comes back; those of what never
 * sold are kept. */
static void
test_not_yet_on_sale (void) {
  g_autoptr (RaiPanel) panel = read_text ("item,date,quantity\n"
                                          "late,2024-01-01,0\nlate,2024-01-02,-1\n"
                                          "late,2024-01-04,0\nlate,2024-01-03,2\n"
                                          "never,2024-01-01,0\nnever,2024-01-04,0\n",
                                          RAI_DAY_NONE, 1, NULL);
  g_assert_nonnull (panel);
  g_assert_cmpuint (rai_panel_length (panel, 0), ==, 2);
  g_assert_cmpfloat (rai_panel_observations (panel, 0)[0], ==, 2);
  g_assert_cmpfloat (rai_panel_observations (panel, 0)[1], ==, 0);
  g_assert_cmpuint (rai_panel_length (panel, 1), ==, 4);
}

/* Totals dated at their month's end are months, and so is what is forecast. */
static void
test_month_ends (void) {
  g_autoptr (RaiPanel) panel =
      read_text ("date,quantity\n2023-11-30,1\n2023-12-31,2\n2024-01-31,3\n2024-02-29,4\n",
                 rai_day_from_ymd (2024, 2, 28), 2, NULL);
  g_assert_nonnull (panel);
  g_assert_cmpint (rai_panel_step (panel), ==, RAI_STEP_MONTH);
  g_assert_cmpuint (rai_panel_length (panel, 0), ==, 3);
  g_assert_cmpfloat (rai_panel_observations (panel, 0)[2], ==, 3);
  g_autoptr (GString) text = g_string_new (NULL);
  rai_long_append_step (text, panel, 0, 0);
  rai_long_append_step (text, panel, 0, 1);
  g_assert_cmpstr (text->str, ==, "2024-02-292024-03-31");
}

/* Days that come with a time are days. */
static void
test_stamped_days (void) {
  static const char *const texts[] = {
    "date,quantity\n2024-01-01 00:00:00,1\n2024-01-02 00:00:00,2\n2024-01-04 00:00:00,\n",
    "date,quantity\n2024-01-01T00:00:00,1\n2024-01-02T00:00:00,2\n2024-01-04T00:00:00,\n",
    "date,quantity\n2024-01-01 23:59:59,1\n2024-01-02 23:59:59,2\n2024-01-04 23:59:59,\n",
  };
  for (size_t k = 0; k < G_N_ELEMENTS (texts); k++)
    for (int given = 0; given < 2; given++) {
      RaiDay through = given ? rai_day_from_ymd (2024, 1, 2) : RAI_DAY_NONE;
      g_autoptr (RaiPanel) panel = read_text (texts[k], through, 3, NULL);
      g_assert_nonnull (panel);
      g_assert_cmpint (rai_panel_step (panel), ==, RAI_STEP_DAY);
      g_assert_cmpint (rai_panel_origin (panel), ==, rai_day_from_ymd (2024, 1, 3));
      g_assert_cmpuint (rai_panel_length (panel, 0), ==, 2);
      g_assert_cmpfloat (rai_panel_observations (panel, 0)[1], ==, 2);
    }
}

/* Each wrong file has a message that names the place. */
static void
test_errors (void) {
  static const struct {
    const char *text, *wanted;
  } cases[] = {
    { "", "sales.csv is empty" },
    { "a,b\n1,2\n", "no column \"date\"" },
    { "date,value\n2024-01-01,2\n", "no column \"quantity\"" },
    { "date,quantity,date\n2024-01-01,2,3\n", "\"date\" is there twice" },
    { "date,quantity\n2024-13-01,2\n", "line 2: date is \"2024-13-01\"" },
    { "date,quantity\n2024-01-01,2\n2024-01-02,two\n",
      "line 3: quantity is \"two\", not a number" },
    { "date,quantity\n2024-01-01,inf\n", "line 2: quantity is \"inf\"" },
    { "date,quantity\n2024-01-01,1\n2024-01-01,2\n",
      "line 3: site all, item all has a second quantity for 2024-01-01" },
    { "date,quantity\n2024-01-02,1\n\n\n2024-01-01,1\n\n2024-01-02,2\n",
      "line 7: site all, item all has a second "
      "quantity for 2024-01-02, after that of line 2" },
    { "date,quantity\n2024-01-01,\n", "no row with a quantity" },
    { "date,quantity\n2024-01-01\n", "line 2: only 1 fields" },
    { "date,quantity\n2024-01-01,1\n2024-01-02T05,2\n", "line 3: date is" },
    { "date,quantity\n2024-01-01,1\n\n2024-01-31,2\n2024-03-01,3\n",
      "line 4: date is \"2024-01-31\", which is no hour, day, week, month or quarter after "
      "2024-01-01 (site all, item all); write the total of every day" },
    { "date,quantity\n2024-01-01T06,1\n2024-01-01T09,2\n2024-01-01T12,3\n",
      "line 3: date is \"2024-01-01T09\", which is no hour, day, week, month or quarter after "
      "2024-01-01T06" },
  };

  for (size_t k = 0; k < G_N_ELEMENTS (cases); k++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (read_text (cases[k].text, RAI_DAY_NONE, 1, &error));
    g_assert_nonnull (error);
    if (strstr (error->message, cases[k].wanted) == NULL)
      g_error ("\"%s\" does not say \"%s\"", error->message, cases[k].wanted);
  }
}

static void
test_static (void) {
  g_autoptr (RaiPanel) panel = read_text (
      "site,item,date,quantity\ns,a,2024-01-01,1\ns,b,2024-01-01,1\n", RAI_DAY_NONE, 1, NULL);
  const char *text = "item,department\nb,fruit\na,bread\n";
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_assert_true (rai_long_read_static (panel, stream, "static.csv", NULL));
  g_assert_cmpstr (rai_panel_attribute (panel, 0, 0), ==, "bread");
  g_assert_cmpstr (rai_panel_attribute (panel, 1, 0), ==, "fruit");
}

static void
test_write (void) {
  g_autoptr (RaiPanel) panel =
      read_text ("site,item,date,quantity\ns,\"a,b\",2024-01-01,4\ns,\"a,b\",2024-01-02,4\n",
                 RAI_DAY_NONE, 2, NULL);

  double levels[] = { 0.1, 0.9 };
  RaiForecastOptions options = { .model = "snaive",
                                 .quantile_levels = levels,
                                 .n_quantile_levels = 2 };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_assert_true (rai_long_write (panel, forecast, NULL, stream, NULL));
  g_output_stream_close (stream, NULL, NULL);
  g_autoptr (GBytes) bytes =
      g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));

  const char *text = g_bytes_get_data (bytes, NULL);
  g_assert_true (
      g_str_has_prefix (text, "site,item,date,mean,q0.1,q0.9,model\ns,\"a,b\",2024-01-03,4,"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/long/read", test_read);
  g_test_add_func ("/long/through", test_through);
  g_test_add_func ("/long/steps", test_steps);
  g_test_add_func ("/long/not-yet-on-sale", test_not_yet_on_sale);
  g_test_add_func ("/long/month-ends", test_month_ends);
  g_test_add_func ("/long/stamped-days", test_stamped_days);
  g_test_add_func ("/long/errors", test_errors);
  g_test_add_func ("/long/static", test_static);
  g_test_add_func ("/long/write", test_write);
  return g_test_run ();
}
