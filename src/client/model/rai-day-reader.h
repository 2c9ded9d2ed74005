/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

/* Queries as pages ask them: the replica answers; where it holds only the last days of what was
 * asked for, the server's or its kept answer comes in front of it (sync/rai-older-days.h). Main
 * thread only. */
typedef enum {
  RAI_DAYS_SO_FAR,  /* the replica's; the older days take more than a moment, and another call
                       follows */
  RAI_DAYS_ALL,     /* the last call: everything there is */
  RAI_DAYS_MISSING, /* the last call: the older days cannot be read now */
} RaiDays;

/* rows or error, which are the caller's. A cancelled reading ends with G_IO_ERROR_CANCELLED. */
typedef void (*RaiDayReaderAnswered) (void *data, RaiRows *rows, RaiDays days, const GError *error);
/* arguments may be NULL; a reference is taken, and they must not be changed afterwards. */
void rai_day_reader_query (RaiSession *session, const char *query, GHashTable *arguments,
                           GCancellable *cancellable, RaiDayReaderAnswered answered, void *data);
