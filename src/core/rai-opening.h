/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* What a shop's sales say of the weekdays it opens on, whatever was thought before. */
#define RAI_OPENING_WEEKS 8

/* sold[RAI_OPENING_WEEKS]: whether anything was sold on the last days of one weekday, the newest
 * first. True when it is an opening day: on the last three of them, so that a shop that begins to
 * open on Sundays is believed on the third, or on most of them, so that one without sales makes no
 * difference. */
bool rai_opening_begun (const bool *sold);
