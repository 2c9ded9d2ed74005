/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-role.h"

/* The caller of every command and query: an account, its role and the sites it may see and touch. A
 * plain value; copies own their list. */
typedef struct {
  int64_t
      account_id; /* 0: the program itself (import, planner, command line), which may everything */
  char *login;
  RaiRole role;
  bool all_sites; /* the account is not bound to named sites */
  int64_t *sites; /* sorted */
  size_t n_sites;
} RaiIdentity;

RaiIdentity *rai_identity_new (int64_t account_id, const char *login, RaiRole role, bool all_sites,
                               const int64_t *sites, size_t n_sites);
/* The program itself. */
RaiIdentity *rai_identity_new_system (void);
RaiIdentity *rai_identity_copy (const RaiIdentity *identity);
void rai_identity_free (RaiIdentity *identity);
bool rai_identity_may (const RaiIdentity *identity, RaiPermission permission);
bool rai_identity_sees_site (const RaiIdentity *identity, int64_t site_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiIdentity, rai_identity_free)
