/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chip.h"

struct _RaiChip {
  AdwBin parent_instance;
  GtkLabel *label;
  RaiTone tone;
};

G_DEFINE_FINAL_TYPE (RaiChip, rai_chip, ADW_TYPE_BIN)

static void
rai_chip_init (RaiChip *self) {
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "chip");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
}

static void
rai_chip_class_init (RaiChipClass *klass) {
}

GtkWidget *
rai_chip_new (void) {
  return g_object_new (RAI_TYPE_CHIP, NULL);
}

void
rai_chip_set (RaiChip *self, const char *text, RaiTone tone) {
  gtk_label_set_label (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->label), text != NULL);
  if (tone == self->tone)
    return;
  if (self->tone != RAI_TONE_PLAIN)
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), rai_tone_class (self->tone));
  if (tone != RAI_TONE_PLAIN)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), rai_tone_class (tone));

  self->tone = tone;
}
