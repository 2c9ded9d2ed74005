/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Random numbers that are the same on every machine and in every version: PCG-XSH-RR 64/32 (O'Neill
 * 2014). A plain value; streams of one seed are independent of each other. Not for secrets. */
typedef struct {
  uint64_t state;
  uint64_t increment;
} RaiRandom;

RaiRandom rai_random_new (uint64_t seed, uint64_t stream);
uint32_t rai_random_next (RaiRandom *random);
uint64_t rai_random_next64 (RaiRandom *random);
/* 0 <= x < bound, without bias; bound > 0. */
uint32_t rai_random_below (RaiRandom *random, uint32_t bound);
/* 0 <= x < 1 */
double rai_random_double (RaiRandom *random);
double rai_random_between (RaiRandom *random, double low, double high);
bool rai_random_chance (RaiRandom *random, double probability);
/* Mean 0, standard deviation 1. */
double rai_random_normal (RaiRandom *random);
/* Counts with the given mean and variance mean + mean^2 / size; at most 10 000. */
int rai_random_negative_binomial (RaiRandom *random, double mean, double size);
