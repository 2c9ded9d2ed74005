/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Days of the week as people write them in files and on the command line. */

/* "Mon Wed Fri", "mo-sa", "1,3,5" -> bits, bit 0 = Monday; -1 when it cannot be read, or names no
 * day. Words are English ones or begin one with two letters at least; 1 is Monday. */
int rai_weekdays_parse (const char *text);
