/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-match.h"

/* Between a file's rows and their reader: what a program writes in its own way is turned into
 * plain rows. Texts of an order's first line are filled down, columns are joined, refunds get
 * their sign, and rows that are no sale (totals, payments, rows without a text) are told apart.
 * A file that needs none of it is passed through as it is. */
typedef struct _RaiImportShape RaiImportShape;

/* Sets the import's columns. header (char*): the file's. */
RaiImportShape *
rai_import_shape_new (RaiImport *import, const RaiImportMatch *match, const GPtrArray *header);
void rai_import_shape_free (RaiImportShape *shape);
/* Sets the import's fields to the row's, valid until the next row is turned. true: they can be
 * read. Else *result says what became of the row: REJECTED or, counted here, SKIPPED. */
bool rai_import_shape_turn (RaiImportShape *shape, RaiImport *import, const RaiCsvField *fields,
                            size_t n_fields, RaiRowResult *result);
/* Says what was skipped (char*), and forgets it. */
void rai_import_shape_tell (RaiImportShape *shape, GPtrArray *notices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiImportShape, rai_import_shape_free)
