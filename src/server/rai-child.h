/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* This program again, as a child with low priority, so that neither the memory nor a failure of
 * long work touches the service. It ends with the thread that starts it. arguments: from the
 * command's name on, NULL-terminated. */
GSubprocess *rai_child_start (const char *url, const char *const *arguments, GSubprocessFlags flags,
                              GError **error);
