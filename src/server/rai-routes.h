/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-role.h"

#include <stdbool.h>

/* THE table of routes. Besides it every query of db/rai-query.h is GET /v1/<name>. */
typedef struct _RaiRequest RaiRequest;

typedef enum {
  RAI_ROUTE_PUBLIC = 1 << 0,    /* no sign-in */
  RAI_ROUTE_SIGN_IN = 1 << 1,   /* counted against the limits of an address */
  RAI_ROUTE_LARGE = 1 << 2,     /* the body may be large */
  RAI_ROUTE_SOCKET = 1 << 3,    /* a WebSocket follows: the handler answers only to refuse */
  RAI_ROUTE_UNTIMED = 1 << 4,   /* not counted against the account's rate: what machines ask */
  RAI_ROUTE_DEAR = 1 << 6,      /* pays its account's rate by the time it takes */
  RAI_ROUTE_RESUMABLE = 1 << 5, /* one range of the answer may be asked for */
  RAI_ROUTE_COMPANY = 1 << 7,   /* only for who sees all sites */
} RaiRouteFlags;

typedef struct {
  const char *method;
  const char *path; /* one segment may be {id} */
  RaiRouteFlags flags;
  RaiPermission permission;
  void (*handler) (RaiRequest *request);
  const char *title;
  const char *help;   /* longer; may be NULL */
  const char *body;   /* JSON schema of the request's body; NULL: none */
  const char *answer; /* JSON schema of a good answer; NULL: not JSON */
} RaiRoute;

/* Ends with a NULL method. */
extern const RaiRoute rai_routes[];
/* The row of the routes made from the table of queries. */
extern const RaiRoute rai_route_query;
unsigned rai_routes_count (void);

/* Whether a path fits a route's; *argument (owned by the caller) is what stands for {id}. */
bool rai_route_matches (const RaiRoute *route, const char *path, char **argument);
