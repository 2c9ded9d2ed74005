/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-receipt.h"

#include "db/rai-aside.h"
#include "db/rai-db-run.h"
#include "db/rai-stock.h"

#include <string.h>

#define SECOND_MS INT64_C (1000)
#define MINUTE_MS (60 * SECOND_MS)

typedef struct {
  int64_t id;
  int64_t sold_at;
  RaiDay day;
  int n_lines;
} Candidate;

typedef struct {
  const RaiReceipt *receipt;
  RaiReceiptFound *found;
  GArray *candidates; /* of Candidate; NULL: none */
} Search;

const char *
rai_receipt_till (const RaiReceipt *receipt) {
  return receipt->till != NULL ? receipt->till : "";
}

static bool
says_nothing (const RaiReceipt *receipt) {
  return *rai_receipt_till (receipt) == '\0' && receipt->said_day == 0;
}

/* Two tills, or two days. */
static bool
contradicts (const RaiReceipt *receipt, const char *till, RaiDay said_day) {
  const char *own = rai_receipt_till (receipt);
  return (*own != '\0' && *till != '\0' && !g_str_equal (own, till)) ||
         (receipt->said_day != 0 && said_day != 0 && receipt->said_day != said_day);
}

/* ---- Times ---- */

/* Equal, as finely as the coarser of them was told. */
static bool
agree_by (int64_t a, int64_t b, int64_t unit) {
  return a / unit == b / unit && (a % unit == 0 || b % unit == 0);
}

static bool
is_noon (int64_t sold_at, RaiDay day, GTimeZone *zone) {
  return sold_at == rai_day_to_ms (day, RAI_RECEIPT_NOON, zone);
}

static bool
times_agree (RaiDb *db, const RaiReceipt *receipt, const Candidate *stored) {
  const int64_t a = receipt->sold_at, b = stored->sold_at;
  if (a == b || agree_by (a, b, SECOND_MS) || agree_by (a, b, MINUTE_MS))
    return true;
  if (receipt->day != stored->day || (a % MINUTE_MS != 0 && b % MINUTE_MS != 0))
    return false;

  g_autoptr (GTimeZone) zone = rai_stock_zone (db, receipt->site_id);
  return is_noon (a, receipt->day, zone) || is_noon (b, stored->day, zone);
}

/* ---- Lines ---- */

bool
rai_receipt_has_line (RaiDb *db, int64_t id, int line, const RaiSalesLine *values, bool *has,
                      GError **error) {
  RaiSalesLine stored = { 0 };
  const RaiStep step =
      rai_db_row (db, error,
                  "SELECT item_id, quantity, amount FROM receipt_line"
                  " WHERE receipt_id = ?1 AND line = ?2",
                  "ii>iii", id, (int64_t) line, &stored.item_id, &stored.quantity, &stored.amount);

  *has = step == RAI_STEP_ROW && stored.item_id == values->item_id &&
         stored.quantity == values->quantity && stored.amount == values->amount;
  return step != RAI_STEP_FAILED;
}

/* ---- Finding ---- */

/* A row of id, till, said_day, sold_at, day, n_lines, and whether it was taken back: then each of
 * its lines is there twice. */
static bool
take_row (RaiStatement *row, void *data, GError **error) {
  Search *search = data;
  const char *till = rai_statement_text (row, 1);
  const RaiDay said_day = (RaiDay) rai_statement_int (row, 2);
  const bool voided = rai_statement_int (row, 6) != 0;
  const Candidate stored = { rai_statement_int (row, 0), rai_statement_int (row, 3),
                             (RaiDay) rai_statement_int (row, 4),
                             (int) rai_statement_int (row, 5) / (voided ? 2 : 1) };

  if (said_day == search->receipt->said_day &&
      g_str_equal (till, rai_receipt_till (search->receipt))) {
    *search->found = (RaiReceiptFound){ RAI_RECEIPT_KNOWN, stored.id, stored.n_lines };
  } else if (!contradicts (search->receipt, till, said_day)) {
    if (search->candidates == NULL)
      search->candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
    g_array_append_val (search->candidates, stored);
  }

  return true;
}

/* Senders that say no day keep theirs near the day that it counts under. */
static bool
search_rows (RaiDb *db, Search *search, GError **error) {
  const RaiReceipt *receipt = search->receipt;
  const int apart = receipt->said_day != 0 ? 0 : RAI_ASIDE_DAYS_APART;
  const int64_t day = receipt->said_day != 0 ? receipt->said_day : receipt->day;

  return rai_db_each (db, take_row, search, error,
                      "SELECT id, till, said_day, sold_at, day, n_lines,"
                      " CASE WHEN voided_at IS NULL THEN 0 ELSE 1 END"
                      " FROM receipt WHERE site_id = ?1 AND number = ?2 AND said_day = 0"
                      " UNION ALL SELECT id, till, said_day, sold_at, day, n_lines,"
                      " CASE WHEN voided_at IS NULL THEN 0 ELSE 1 END"
                      " FROM receipt WHERE site_id = ?1 AND number = ?2"
                      " AND said_day BETWEEN ?3 AND ?4",
                      "itii", receipt->site_id, receipt->number, MAX (day - apart, 1), day + apart);
}

static int
compare_ids (const void *a, const void *b) {
  const int64_t x = ((const Candidate *) a)->id, y = ((const Candidate *) b)->id;
  return (x > y) - (x < y);
}

/* The first whose lines may be the same; else one that must have been. */
static bool
choose (RaiDb *db, const Search *search, const RaiSalesLine *first, GError **error) {
  const RaiReceipt *receipt = search->receipt;
  g_array_sort (search->candidates, compare_ids);

  for (unsigned i = 0; i < search->candidates->len; i++) {
    const Candidate *stored = &g_array_index (search->candidates, Candidate, i);
    const bool sure = says_nothing (receipt) ||
                      (receipt->sold_at == stored->sold_at && receipt->sold_at % MINUTE_MS != 0);
    bool alike = receipt->n_lines == 0 || receipt->n_lines == stored->n_lines;
    if (!times_agree (db, receipt, stored))
      continue;
    if (alike && first != NULL && !rai_receipt_has_line (db, stored->id, 0, first, &alike, error))
      return false;

    if (alike || (sure && search->found->match == RAI_RECEIPT_NEW))
      *search->found = (RaiReceiptFound){ sure ? RAI_RECEIPT_SAME : RAI_RECEIPT_ALIKE, stored->id,
                                          stored->n_lines };
    if (alike)
      break;
  }

  return true;
}

bool
rai_receipt_find (RaiDb *db, const RaiReceipt *receipt, const RaiSalesLine *first,
                  RaiReceiptFound *found, GError **error) {
  Search search = { receipt, found, NULL };
  *found = (RaiReceiptFound){ RAI_RECEIPT_NEW, 0, 0 };

  /* Nearly all receipts of a till that uses a number once end here. */
  const RaiStep step =
      rai_db_row (db, error, "SELECT 1 FROM receipt WHERE site_id = ?1 AND number = ?2 LIMIT 1",
                  "it", receipt->site_id, receipt->number);
  if (step != RAI_STEP_ROW)
    return step == RAI_STEP_DONE;

  bool done = search_rows (db, &search, error);
  if (done && search.candidates != NULL && found->match == RAI_RECEIPT_NEW)
    done = choose (db, &search, first, error);
  g_clear_pointer (&search.candidates, g_array_unref);
  return done;
}

bool
rai_receipt_claim (RaiDb *db, int64_t id, const RaiReceipt *receipt, bool *claimed,
                   GError **error) {
  g_autofree char *till = NULL;
  int64_t said_day = 0;
  if (rai_db_row (db, error, "SELECT till, said_day FROM receipt WHERE id = ?1", "i>ti", id, &till,
                  &said_day) == RAI_STEP_FAILED)
    return false;

  *claimed = till != NULL && !contradicts (receipt, till, (RaiDay) said_day);
  const char *own = rai_receipt_till (receipt);
  const bool says_more =
      *claimed && ((*till == '\0' && *own != '\0') || (said_day == 0 && receipt->said_day != 0));
  if (!says_more)
    return true;

  /* Where another has that key already, this one stays as it is. */
  return rai_db_run (db, error,
                     "UPDATE receipt SET till = ?4, said_day = ?5 WHERE id = ?1 AND NOT EXISTS"
                     " (SELECT 1 FROM receipt o WHERE o.site_id = ?2 AND o.number = ?3"
                     " AND o.till = ?4 AND o.said_day = ?5)",
                     "iitti", id, receipt->site_id, receipt->number, *till != '\0' ? till : own,
                     said_day != 0 ? said_day : (int64_t) receipt->said_day);
}

/* ---- Naming ---- */

typedef struct {
  const char *till;
  RaiDay day;
  int best; /* how much of what is named the rows in `list` say themselves */
  GArray *list;
} Naming;

static void
named_clear (void *data) {
  RaiReceiptNamed *named = data;
  g_free (named->till);
}

/* A row of id, till, said_day, day, and whether it was taken back. */
static bool
take_named (RaiStatement *row, void *data, GError **error) {
  Naming *naming = data;
  const char *till = rai_statement_text (row, 1);
  const RaiDay said_day = (RaiDay) rai_statement_int (row, 2);
  const RaiDay day = said_day != 0 ? said_day : (RaiDay) rai_statement_int (row, 3);
  const bool same_till = naming->till != NULL && g_str_equal (naming->till, till);

  if ((naming->till != NULL && !same_till && *till != '\0') ||
      (naming->day != RAI_DAY_NONE && naming->day != day))
    return true;

  const int fits = (same_till ? 2 : 0) + (naming->day != RAI_DAY_NONE && said_day != 0 ? 1 : 0);
  if (fits < naming->best)
    return true;
  if (fits > naming->best)
    g_array_set_size (naming->list, 0);
  naming->best = fits;

  const RaiReceiptNamed named = { rai_statement_int (row, 0), g_strdup (till), day,
                                  rai_statement_int (row, 4) != 0 };
  g_array_append_val (naming->list, named);
  return true;
}

GArray *
rai_receipt_name (RaiDb *db, int64_t site_id, const char *number, const char *till, RaiDay day,
                  GError **error) {
  Naming naming = { till, day, 0, g_array_new (FALSE, FALSE, sizeof (RaiReceiptNamed)) };
  g_array_set_clear_func (naming.list, named_clear);

  if (!rai_db_each (db, take_named, &naming, error,
                    "SELECT id, till, said_day, day, CASE WHEN voided_at IS NULL THEN 0 ELSE 1 END"
                    " FROM receipt WHERE site_id = ?1 AND number = ?2 ORDER BY day DESC, till, id",
                    "it", site_id, number))
    g_clear_pointer (&naming.list, g_array_unref);
  return naming.list;
}
