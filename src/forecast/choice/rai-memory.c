/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-memory.h"

#include <math.h>
#include <string.h>

struct _RaiMemory {
  GHashTable *weights; /* char * to double * */
};

static void
add_weight (RaiMemory *memory, const char *text) {
  const char *equals = strchr (text, '=');
  if (equals == NULL || equals == text)
    return;

  char *end;
  double weight = g_ascii_strtod (equals + 1, &end);
  if (end == equals + 1 || *end != '\0' || !isfinite (weight) || weight < 0)
    return;

  g_hash_table_insert (memory->weights, g_strndup (text, (size_t) (equals - text)),
                       g_memdup2 (&weight, sizeof weight));
}

RaiMemory *
rai_memory_parse (const char *text) {
  RaiMemory *memory = g_new0 (RaiMemory, 1);
  memory->weights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  for (size_t k = 0; words[k] != NULL; k++)
    add_weight (memory, words[k]);
  return memory;
}

char *
rai_memory_format (const RaiMethodError *methods, size_t n) {
  GString *text = g_string_new (NULL);

  for (size_t m = 0; m < n; m++) {
    char weight[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (weight, sizeof weight, "%.6f", methods[m].weight);
    g_string_append_printf (text, "%s%s=%s", m > 0 ? " " : "", methods[m].name, weight);
  }

  return g_string_free (text, FALSE);
}

void
rai_memory_free (RaiMemory *memory) {
  if (memory == NULL)
    return;
  g_hash_table_unref (memory->weights);
  g_free (memory);
}

double
rai_memory_weight (const RaiMemory *memory, const char *method) {
  const double *weight = g_hash_table_lookup (memory->weights, method);
  return weight != NULL ? *weight : 0;
}
