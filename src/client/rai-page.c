/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/rai-page.h"

#include "client/model/rai-day-reader.h"
#include "client/widgets/rai-skeleton.h"
#include "client/widgets/rai-toast.h"
#include "command/rai-arguments.h"

#include <glib/gi18n.h>

typedef struct {
  RaiSession *session;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkButton *empty_button;
  AdwStatusPage *error;
  GtkWidget *content;
  GCancellable *cancellable; /* of the refresh that runs */
  unsigned pending;          /* answers that the refresh waits for */
  unsigned models_loading;
  bool stale;
  bool filled;
  bool failed;
  bool damaged; /* failed because the replica is */
  int width;
  bool narrow;
  unsigned resize_idle;
} RaiPagePrivate;

typedef struct {
  RaiPage *page; /* not owned: the cancellable ends the request */
  RaiPageLoaded loaded;
  bool shown; /* a first answer came */
} Request;

enum { PROP_CONTENT = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];
static unsigned filled_signal;

G_DEFINE_TYPE_WITH_PRIVATE (RaiPage, rai_page, ADW_TYPE_BIN)

static RaiPagePrivate *
own (RaiPage *self) {
  return rai_page_get_instance_private (self);
}

static void
check_filled (RaiPage *self) {
  RaiPagePrivate *priv = own (self);
  if (priv->pending > 0 || priv->models_loading > 0 || priv->filled)
    return;
  priv->filled = true;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (priv->stack), "loading") == 0)
    gtk_stack_set_visible_child_name (priv->stack, "content");
  g_signal_emit (self, filled_signal, 0);
}

static void
refresh (RaiPage *self) {
  RaiPagePrivate *priv = own (self);
  priv->stale = false;
  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  priv->cancellable = g_cancellable_new ();
  priv->pending = 1; /* until the page has asked for everything */
  priv->filled = false;

  if (priv->failed) {
    priv->failed = priv->damaged = false;
    gtk_stack_set_visible_child_name (priv->stack, "loading");
  }

  if (RAI_PAGE_GET_CLASS (self)->refresh != NULL)
    RAI_PAGE_GET_CLASS (self)->refresh (self);
  priv->pending--;
  check_filled (self);
}

void
rai_page_queue_refresh (RaiPage *self) {
  RaiPagePrivate *priv = own (self);
  priv->stale = true;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && priv->session != NULL &&
      rai_session_is_ready (priv->session))
    refresh (self);
}

static void
rai_page_map (GtkWidget *widget) {
  GTK_WIDGET_CLASS (rai_page_parent_class)->map (widget);
  RaiPage *self = RAI_PAGE (widget);
  if (own (self)->stale)
    rai_page_queue_refresh (self);
}

static gboolean
resized_cb (void *data) {
  RaiPagePrivate *priv = own (data);
  RaiPageClass *klass = RAI_PAGE_GET_CLASS (data);
  priv->resize_idle = 0;

  bool narrow = priv->width < RAI_PAGE_NARROW;
  if (klass->narrowed != NULL && narrow != priv->narrow)
    klass->narrowed (data, narrow);
  priv->narrow = narrow;
  if (klass->resized != NULL)
    klass->resized (data, priv->width);

  return G_SOURCE_REMOVE;
}

static void
rai_page_size_allocate (GtkWidget *widget, int width, int height, int baseline) {
  RaiPagePrivate *priv = own (RAI_PAGE (widget));
  /* Not while sizes are being handed out. */
  if (width != priv->width && priv->resize_idle == 0)
    priv->resize_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, resized_cb, widget, NULL);
  priv->width = width;
  gtk_widget_allocate (GTK_WIDGET (priv->stack), width, height, baseline, NULL);
}

static void
rai_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                  int *natural, int *minimum_baseline, int *natural_baseline) {
  gtk_widget_measure (GTK_WIDGET (own (RAI_PAGE (widget))->stack), orientation, for_size, minimum,
                      natural, NULL, NULL);
}

static void
show_error (RaiPage *self, const char *title, const char *description) {
  RaiPagePrivate *priv = own (self);
  g_autofree char *escaped = g_markup_escape_text (description != NULL ? description : "", -1);
  adw_status_page_set_title (priv->error, title);
  adw_status_page_set_description (priv->error, escaped);
  gtk_stack_set_visible_child_name (priv->stack, "error");
  priv->failed = true;
}

/* What becomes of a damaged replica is the session's affair; the page says so, and is filled again
 * when there is another. */
static void
show_damaged (RaiPage *self) {
  RaiSyncState state = rai_session_get_status (own (self)->session)->state;
  bool away = state == RAI_SYNC_OFFLINE || state == RAI_SYNC_SIGNED_OUT;
  show_error (
      self, _ ("The data on this computer are damaged"),
      away ? _ ("They are fetched again when the server can be reached. What you did is kept, and "
                "sent then.")
           : _ ("They are fetched from the server again, and this page fills by itself. What you "
                "did is kept, and sent as well."));
  own (self)->damaged = true;
}

static void
status_changed_cb (RaiPage *self) {
  RaiPagePrivate *priv = own (self);
  if (priv->damaged && g_strcmp0 (gtk_stack_get_visible_child_name (priv->stack), "error") == 0)
    show_damaged (self);
}

static void
show_failure (RaiPage *self, const GError *error) {
  if (g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_CORRUPT))
    show_damaged (self);
  else
    show_error (self, _ ("This page could not be read"), error->message);
}

static void
show_answer (Request *request, RaiRows *rows, RaiDays days, const GError *error) {
  RaiPage *self = request->page;
  if (rows != NULL)
    request->loaded (self, rows);
  else
    show_failure (self, error);

  if (days == RAI_DAYS_MISSING && RAI_PAGE_GET_CLASS (self)->days_missing != NULL)
    RAI_PAGE_GET_CLASS (self)->days_missing (self);
  if (!request->shown)
    own (self)->pending--;

  request->shown = true;
  check_filled (self);
}

static void
loaded_cb (void *data, RaiRows *rows, RaiDays days, const GError *error) {
  Request *request = data;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_answer (request, rows, days, error);
  if (days != RAI_DAYS_SO_FAR)
    g_free (request);
}

void
rai_page_load (RaiPage *self, const char *query, GHashTable *arguments, RaiPageLoaded loaded) {
  g_return_if_fail (RAI_IS_PAGE (self));
  RaiPagePrivate *priv = own (self);
  g_return_if_fail (priv->session != NULL);
  if (priv->cancellable == NULL)
    priv->cancellable = g_cancellable_new ();

  Request *request = g_new0 (Request, 1);
  request->page = self;
  request->loaded = loaded;
  priv->pending++;
  priv->filled = false;
  rai_day_reader_query (priv->session, query, arguments, priv->cancellable, loaded_cb, request);
  g_clear_pointer (&arguments, g_hash_table_unref);
}

static void
asked_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autofree Request *request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiRows) rows = rai_sync_engine_ask_finish (RAI_SYNC_ENGINE (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    request->loaded (request->page, rows);
}

void
rai_page_ask (RaiPage *self, const char *query, GHashTable *arguments, RaiPageLoaded loaded) {
  g_return_if_fail (RAI_IS_PAGE (self) && arguments != NULL);
  RaiPagePrivate *priv = own (self);
  g_autoptr (GHashTable) owned = arguments;
  RaiSyncEngine *engine = priv->session != NULL ? rai_session_get_engine (priv->session) : NULL;
  if (engine == NULL)
    return;
  if (priv->cancellable == NULL)
    priv->cancellable = g_cancellable_new ();

  Request *request = g_new0 (Request, 1);
  *request = (Request){ .page = self, .loaded = loaded };
  rai_sync_engine_ask_async (engine, rai_query_find (query), owned, priv->cancellable, asked_cb,
                             request);
}

static void
model_loading_cb (RaiPage *self, GParamSpec *pspec, RaiQueryModel *model) {
  RaiPagePrivate *priv = own (self);
  if (rai_query_model_get_loading (model)) {
    priv->models_loading++;
    priv->filled = false;
    return;
  }

  if (priv->models_loading > 0)
    priv->models_loading--;
  check_filled (self);
}

static void
model_failed_cb (RaiPage *self, GError *error, RaiQueryModel *model) {
  show_failure (self, error);
}

void
rai_page_watch_model (RaiPage *self, RaiQueryModel *model) {
  g_signal_connect_object (model, "notify::loading", G_CALLBACK (model_loading_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "failed", G_CALLBACK (model_failed_cb), self, G_CONNECT_SWAPPED);
}

void
rai_page_set_session (RaiPage *self, RaiSession *session) {
  g_return_if_fail (RAI_IS_PAGE (self));
  RaiPagePrivate *priv = own (self);
  g_return_if_fail (priv->session == NULL);
  priv->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (rai_page_queue_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "status", G_CALLBACK (status_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (RAI_PAGE_GET_CLASS (self)->attached != NULL)
    RAI_PAGE_GET_CLASS (self)->attached (self);

  rai_page_queue_refresh (self);
}

RaiSession *
rai_page_get_session (RaiPage *self) {
  return own (self)->session;
}

bool
rai_page_is_filled (RaiPage *self) {
  return own (self)->filled;
}

void
rai_page_show_content (RaiPage *self) {
  gtk_stack_set_visible_child_name (own (self)->stack, "content");
}

void
rai_page_show_empty (RaiPage *self, const char *icon, const char *title, const char *description,
                     const char *button, const char *action) {
  RaiPagePrivate *priv = own (self);
  adw_status_page_set_icon_name (priv->empty, icon);
  adw_status_page_set_title (priv->empty, title);
  adw_status_page_set_description (priv->empty, description);
  gtk_widget_set_visible (GTK_WIDGET (priv->empty_button), button != NULL);

  if (button != NULL) {
    gtk_button_set_use_underline (priv->empty_button, TRUE);
    gtk_button_set_label (priv->empty_button, button);
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (priv->empty_button), action);
  }

  gtk_stack_set_visible_child_name (priv->stack, "empty");
}

void
rai_page_toast (RaiPage *self, const char *text) {
  rai_toast_show (rai_toast_overlay (GTK_WIDGET (self)), rai_toast_new (text));
}

/* Commands that were given together: one toast when the last has its answer. It outlives the page's
 * life in its window, so that nobody's command ends without a word. */
typedef struct {
  RaiPage *page;
  RaiSession *session;
  AdwToastOverlay *overlay; /* weak, of the page; NULL: none, or it is gone */
  const RaiCommand *command;
  const RaiCommand *undo; /* takes each back; NULL: none does */
  GPtrArray *undo_arguments;
  char *done;
  RaiPageAnswered answered;
  void *data;
  unsigned waiting;
  bool failed;
} Submission;

/* One of them. */
typedef struct {
  Submission *submission;
  char *arguments;
} Submitted;

static void
submission_free (void *data) {
  Submission *submission = data;
  g_object_unref (submission->page);
  g_object_unref (submission->session);
  g_clear_weak_pointer (&submission->overlay);
  g_free (submission->done);
  g_ptr_array_unref (submission->undo_arguments);
  g_free (submission);
}

static void submit_all (Submission *submission, GPtrArray *arguments);

static Submission *
new_submission (RaiPage *page, RaiSession *session, AdwToastOverlay *overlay, const char *command,
                const char *done) {
  Submission *submission = g_new0 (Submission, 1);
  submission->page = g_object_ref (page);
  submission->session = g_object_ref (session);
  g_set_weak_pointer (&submission->overlay, overlay);
  submission->command = rai_command_find (command);
  submission->done = g_strdup (done);
  submission->undo_arguments = g_ptr_array_new_with_free_func (g_free);
  return submission;
}

/* The page may be gone meanwhile: what it did can be taken back all the same. */
static void
undo_cb (AdwToast *toast) {
  Submission *done = g_object_get_data (G_OBJECT (toast), "rai-submission");
  if (done->undo_arguments->len > 0)
    submit_all (new_submission (done->page, done->session, done->overlay, done->undo->name,
                                _ ("Taken back")),
                done->undo_arguments);
}

/* Takes the submission. */
static void
finish_submission (Submission *submission) {
  if (submission->failed || submission->done == NULL) {
    submission_free (submission);
    return;
  }

  AdwToast *toast = rai_toast_new (submission->done);
  if (submission->undo != NULL) {
    adw_toast_set_button_label (toast, _ ("_Undo"));
    g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_cb), NULL);
  }

  AdwToastOverlay *overlay = submission->overlay;
  g_object_set_data_full (G_OBJECT (toast), "rai-submission", submission, submission_free);
  rai_toast_show (overlay, toast);
}

/* What takes it back stands on the version that its answer names. */
static void
note_undo (Submission *submission, const char *json, const RaiAnswer *answer) {
  if (submission->undo == NULL)
    return;
  g_autoptr (RaiArguments) arguments =
      rai_arguments_parse (submission->command->arguments, json, NULL);
  if (arguments != NULL)
    g_ptr_array_add (submission->undo_arguments,
                     rai_arguments_follow (arguments, submission->undo, NULL, answer));
}

static void
submitted_cb (GObject *source, GAsyncResult *result, void *data) {
  Submitted *one = data;
  Submission *submission = one->submission;
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiAnswer) answer = rai_session_submit_finish (RAI_SESSION (source), result, &error);

  if (answer != NULL && answer->status == RAI_ANSWER_APPLIED) {
    note_undo (submission, one->arguments, answer);
  } else {
    const char *why = answer != NULL ? answer->message : error->message;
    submission->failed = true;
    rai_toast_show (submission->overlay,
                    rai_toast_new (why != NULL ? why : _ ("This is not possible at the moment.")));
  }

  /* A page that was closed meanwhile hears nothing. */
  if (submission->answered != NULL && own (submission->page)->session != NULL)
    submission->answered (submission->page, answer, submission->data);

  g_free (one->arguments);
  g_free (one);
  if (--submission->waiting == 0)
    finish_submission (submission);
}

static void
submit (Submission *submission, const char *arguments) {
  Submitted *one = g_new0 (Submitted, 1);
  *one = (Submitted){ submission, g_strdup (arguments) };
  rai_session_submit_async (submission->session, submission->command->name, arguments, NULL,
                            submitted_cb, one);
}

static void
submit_all (Submission *submission, GPtrArray *arguments) {
  submission->waiting = arguments->len;
  for (unsigned i = 0; i < arguments->len; i++)
    submit (submission, g_ptr_array_index (arguments, i));
}

static Submission *
submission_of (RaiPage *self, const char *command, const char *done) {
  return new_submission (self, own (self)->session, rai_toast_overlay (GTK_WIDGET (self)), command,
                         done);
}

void
rai_page_submit_all (RaiPage *self, const RaiPageCommands *commands, const char *undo,
                     const char *done) {
  g_return_if_fail (RAI_IS_PAGE (self) && own (self)->session != NULL);
  if (commands->arguments->len == 0)
    return;

  Submission *submission = submission_of (self, commands->command, done);
  submission->undo = rai_command_find (undo);
  submit_all (submission, commands->arguments);
}

void
rai_page_submit (RaiPage *self, const char *command, const char *arguments, const char *done) {
  g_return_if_fail (RAI_IS_PAGE (self) && own (self)->session != NULL);
  Submission *submission = submission_of (self, command, done);
  submission->waiting = 1;
  submit (submission, arguments);
}

void
rai_page_submit_then (RaiPage *self, const char *command, const char *arguments,
                      RaiPageAnswered answered, void *data) {
  g_return_if_fail (RAI_IS_PAGE (self) && own (self)->session != NULL);
  Submission *submission = submission_of (self, command, NULL);
  submission->answered = answered;
  submission->data = data;
  submission->waiting = 1;
  submit (submission, arguments);
}

void
rai_page_go (RaiPage *self, const char *page_id, const char *target) {
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "(ss)", page_id,
                              target != NULL ? target : "");
}

void
rai_page_navigate (RaiPage *self, const char *target) {
  if (RAI_PAGE_GET_CLASS (self)->navigate != NULL && target != NULL && *target)
    RAI_PAGE_GET_CLASS (self)->navigate (self, target);
}

bool
rai_page_start_search (RaiPage *self) {
  return RAI_PAGE_GET_CLASS (self)->start_search != NULL &&
         RAI_PAGE_GET_CLASS (self)->start_search (self);
}

static void
set_content (RaiPage *self, GtkWidget *content) {
  RaiPagePrivate *priv = own (self);
  if (priv->content != NULL)
    gtk_stack_remove (priv->stack, priv->content);
  priv->content = content;
  if (content != NULL)
    gtk_stack_add_named (priv->stack, content, "content");
}

static void
rai_page_set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *pspec) {
  if (id == PROP_CONTENT)
    set_content (RAI_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rai_page_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *pspec) {
  if (id == PROP_CONTENT)
    g_value_set_object (value, own (RAI_PAGE (object))->content);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rai_page_dispose (GObject *object) {
  RaiPagePrivate *priv = own (RAI_PAGE (object));
  g_clear_handle_id (&priv->resize_idle, g_source_remove);
  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  g_clear_object (&priv->session);
  G_OBJECT_CLASS (rai_page_parent_class)->dispose (object);
}

static GtkWidget *
new_status (const char *icon) {
  GtkWidget *status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), icon);
  return status;
}

static GtkButton *
new_pill (AdwStatusPage *status, const char *label) {
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (status, button);
  return GTK_BUTTON (button);
}

static void
rai_page_init (RaiPage *self) {
  RaiPagePrivate *priv = own (self);
  priv->stale = true;
  priv->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (priv->stack, false);
  gtk_stack_set_vhomogeneous (priv->stack, false);
  priv->empty = ADW_STATUS_PAGE (new_status (NULL));
  priv->empty_button = new_pill (priv->empty, "");
  priv->error = ADW_STATUS_PAGE (new_status ("dialog-warning-symbolic"));

  GtkButton *retry = new_pill (priv->error, _ ("Try again"));
  g_signal_connect_swapped (retry, "clicked", G_CALLBACK (rai_page_queue_refresh), self);
  gtk_stack_add_named (priv->stack, rai_skeleton_new (), "loading");
  gtk_stack_add_named (priv->stack, GTK_WIDGET (priv->empty), "empty");
  gtk_stack_add_named (priv->stack, GTK_WIDGET (priv->error), "error");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->stack));

  /* The page hands out its own size, so that it knows when it is narrow. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

static void
rai_page_class_init (RaiPageClass *klass) {
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->set_property = rai_page_set_property;
  object_class->get_property = rai_page_get_property;
  object_class->dispose = rai_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = rai_page_map;
  GTK_WIDGET_CLASS (klass)->measure = rai_page_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = rai_page_size_allocate;
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  filled_signal = g_signal_new ("filled", RAI_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}
