/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-basis.h"

static bool
has_sold (const RaiPanel *panel, size_t i) {
  const double *observed = rai_panel_observations (panel, i);
  for (size_t t = 0; t < rai_panel_length (panel, i); t++)
    if (observed[t] > 0)
      return true;
  return false;
}

RaiBasis *
rai_basis_find (const RaiPanel *panel) {
  size_t n = rai_panel_n_series (panel), n_traits = rai_panel_n_attributes (panel);
  RaiBasis *basis = g_new (RaiBasis, n + 1);
  g_autoptr (GHashTable) items = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) traits =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  for (size_t a = 0; a < n_traits; a++)
    g_ptr_array_add (traits, g_hash_table_new (g_str_hash, g_str_equal));

  for (size_t i = 0; i < n; i++) {
    basis[i] = has_sold (panel, i) ? RAI_BASIS_OWN : RAI_BASIS_NOTHING;
    if (basis[i] == RAI_BASIS_NOTHING)
      continue;
    g_hash_table_add (items, (char *) rai_panel_item (panel, i));
    for (size_t a = 0; a < n_traits; a++)
      g_hash_table_add (g_ptr_array_index (traits, a), (char *) rai_panel_attribute (panel, i, a));
  }

  for (size_t i = 0; i < n; i++) {
    for (size_t a = 0; a < n_traits && basis[i] == RAI_BASIS_NOTHING; a++) {
      const char *trait = rai_panel_attribute (panel, i, a);
      if (*trait != '\0' && g_hash_table_contains (g_ptr_array_index (traits, a), trait))
        basis[i] = RAI_BASIS_TRAIT;
    }
    if (basis[i] != RAI_BASIS_OWN && g_hash_table_contains (items, rai_panel_item (panel, i)))
      basis[i] = RAI_BASIS_ITEM;
  }

  return basis;
}
