/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

/* Work that was not sent, to and from a file (sync/rai-saved-work.h), for pages. What happened is
 * said in a toast, or in a dialog when it failed. */

/* After the file is safe on disk; the page may have left its window. */
typedef void (*RaiChangesSaved) (RaiPage *page);
/* Asks where; saved may be NULL. */
void rai_changes_file_ask_save (RaiPage *page, RaiChangesSaved saved);
void rai_changes_file_save (RaiPage *page, const char *path, RaiChangesSaved saved);

void rai_changes_file_ask_take_in (RaiPage *page);
void rai_changes_file_take_in (RaiPage *page, const char *path);
