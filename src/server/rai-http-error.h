/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Reasons of the web service itself to refuse a request. Database, query and command errors keep
 * their own domains; rai-problem.c maps them all to a status. */
#define RAI_HTTP_ERROR rai_http_error_quark ()
typedef enum {
  RAI_HTTP_ERROR_MALFORMED,       /* not JSON, not what the route takes */
  RAI_HTTP_ERROR_UNAUTHENTICATED, /* no token, or one that is not ours, expired, revoked */
  RAI_HTTP_ERROR_CREDENTIALS,     /* wrong login or password */
  RAI_HTTP_ERROR_DISABLED,        /* the account may no longer be used */
  RAI_HTTP_ERROR_NEW_PASSWORD,    /* a one-time secret must be replaced while signing in */
  RAI_HTTP_ERROR_WEAK_PASSWORD,
  RAI_HTTP_ERROR_FORBIDDEN,
  RAI_HTTP_ERROR_NOT_FOUND,
  RAI_HTTP_ERROR_METHOD,
  RAI_HTTP_ERROR_CONFLICT,
  RAI_HTTP_ERROR_TOO_LARGE,
  RAI_HTTP_ERROR_MEDIA_TYPE,
  RAI_HTTP_ERROR_RANGE,
  RAI_HTTP_ERROR_LOCKED_OUT,  /* too many wrong passwords: later */
  RAI_HTTP_ERROR_TOO_MANY,    /* a rate limit, or a full queue: try again later */
  RAI_HTTP_ERROR_UNAVAILABLE, /* stopping, or the database cannot be written just now */
} RaiHttpError;
GQuark rai_http_error_quark (void);
