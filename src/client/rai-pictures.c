/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/rai-pictures.h"

#include "client/rai-pages.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>

#define POLL_MS 40
/* After the last answer: time for the frame, transitions and lists that lay themselves out
 * twice. */
#define SETTLE_MS 700
#define PATIENCE_MS 180000

struct _RaiPictures {
  RaiWindow *window;
  RaiSession *session;
  char *folder; /* NULL: only visits the pages */
  char **pages; /* what is asked for; NULL: all that the account may see */
  unsigned next;
  bool shown; /* the page `next` was asked for */
  int64_t filled_us;
  int64_t started_us;
  unsigned timer;
  char *failed; /* why a picture could not be written */
  RaiPicturesDone done;
  void *data;
};

/* What is inside of a window's frame, or all of another widget. */
static graphene_rect_t
visible_part (GtkWidget *widget) {
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                               (float) gtk_widget_get_height (widget));
  GtkWidget *child = GTK_IS_WINDOW (widget) ? gtk_window_get_child (GTK_WINDOW (widget)) : NULL;
  if (child != NULL)
    (void) !gtk_widget_compute_bounds (child, widget, &bounds);
  return bounds;
}

/* The widget as it is on screen. NULL and an error when it is not. */
static bool
save_widget (GtkWidget *widget, const char *path, GError **error) {
  GtkNative *native = gtk_widget_get_native (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  g_autoptr (GskRenderNode) node = gtk_snapshot_to_node (snapshot);

  if (native == NULL || node == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PENDING, _ ("Nothing is on screen yet"));
    return false;
  }

  graphene_rect_t part = visible_part (widget);
  g_autoptr (GdkTexture) texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (native), node, &part);
  if (gdk_texture_save_to_png (texture, path))
    return true;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("Cannot write “%s”"), path);
  return false;
}

static void
finish (RaiPictures *self, const char *problem) {
  if (problem != NULL)
    fprintf (stderr, "retailai: %s\n", problem);
  self->timer = 0;
  self->done (self, problem == NULL, self->data);
}

static char **
all_pages (RaiPictures *self) {
  g_autoptr (GStrvBuilder) pages = g_strv_builder_new ();
  for (const RaiPageInfo *info = rai_pages; info->id; info++) {
    if (rai_session_may (self->session, info->permission))
      g_strv_builder_add (pages, info->id);
  }
  return g_strv_builder_end (pages);
}

/* True when the page is on screen with all its answers for long enough. */
static bool
is_settled (RaiPictures *self, bool filled) {
  int64_t now = g_get_monotonic_time ();
  if (!filled)
    self->filled_us = 0;
  else if (self->filled_us == 0)
    self->filled_us = now;
  return filled && now - self->filled_us > SETTLE_MS * 1000;
}

static void
next_page (RaiPictures *self) {
  self->next++;
  self->shown = false;
  self->filled_us = 0;
}

static void
save (RaiPictures *self, const char *page) {
  if (self->folder == NULL) {
    next_page (self);
    return;
  }

  g_autofree char *name = g_strconcat (page, ".png", NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!save_widget (GTK_WIDGET (self->window), path, &error)) {
    /* The window may be between two frames: once more, until patience ends. */
    gtk_widget_queue_draw (GTK_WIDGET (self->window));
    self->filled_us = 0;
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
      self->failed = g_strdup (error->message);
    return;
  }

  next_page (self);
}

static gboolean
poll_cb (void *data) {
  RaiPictures *self = data;
  bool sign_in = self->pages != NULL && self->pages[self->next] != NULL &&
                 g_strcmp0 (self->pages[self->next], "sign-in") == 0;

  if (g_get_monotonic_time () - self->started_us > (int64_t) PATIENCE_MS * 1000) {
    const char *message = rai_session_get_status (self->session)->message;
    g_autofree char *problem =
        g_strdup_printf ("%s. %s", _ ("The pages were not filled within three minutes"),
                         message != NULL ? message : "");
    finish (self, problem);
    return G_SOURCE_REMOVE;
  }

  bool more = self->pages == NULL || self->pages[self->next] != NULL;
  if (more && !sign_in &&
      (!rai_session_is_ready (self->session) || rai_window_get_page (self->window) == NULL))
    return G_SOURCE_CONTINUE;

  if (self->pages == NULL)
    self->pages = all_pages (self);

  const char *page = self->pages[self->next];
  if (page == NULL || self->failed != NULL) {
    finish (self, self->failed);
    return G_SOURCE_REMOVE;
  }

  if (!sign_in && !self->shown) {
    g_auto (GStrv) parts = g_strsplit (page, ":", 2);
    self->shown = true;
    if (!rai_window_go (self->window, parts[0], parts[1])) {
      g_autofree char *problem =
          g_strdup_printf (_ ("There is no page “%s” for this account"), page);
      finish (self, problem);
      return G_SOURCE_REMOVE;
    }
  }

  if (is_settled (self, sign_in || rai_page_is_filled (rai_window_get_page (self->window))))
    save (self, page);
  return G_SOURCE_CONTINUE;
}

RaiPictures *
rai_pictures_start (RaiWindow *window, RaiSession *session, const RaiOptions *options,
                    RaiPicturesDone done, void *data) {
  RaiPictures *self = g_new0 (RaiPictures, 1);
  self->window = window;
  self->session = session;
  self->folder = g_strdup (options->pictures);
  self->pages = options->pages != NULL ? g_strsplit (options->pages, ",", -1) : NULL;
  self->done = done;
  self->data = data;
  self->started_us = g_get_monotonic_time ();
  if (self->folder != NULL)
    g_mkdir_with_parents (self->folder, 0777);

  self->timer = g_timeout_add (POLL_MS, poll_cb, self);
  return self;
}

void
rai_pictures_free (RaiPictures *self) {
  g_clear_handle_id (&self->timer, g_source_remove);
  g_strfreev (self->pages);
  g_free (self->folder);
  g_free (self->failed);
  g_free (self);
}
