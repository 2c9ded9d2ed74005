/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-token-store.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>
#include <stdbool.h>

static const SecretSchema schema = {
  RAI_APPLICATION_ID,
  SECRET_SCHEMA_NONE,
  {
      { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "login", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

static GMutex mutex;
static GHashTable *in_memory; /* "kind\nserver\nlogin" -> secret: what the keyring would not take */
static char *problem;
static bool given_up; /* the keyring did not answer in time: not asked again in this run */

/* A keyring that is not there, or that waits for somebody to unlock it, would keep us for
 * minutes. */
#define PATIENCE_S 10

typedef struct {
  GCancellable *cancellable;
  GMutex mutex;
  GCond cond;
  bool done;
  GThread *thread;
} Limit;

static void *
limit_main (void *data) {
  Limit *limit = data;
  int64_t until = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  g_mutex_lock (&limit->mutex);
  while (!limit->done && g_cond_wait_until (&limit->cond, &limit->mutex, until))
    ;

  bool done = limit->done;
  g_mutex_unlock (&limit->mutex);
  if (!done)
    g_cancellable_cancel (limit->cancellable);

  return NULL;
}

static void
limit_begin (Limit *limit) {
  limit->cancellable = g_cancellable_new ();
  limit->done = false;
  g_mutex_init (&limit->mutex);
  g_cond_init (&limit->cond);
  limit->thread = g_thread_new ("rai-keyring", limit_main, limit);
}

/* Remembers when it took too long. */
static void
limit_end (Limit *limit) {
  g_mutex_lock (&limit->mutex);
  limit->done = true;
  g_cond_signal (&limit->cond);
  g_mutex_unlock (&limit->mutex);
  g_thread_join (limit->thread);

  if (g_cancellable_is_cancelled (limit->cancellable)) {
    g_mutex_lock (&mutex);
    given_up = true;
    g_mutex_unlock (&mutex);
  }

  g_object_unref (limit->cancellable);
  g_mutex_clear (&limit->mutex);
  g_cond_clear (&limit->cond);
}

static char *
memory_key (const char *kind, const char *server, const char *login) {
  return g_strjoin ("\n", kind, server, login, NULL);
}

static void
remember (const char *kind, const char *server, const char *login, const char *secret) {
  g_mutex_lock (&mutex);
  if (in_memory == NULL)
    in_memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (secret != NULL)
    g_hash_table_insert (in_memory, memory_key (kind, server, login), g_strdup (secret));
  else {
    g_autofree char *key = memory_key (kind, server, login);
    g_hash_table_remove (in_memory, key);
  }

  g_mutex_unlock (&mutex);
}

static char *
recall (const char *kind, const char *server, const char *login) {
  g_autofree char *key = memory_key (kind, server, login);
  g_mutex_lock (&mutex);
  char *secret = in_memory != NULL ? g_strdup (g_hash_table_lookup (in_memory, key)) : NULL;
  g_mutex_unlock (&mutex);
  return secret;
}

static void
set_problem (const GError *error) {
  g_mutex_lock (&mutex);
  g_clear_pointer (&problem, g_free);
  if (error != NULL)
    problem = g_strdup_printf (
        _ ("The keyring did not answer (%s), so this computer forgets the sign-in when RetailAI "
           "is closed. Unlock the keyring to stay signed in."),
        error->message);
  g_mutex_unlock (&mutex);
}

static bool
has_given_up (void) {
  g_mutex_lock (&mutex);
  bool answer = given_up;
  g_mutex_unlock (&mutex);
  return answer;
}

char *
rai_token_store_load (const char *kind, const char *server, const char *login) {
  char *known = recall (kind, server, login);
  if (known != NULL || has_given_up ())
    return known;
  g_autoptr (GError) error = NULL;
  Limit limit;
  limit_begin (&limit);

  char *secret = secret_password_lookup_sync (&schema, limit.cancellable, &error, "kind", kind,
                                              "server", server, "login", login, NULL);
  limit_end (&limit);
  set_problem (error);
  if (secret == NULL)
    return NULL;

  char *copy = g_strdup (secret);
  secret_password_free (secret);
  return copy;
}

void
rai_token_store_save (const char *kind, const char *server, const char *login, const char *secret) {
  if (has_given_up ()) {
    remember (kind, server, login, secret);
    return;
  }

  g_autoptr (GError) error = NULL;
  Limit limit;
  limit_begin (&limit);

  if (secret == NULL) {
    remember (kind, server, login, NULL);
    secret_password_clear_sync (&schema, limit.cancellable, &error, "kind", kind, "server", server,
                                "login", login, NULL);
    limit_end (&limit);
    set_problem (error);
    return;
  }

  /* Translators: how the entry is named in the keyring; the login, then the server's address */
  g_autofree char *label = g_strdup_printf (_ ("RetailAI: %s at %s"), login, server);
  bool stored = secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, secret,
                                            limit.cancellable, &error, "kind", kind, "server",
                                            server, "login", login, NULL);

  limit_end (&limit);
  set_problem (error);
  remember (kind, server, login, stored ? NULL : secret);
}

char *
rai_token_store_problem (void) {
  g_mutex_lock (&mutex);
  char *text = g_strdup (problem);
  g_mutex_unlock (&mutex);
  return text;
}

static char *
load_secret (const char *kind, const char *server, const char *login, void *data) {
  return rai_token_store_load (kind, server, login);
}

static void
save_secret (const char *kind, const char *server, const char *login, const char *secret,
             void *data) {
  rai_token_store_save (kind, server, login, secret);
}

const RaiTokenStore *
rai_token_store_get (void) {
  static const RaiTokenStore store = { load_secret, save_secret, NULL };
  return &store;
}
