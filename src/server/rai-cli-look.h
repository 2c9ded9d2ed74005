/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-look.h"

/* `import --look`: how a file was recognised, in words or as JSON. */
void rai_cli_look_print (const RaiImportLook *look);
char *rai_cli_look_json (const RaiImportLook *look);
