/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Structured log: one JSON object a line on standard error, {"time","level","event",...}. Never
 * holds a password, a token, a body or a query string. Safe from any thread. */
typedef enum { RAI_LOG_ERROR, RAI_LOG_WARNING, RAI_LOG_INFO, RAI_LOG_DEBUG } RaiLogLevel;

/* "error", "warning", "info", "debug". */
bool rai_log_parse_level (const char *text, RaiLogLevel *level);
void rai_log_set_level (RaiLogLevel level);
bool rai_log_enabled (RaiLogLevel level);

/* fields: name, text, name, text, ..., NULL. */
void rai_log (RaiLogLevel level, const char *event, ...) G_GNUC_NULL_TERMINATED;
