/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-query-model.h"
#include "client/model/rai-session.h"

#include <adwaita.h>

/* The base of every page. It holds the page's content beside what stands in for it: skeleton rows
 * while the first answers are on their way, an explanation when there is nothing to show, and what
 * went wrong with a way out. A page says in `refresh` what it needs; the base calls that when the
 * page is shown, when the data, the store or the account changed (at once while visible, else at
 * the next showing), and ends what an older refresh still had running.
 *
 * In the page's .ui: <template class="RaiXPage" parent="RaiPage"><property
 * name="content">...</property></template> */
#define RAI_TYPE_PAGE (rai_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (RaiPage, rai_page, RAI, PAGE, AdwBin)

/* Pixels: below this a page shows what matters and leaves out the rest. */
#define RAI_PAGE_NARROW 600

struct _RaiPageClass {
  AdwBinClass parent_class;
  /* Ask with rai_page_load; the session is ready. */
  void (*refresh) (RaiPage *page);
  /* Once, when the page gets its session, before the first refresh. */
  void (*attached) (RaiPage *page);
  /* The page has another width, in pixels. */
  void (*resized) (RaiPage *page, int width);
  /* The page became narrower than RAI_PAGE_NARROW, or wider again. */
  void (*narrowed) (RaiPage *page, bool narrow);
  /* An answer by day came without the days before the replica's own: the server, which alone knows
   * them, does not answer. */
  void (*days_missing) (RaiPage *page);
  /* Somebody was sent here: "item=42", "order=UUID", the page's own words. */
  void (*navigate) (RaiPage *page, const char *target);
  /* Ctrl+F and typing without focus; false when the page has no search. */
  bool (*start_search) (RaiPage *page);
};

void rai_page_set_session (RaiPage *page, RaiSession *session);
/* Owned by the page; never NULL from `attached` on. */
RaiSession *rai_page_get_session (RaiPage *page);

/* Called with the answer of a query, on the main thread, never after the page is gone or was
 * refreshed again. Answers by day may come twice: what the replica holds, then with the older days
 * in front. */
typedef void (*RaiPageLoaded) (RaiPage *page, RaiRows *rows);
/* Runs a query against the replica. Takes `arguments` (may be NULL). A failure shows the error
 * state. */
void rai_page_load (RaiPage *page, const char *query, GHashTable *arguments, RaiPageLoaded loaded);
/* Asks the server for rows that no replica holds. The page does not wait for them; rows is NULL
 * when the server does not answer. Takes `arguments`. */
void rai_page_ask (RaiPage *page, const char *query, GHashTable *arguments, RaiPageLoaded loaded);
/* For lists: the page counts as loading while the model does, and shows what goes wrong in it. */
void rai_page_watch_model (RaiPage *page, RaiQueryModel *model);

/* Every answer of the last refresh is on screen. "filled" is emitted when that becomes so. */
bool rai_page_is_filled (RaiPage *page);
/* Refreshes now when visible, else at the next showing. */
void rai_page_queue_refresh (RaiPage *page);

/* Instead of the content, until rai_page_show_content: nothing to show. action is an action's
 * detailed name or NULL. */
void rai_page_show_empty (RaiPage *page, const char *icon, const char *title,
                          const char *description, const char *button, const char *action);
void rai_page_show_content (RaiPage *page);

/* Runs a command; says `done` in a toast when it is safe, or why not. `done` may be NULL: no toast.
 * arguments: JSON. */
void rai_page_submit (RaiPage *page, const char *command, const char *arguments, const char *done);
/* The same without a word when it is done: the page hears the answer, NULL when the command could
 * not be run. Not called once the page is closed. */
typedef void (*RaiPageAnswered) (RaiPage *page, const RaiAnswer *answer, void *data);
void rai_page_submit_then (RaiPage *page, const char *command, const char *arguments,
                           RaiPageAnswered answered, void *data);
/* The same for several at once, with a way back: the toast offers to run the command `undo` (may be
 * NULL), on the same rows as the answers left them. */
typedef struct {
  const char *command;
  GPtrArray *arguments; /* char *, one run each */
} RaiPageCommands;
void rai_page_submit_all (RaiPage *page, const RaiPageCommands *commands, const char *undo,
                          const char *done);
void rai_page_toast (RaiPage *page, const char *text);
/* Shows another page; target may be NULL. */
void rai_page_go (RaiPage *page, const char *page_id, const char *target);
void rai_page_navigate (RaiPage *page, const char *target);
bool rai_page_start_search (RaiPage *page);
