/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-reader.h"
#include "client/model/rai-row.h"

/* A list of RaiRow that pages through a query: sorting, filtering and search run in the database,
 * rows arrive a page at a time when they are asked for (placeholders until then), and pages that
 * nobody looks at are dropped. So a list of 100,000 rows opens as fast as one of a hundred. Main
 * thread only. Property "loading": the first answer after a change of query, arguments or sort is
 * still to come. Signal "failed" (GError*): the database refused; the list is empty then. */
#define RAI_TYPE_QUERY_MODEL (rai_query_model_get_type ())
G_DECLARE_FINAL_TYPE (RaiQueryModel, rai_query_model, RAI, QUERY_MODEL, GObject)

RaiQueryModel *rai_query_model_new (RaiReader *reader, const char *query);

/* Everything the query needs but sort, limit and offset. Takes ownership. The list starts anew when
 * they differ. */
void rai_query_model_set_arguments (RaiQueryModel *model, GHashTable *arguments);
/* A column that the query sorts by, "-column" for descending; NULL: the query's own. */
void rai_query_model_set_sort (RaiQueryModel *model, const char *sort);
/* Reads again what is shown, keeping the position: the data changed. */
void rai_query_model_refresh (RaiQueryModel *model);
bool rai_query_model_get_loading (RaiQueryModel *model);
