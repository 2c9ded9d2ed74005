/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What the demo retailer sells, where, and from whom: names and habits, all invented. Pure tables
 * and functions. */
typedef struct {
  const char *name;
  const char *brand; /* of the second line of goods */
  double margin;     /* share of the price */
  double promotion;  /* how strongly demand answers to a lower price (elasticity, positive) */
  double weekday[7]; /* Monday ... Sunday, around 1 */
  double festive;    /* how much more sells before Christmas and Easter */
} RaiDemoDepartment;

typedef struct {
  const char *code;
  const char *name;
  int lead_days;
  double lead_spread;
  int order_weekdays; /* bit 0 = Monday */
  int64_t minimum_order;
} RaiDemoSupplier;

typedef struct {
  const char *code;
  const char *name;
  const char *region;
  double size;       /* 1: the middling shop */
  int open_weekdays; /* bit 0 = Monday */
  double trend;      /* growth a year */
  double price;      /* level of prices */
} RaiDemoSite;

/* One line of goods; variants x sizes are its items. */
typedef struct {
  int department;
  const char *supplier;
  const char *name;
  const char *variants; /* joined by '|'; "" for one without */
  const char *sizes;    /* joined by '|', small to large; "kg" alone: sold by weight */
  int price;            /* of the smallest, cents */
  int shelf_life;       /* days; 0 keeps */
  double weight;        /* how well it sells among its kind */
  double heat;          /* change of demand for a degree above the year's mean */
  int peak;             /* day of the year of its season; 0: none */
  double peak_height;   /* factor - 1 at that day */
} RaiDemoFamily;

typedef struct {
  const RaiDemoFamily *family;
  char *name;
  char *unit;
  int64_t price; /* at the demo's first day */
} RaiDemoGoods;

extern const RaiDemoDepartment rai_demo_departments[];
extern const int rai_demo_n_departments;
extern const RaiDemoSupplier rai_demo_suppliers[];
extern const int rai_demo_n_suppliers;
extern const RaiDemoSite rai_demo_sites[];
extern const int rai_demo_n_sites;

/* The first n goods of the catalogue, spread over its departments: RaiDemoGoods, owned by the
 * caller. */
GPtrArray *rai_demo_catalogue_new (unsigned n);
/* How many there can be. */
unsigned rai_demo_catalogue_size (void);
int rai_demo_supplier_index (const char *code);
