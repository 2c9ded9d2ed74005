/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Writers of JSON values, straight into a string: for what is too large or too frequent for a
 * tree. */
/* With its quotes, escaped; NULL is null. Bytes that are not UTF-8 become U+FFFD. */
void rai_json_append_string (GString *json, const char *text);
void rai_json_append_int (GString *json, int64_t value);
/* The shortest digits that read back as the same number; null for what is not finite. */
void rai_json_append_double (GString *json, double value);
/* "YYYY-MM-DD" */
void rai_json_append_day (GString *json, int32_t day);
/* Base64, with quotes. */
void rai_json_append_blob (GString *json, const void *data, size_t size);
/* "name": with a comma in front unless it is the first member. */
void rai_json_append_name (GString *json, const char *name);
