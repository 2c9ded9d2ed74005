/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-role.h"

#include <glib-object.h>

/* THE table of pages: the sidebar, navigation, keyboard shortcuts and the pictures mode are made
 * from it. */
typedef enum {
  RAI_PAGE_GROUP_MAIN,
  RAI_PAGE_GROUP_ADMINISTRATION,
  RAI_PAGE_GROUP_HIDDEN, /* not in the sidebar: reached from elsewhere */
} RaiPageGroup;

typedef struct {
  const char *id;
  const char *title; /* translatable */
  const char *icon;
  RaiPermission permission; /* least: others do not see the page */
  RaiPageGroup group;
  const char *badge; /* a column of the query `counts`, or NULL */
  GType (*get_type) (void);
} RaiPageInfo;

/* In the sidebar's order; ends with a NULL id. The first that an account may see is its start
 * page. */
extern const RaiPageInfo rai_pages[];
const RaiPageInfo *rai_page_info_find (const char *id);
