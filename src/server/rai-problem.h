/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Errors as problem details (RFC 9457): {"type","title","status","code","detail"}. One table maps
 * an error's domain and code to its status; what is not in it is a 500 whose detail is not told.
 * Pure functions. */
typedef struct {
  int status;
  const char *code;  /* for programs: "forbidden" */
  const char *title; /* for people */
  bool told;         /* the error's message may be shown to the caller */
  int retry_after;   /* seconds, 0: no such header */
} RaiProblem;

const RaiProblem *rai_problem_find (const GError *error);
void rai_problem_append_json (GString *json, const RaiProblem *problem, const char *detail);
/* Every problem that there is, for the documentation; ends with a NULL code. */
const RaiProblem *rai_problem_at (unsigned index);
