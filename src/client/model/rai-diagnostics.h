/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

/* What somebody who helps needs to know: versions, state of sync, what waits. No secrets, no
 * quantities, not translated. Owned by the caller. */
char *rai_diagnostics_text (RaiSession *session);
