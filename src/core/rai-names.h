/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* From an id to its enum, in a table by enum: each row is a string, or a struct that begins with
 * one; rows without an id are passed over. Sets *place and returns true when the id is there; NULL
 * is never there. */
bool
rai_names_find (const void *rows, size_t row_size, size_t n_rows, const char *id, size_t *place);

/* The same of an array, whose size is known where it stands. */
#define RAI_NAMES_FIND(rows, id, place) \
  rai_names_find (rows, sizeof *(rows), G_N_ELEMENTS (rows), id, place)
