/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

/* "3 receipts set aside": receipts of the current store, or of all, that cannot be meant.
 * Each can be given its time, or be taken back. Hidden as long as there are none, the account may
 * not, or the server does not answer: no replica holds them, and only the server can record them.
 * Property "link": only says how many there are, and leads to the page "changes". */
#define RAI_TYPE_ASIDE_GROUP (rai_aside_group_get_type ())
G_DECLARE_FINAL_TYPE (RaiAsideGroup, rai_aside_group, RAI, ASIDE_GROUP, AdwPreferencesGroup)

/* Asks the server for the page that it stands in; shows itself when the answer has come. */
void rai_aside_group_ask (RaiAsideGroup *group, RaiPage *page);
