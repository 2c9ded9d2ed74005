/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-look.h"

#include <gio/gio.h>

/* A file that somebody wants to bring in: what it looks like (import/rai-import-look.h), and what
 * the person knows better. It is read on a thread of its own, anew after each correction. Main
 * thread only. Signal: "changed" (). */
#define RAI_TYPE_IMPORT_DRAFT (rai_import_draft_get_type ())
G_DECLARE_FINAL_TYPE (RaiImportDraft, rai_import_draft, RAI, IMPORT_DRAFT, GObject)

/* What can be said of a whole file. */
typedef enum {
  RAI_IMPORT_KIND,
  RAI_IMPORT_PRESET,    /* "": no program's, our own columns */
  RAI_IMPORT_DELIMITER, /* one character */
  RAI_IMPORT_ENCODING,
  RAI_IMPORT_DATES,
  RAI_IMPORT_DECIMAL,
  RAI_IMPORT_PERIOD,
  RAI_IMPORT_SITE, /* code of the store of rows that name none */
  RAI_N_IMPORT_CHOICES,
} RaiImportChoice;

RaiImportDraft *rai_import_draft_new (const char *path);
const char *rai_import_draft_get_path (RaiImportDraft *draft);
const char *rai_import_draft_get_name (RaiImportDraft *draft);

/* Being read: what was known before stays until then. */
bool rai_import_draft_is_reading (RaiImportDraft *draft);
/* NULL: not read yet, or it cannot be read at all. Owned by the draft, until "changed". */
const RaiImportLook *rai_import_draft_get_look (RaiImportDraft *draft);
/* Why it cannot be read; NULL: it can. */
const char *rai_import_draft_get_problem (RaiImportDraft *draft);
/* Nothing is missing, and nothing must be told first. */
bool rai_import_draft_is_ready (RaiImportDraft *draft);

/* NULL: as the file itself tells. Another kind, or another way to part the columns, forgets what
 * was said of columns. */
void rai_import_draft_choose (RaiImportDraft *draft, RaiImportChoice choice, const char *text);
const char *rai_import_draft_get_choice (RaiImportDraft *draft, RaiImportChoice choice);
/* The only store that there is: rows that name none are its own, and nobody is asked. */
void rai_import_draft_assume_site (RaiImportDraft *draft, const char *code);
/* What a column holds, from 0 on: a field, which another column then holds no more, or
 * RAI_FIELD_NONE. */
void rai_import_draft_set_column (RaiImportDraft *draft, unsigned column, int field);

/* Members of the body of POST /v1/imports that tell all of this. */
void rai_import_draft_append_json (RaiImportDraft *draft, GString *json);
