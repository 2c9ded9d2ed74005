/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

#include <stdbool.h>

/* Numbers, money, days and times as people of the current locale read them. All answers are UTF-8
 * and owned by the caller; a minus is U+2212. Any thread. */

/* "4,812.35 EUR" */
char *rai_format_money (int64_t minor, const char *currency);
/* "4,812 EUR": for tiles, tables and sentences. */
char *rai_format_money_whole (int64_t minor, const char *currency);

/* Thousandths: "14", "2.5". */
char *rai_format_quantity (int64_t quantity);
/* "14 pieces", "2.5 kg"; the units people name (piece, pack, bottle, ...) are translated, others
 * stay. */
char *rai_format_quantity_unit (int64_t quantity, const char *unit);
/* decimals digits after the mark, grouped. */
char *rai_format_number (double value, int decimals);
/* 0.063 -> "6 %" (decimals 0); with a sign, "+6 %". */
char *rai_format_percent (double share, int decimals);
char *rai_format_percent_signed (double share, int decimals);

/* "Today", "Tomorrow", "Yesterday", "Mon 3 Mar", with the year when it is another one. */
char *rai_format_day (RaiDay day, RaiDay today);
/* The same within a sentence: "today", "Thu" within the next six days, "3 Mar". */
char *rai_format_day_inline (RaiDay day, RaiDay today);
/* "Monday, 3 March 2025" */
char *rai_format_day_long (RaiDay day);
/* "Mon", or "Monday" in full; 1 = Monday ... 7 = Sunday. */
char *rai_format_weekday (int weekday, bool full);
/* What weeks begin with where people read this: 1 = Monday ... 7 = Sunday. */
int rai_format_first_weekday (void);
/* "Every day", "Mon–Sat", "Mon, Tue, Fri"; bit 0 = Monday. */
char *rai_format_weekdays (unsigned weekdays);
/* Minutes after midnight: "08:00", "24:00". */
char *rai_format_minutes (int minutes);
/* "just now", "2 min ago", "3 h ago", "yesterday", "3 Mar" */
char *rai_format_ago (int64_t then_ms, int64_t now_ms);
/* "3 h 12 min", "12 min", "3 days": how long something takes or differs; never negative. */
char *rai_format_span (int64_t ms);
/* "3 days", "1 day" */
char *rai_format_days (int64_t days);
