/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* What people enter as the address of their server. Pure functions: nothing is asked or sent. */

/* The URL that is meant: what names no scheme is http on this computer, https elsewhere. NULL with
 * *problem, in words for people, when it is no address of a server. Both are the caller's. */
char *rai_server_address_url (const char *text, char **problem);
/* A password sent there could be read on its way: no encryption, and a host that is neither this
 * computer nor of a private network. url: as rai_server_address_url gives it. */
bool rai_server_address_is_open (const char *url);
