/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli.h"

int
main (int argc, char **argv) {
  return rai_cli_main (argc, argv);
}
