/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* Scatters the bits of a number: draws that are the same on every machine and for any number of
 * threads. After Ettinger and Wellons, "Prospecting for hash functions", 2018 (lowbias32). */
static inline uint32_t
rai_mix (uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352dU;
  x ^= x >> 15;
  x *= 0x846ca68bU;
  return x ^ (x >> 16);
}
