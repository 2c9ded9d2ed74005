/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-request.h"

#include <jansson.h>

/* What requests bring, read strictly: one JSON value and nothing behind it, UTF-8, numbers within
 * 64 bits, no member twice, no NUL in a text, not nested deeply. What two readers could take
 * differently is refused. Errors are RAI_HTTP_ERROR_MALFORMED and say where. */

/* A text of that many bytes. Owned by the caller (json_auto_t). */
json_t *rai_body_parse (const char *text, size_t size, GError **error);
/* The request's body, which must say that it is JSON (else RAI_HTTP_ERROR_MEDIA_TYPE). */
json_t *rai_body_json (RaiRequest *request, GError **error);
/* The same, and it must be an object. */
json_t *rai_body_object (RaiRequest *request, GError **error);
/* Whether the request says that its body is of this type ("application/x-ndjson"). */
bool rai_body_is (RaiRequest *request, const char *type);

/* Reads the body by func: here when it is small, else on the readers' pool, for that takes longer
 * than a thread that serves may. The request is deferred; func sees to it that it is resumed.
 * false: too many are read already, and nothing was deferred. */
bool rai_body_read (RaiRequest *request, RaiPoolFunc func, void *data, GError **error);

/* Longest texts, in bytes. */
#define RAI_BODY_NAME 200    /* names, logins, ids */
#define RAI_BODY_SECRET 4096 /* passwords, tokens */
/* A text member of an object; NULL when it is absent (an error when required). Names of up to
 * RAI_BODY_NAME hold no control characters. Owned by the object. */
const char *
rai_body_text (json_t *object, const char *name, size_t longest, bool required, GError **error);
/* A value as compact JSON text, owned by the caller. */
char *rai_body_print (json_t *value);
