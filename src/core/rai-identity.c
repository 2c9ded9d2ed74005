/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-identity.h"

#include <stdlib.h>

static int
compare_sites (const void *a, const void *b) {
  const int64_t x = *(const int64_t *) a;
  const int64_t y = *(const int64_t *) b;
  return (x > y) - (x < y);
}

RaiIdentity *
rai_identity_new (int64_t account_id, const char *login, RaiRole role, bool all_sites,
                  const int64_t *sites, size_t n_sites) {
  RaiIdentity *identity = g_new0 (RaiIdentity, 1);
  identity->account_id = account_id;
  identity->login = g_strdup (login != NULL ? login : "");
  identity->role = role;
  identity->all_sites = all_sites;
  identity->n_sites = n_sites;

  if (n_sites) {
    identity->sites = g_memdup2 (sites, n_sites * sizeof *sites);
    qsort (identity->sites, n_sites, sizeof *identity->sites, compare_sites);
  }

  return identity;
}

RaiIdentity *
rai_identity_new_system (void) {
  return rai_identity_new (0, "system", RAI_ROLE_ADMIN, true, NULL, 0);
}

RaiIdentity *
rai_identity_copy (const RaiIdentity *identity) {
  return rai_identity_new (identity->account_id, identity->login, identity->role,
                           identity->all_sites, identity->sites, identity->n_sites);
}

void
rai_identity_free (RaiIdentity *identity) {
  if (identity == NULL)
    return;
  g_free (identity->login);
  g_free (identity->sites);
  g_free (identity);
}

bool
rai_identity_may (const RaiIdentity *identity, RaiPermission permission) {
  return identity->account_id == 0 || rai_role_may (identity->role, permission);
}

bool
rai_identity_sees_site (const RaiIdentity *identity, int64_t site_id) {
  if (identity->all_sites)
    return true;
  return identity->n_sites && bsearch (&site_id, identity->sites, identity->n_sites,
                                       sizeof *identity->sites, compare_sites) != NULL;
}
