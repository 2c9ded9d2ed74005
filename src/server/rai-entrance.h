/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-server.h"

/* What is looked at when the headers of a request have come, before its body is read: what cannot
 * be a request, what announces more than its route takes, who may send much. What is refused here
 * is answered at once, and its connection ends. */
void rai_entrance_check (RaiServerThread *thread, SoupServerMessage *message, const char *path);
/* Most bytes that a body for this path may have. */
size_t rai_entrance_most (const char *path);
