/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-server.h"

/* The fixed way of each request: parse -> rate limit -> authenticate -> authorise -> validate ->
 * run -> encode. Each stage may refuse, with an error that becomes a problem. Validation, running
 * and encoding are the handler's. */
void rai_pipeline_handle (RaiServerThread *thread, SoupServerMessage *message, const char *path,
                          GHashTable *arguments);

/* Rows of the metrics: the routes, the queries, and one for what is neither. */
unsigned rai_pipeline_rows (void);
const char *rai_pipeline_row_name (unsigned row, void *data);
