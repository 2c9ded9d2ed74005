/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-import-job.h"

/* How files that are brought in are spoken of. Texts are owned by the caller unless const. */

/* "Sales, receipt by receipt": what the rows of a kind are; its id where it is unknown. */
const char *rai_import_words_kind (const char *kind);
/* "Square"; of our own columns: "No program". */
char *rai_import_words_program (const RaiImportLayout *layout);

/* What a file looks like, or is lacking, in a line; NULL: it is being read. */
char *rai_import_words_draft (RaiImportDraft *draft);
/* "Item code and Quantity": the fields that no column holds; NULL: none is missing. */
char *rai_import_words_missing (const RaiImportLook *look);
/* How it stands with bringing it in, or what came of it; NULL: nothing was done yet. */
char *rai_import_words_job (RaiImportJob *job);
/* "12 rows: the quantity is not a number (first in line 4: “many”)" */
char *rai_import_words_why (const RaiImportWhy *why);
