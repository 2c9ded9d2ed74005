/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "core/rai-value.h"
#include "db/rai-db.h"

/* The tables that replicas hold, and which of their rows and columns an account may see: read by
 * the snapshot, the change feed, the replica's apply and the tests that compare both ends. */
typedef struct {
  const char *name;
  RaiValueType type;
  bool key;
  RaiPermission permission; /* besides the table's: without it a replica holds `instead` */
  const char *instead;      /* SQL; for columns with a permission */
} RaiSyncedColumn;

/* What rows of site 0 are. */
typedef enum {
  RAI_SYNCED_ZERO_NONE,      /* there are none */
  RAI_SYNCED_ZERO_COMPANY,   /* the company's: for who sees all sites */
  RAI_SYNCED_ZERO_EVERYBODY, /* for all who may see the table */
} RaiSyncedZero;

typedef struct {
  const char *name;
  const RaiSyncedColumn *columns; /* every column but rev, keys first; ends with a NULL name */
  const char *site_column;        /* or an expression; rows of other sites are not seen; NULL: not
                                     bound to a site */
  RaiSyncedZero zero;
  RaiPermission permission; /* who may see the table at all */
  /* For tables with a day column: days kept in a replica before site.last_day, for accounts with
   * named sites and for accounts with all sites; 0: all. */
  const char *day_column;
  int days_site_staff;
  int days_all_sites;
} RaiSyncedTable;

/* Ends with a NULL name. */
extern const RaiSyncedTable rai_synced_tables[];
const RaiSyncedTable *rai_synced_find (const char *name);
/* Days before the newest day with sales that the caller's replica keeps of the table; 0: all. */
int rai_synced_days (const RaiSyncedTable *table, const RaiIdentity *caller);
/* What the caller's replica holds in the column, in SQL over the table's rows: the column itself,
 * or what stands in its place. Never NULL. */
const char *rai_synced_expression (const RaiSyncedColumn *column, const RaiIdentity *caller);
/* A condition in SQL ("TRUE" when all is seen) on the rows of `table` that the caller may hold.
 * Owned by the caller. */
char *rai_synced_condition (const RaiSyncedTable *table, const RaiIdentity *caller);
