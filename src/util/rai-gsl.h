/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* GSL's functions tell of failure by what they return from here on, where their default is to
 * abort. Once for the whole process and any thread; callers of what can fail call it first, and
 * nothing turns it back. */
void rai_gsl_begin (void);
