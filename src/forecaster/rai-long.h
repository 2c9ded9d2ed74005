/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/rai-forecast.h"

/* Long CSV in and out: `site,item,date,quantity[,stockout][,closed][,covariate...]`, a row a series
 * and step, in any order. Dates are YYYY-MM-DD, or YYYY-MM-DDTHH (also with a blank or :MM) for
 * hours. The spacing of the dates tells the step (rai-spacing.h). Columns with text become
 * categories. An empty field is unknown. */
#define RAI_LONG_ERROR rai_long_error_quark ()
typedef enum {
  RAI_LONG_ERROR_HEADER,    /* a column is missing or doubled */
  RAI_LONG_ERROR_VALUE,     /* a field cannot be read; the message has the line */
  RAI_LONG_ERROR_DUPLICATE, /* two rows for one series and step */
  RAI_LONG_ERROR_SPACING,   /* dates that are no hours, days, weeks, months or quarters apart */
  RAI_LONG_ERROR_EMPTY,     /* no row with a quantity */
} RaiLongError;
GQuark rai_long_error_quark (void);

typedef struct {
  const char *name; /* of the input, for messages */
  RaiDay through;   /* last day of history; RAI_DAY_NONE: the last one with a quantity */
  size_t horizon;
  /* Called now and then with the bytes read so far; may be NULL. */
  void (*progress) (uint64_t bytes, void *data);
  void *data;
} RaiLongOptions;

/* Reads all of the stream. Quantities after `through` are not looked at. Caller frees the panel. */
RaiPanel *rai_long_read (GInputStream *stream, const RaiLongOptions *options, GError **error);
/* Adds attributes from a CSV with the columns `site` and/or `item` and others: each other column is
 * an attribute. */
bool rai_long_read_static (RaiPanel *panel, GInputStream *stream, const char *name, GError **error);
typedef struct {
  const char *model; /* name for the column `model` instead of each series' own; NULL: its own */
  bool more;         /* rows only, behind those of another forecast */
  bool reasons;      /* a last column `reason`: why this model */
} RaiLongWriteOptions;

/* A step ahead of a series as the output has it ("2024-01-31", "2024-01-31T07" for hours), and a
 * quantity behind a
 * comma. */
void rai_long_append_step (GString *text, const RaiPanel *panel, size_t series, size_t ahead);
void rai_long_append_number (GString *text, double value);
/* Writes `site,item,date,mean,q0.025,...,model`. options may be NULL. Does not close the stream. */
bool rai_long_write (const RaiPanel *panel, const RaiForecast *forecast,
                     const RaiLongWriteOptions *options, GOutputStream *stream, GError **error);
