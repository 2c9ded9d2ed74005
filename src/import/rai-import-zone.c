/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-zone.h"

#include "util/rai-zone.h"

#include <glib.h>

typedef struct {
  const char *title;
  const char *name;
} Zone;

/* The titles of Ruby on Rails (ActiveSupport::TimeZone::MAPPING), in which Square and others are
 * written: those of the countries where tills of theirs stand. */
static const Zone zones[] = {
  { "Hawaii", "Pacific/Honolulu" },
  { "Alaska", "America/Juneau" },
  { "Pacific Time (US & Canada)", "America/Los_Angeles" },
  { "Arizona", "America/Phoenix" },
  { "Mountain Time (US & Canada)", "America/Denver" },
  { "Central Time (US & Canada)", "America/Chicago" },
  { "Saskatchewan", "America/Regina" },
  { "Mexico City", "America/Mexico_City" },
  { "Eastern Time (US & Canada)", "America/New_York" },
  { "Indiana (East)", "America/Indiana/Indianapolis" },
  { "Atlantic Time (Canada)", "America/Halifax" },
  { "Newfoundland", "America/St_Johns" },
  { "Puerto Rico", "America/Puerto_Rico" },
  { "Bogota", "America/Bogota" },
  { "Lima", "America/Lima" },
  { "Santiago", "America/Santiago" },
  { "Brasilia", "America/Sao_Paulo" },
  { "Buenos Aires", "America/Argentina/Buenos_Aires" },
  { "London", "Europe/London" },
  { "Edinburgh", "Europe/London" },
  { "Dublin", "Europe/Dublin" },
  { "Lisbon", "Europe/Lisbon" },
  { "Madrid", "Europe/Madrid" },
  { "Paris", "Europe/Paris" },
  { "Brussels", "Europe/Brussels" },
  { "Amsterdam", "Europe/Amsterdam" },
  { "Berlin", "Europe/Berlin" },
  { "Bern", "Europe/Zurich" },
  { "Zurich", "Europe/Zurich" },
  { "Rome", "Europe/Rome" },
  { "Vienna", "Europe/Vienna" },
  { "Prague", "Europe/Prague" },
  { "Budapest", "Europe/Budapest" },
  { "Warsaw", "Europe/Warsaw" },
  { "Copenhagen", "Europe/Copenhagen" },
  { "Stockholm", "Europe/Stockholm" },
  { "Helsinki", "Europe/Helsinki" },
  { "Athens", "Europe/Athens" },
  { "Bucharest", "Europe/Bucharest" },
  { "Istanbul", "Europe/Istanbul" },
  { "Singapore", "Asia/Singapore" },
  { "Hong Kong", "Asia/Hong_Kong" },
  { "Tokyo", "Asia/Tokyo" },
  { "Osaka", "Asia/Tokyo" },
  { "Perth", "Australia/Perth" },
  { "Darwin", "Australia/Darwin" },
  { "Adelaide", "Australia/Adelaide" },
  { "Brisbane", "Australia/Brisbane" },
  { "Sydney", "Australia/Sydney" },
  { "Canberra", "Australia/Canberra" },
  { "Melbourne", "Australia/Melbourne" },
  { "Hobart", "Australia/Hobart" },
  { "Auckland", "Pacific/Auckland" },
  { "Wellington", "Pacific/Auckland" },
};

const char *
rai_import_zone_name (const char *text) {
  for (size_t i = 0; i < G_N_ELEMENTS (zones); i++)
    if (g_ascii_strcasecmp (text, zones[i].title) == 0)
      return zones[i].name;
  return rai_zone_is_known (text) ? text : NULL;
}
