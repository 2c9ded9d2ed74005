/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-random.h"

#include <math.h>

#define MULTIPLIER UINT64_C (6364136223846793005)

RaiRandom
rai_random_new (uint64_t seed, uint64_t stream) {
  RaiRandom random = { 0, (stream << 1) | 1 };
  rai_random_next (&random);
  random.state += seed;
  rai_random_next (&random);
  return random;
}

uint32_t
rai_random_next (RaiRandom *random) {
  uint64_t old = random->state;
  random->state = old * MULTIPLIER + random->increment;
  uint32_t shifted = (uint32_t) (((old >> 18) ^ old) >> 27);
  unsigned turn = (unsigned) (old >> 59);
  return (shifted >> turn) | (shifted << ((32 - turn) & 31));
}

uint64_t
rai_random_next64 (RaiRandom *random) {
  uint64_t high = rai_random_next (random);
  return high << 32 | rai_random_next (random);
}

uint32_t
rai_random_below (RaiRandom *random, uint32_t bound) {
  /* The lowest values that would make some remainders more likely are thrown again. */
  uint32_t threshold = -bound % bound;
  for (;;) {
    uint32_t value = rai_random_next (random);
    if (value >= threshold)
      return value % bound;
  }
}

double
rai_random_double (RaiRandom *random) {
  return rai_random_next (random) * 0x1p-32;
}

double
rai_random_between (RaiRandom *random, double low, double high) {
  return low + (high - low) * rai_random_double (random);
}

bool
rai_random_chance (RaiRandom *random, double probability) {
  return rai_random_double (random) < probability;
}

double
rai_random_normal (RaiRandom *random) {
  double radius = sqrt (-2 * log ((rai_random_next (random) + 1.0) * 0x1p-32));
  return radius * cos (6.283185307179586 * rai_random_double (random));
}

int
rai_random_negative_binomial (RaiRandom *random, double mean, double size) {
  if (!(mean > 0))
    return 0;

  /* Inversion: walk the probabilities from 0 up. */
  double probability = exp (-size * log1p (mean / size));
  double ratio = mean / (size + mean);
  double left = rai_random_double (random);
  int count = 0;

  while (left >= probability && count < 10000) {
    left -= probability;
    probability *= ratio * (count + size) / (count + 1);
    count++;
    if (probability < 1e-14 && count > mean)
      break;
  }

  return count;
}
