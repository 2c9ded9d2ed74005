/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-input.h"

#include "client/widgets/rai-chart-export.h"
#include "client/widgets/rai-chart-table-dialog.h"
#include "client/widgets/rai-file-ask.h"

#include <glib/gi18n.h>
#include <math.h>

#define ZOOM_STEP 1.2

static const RaiChartDays no_days = { RAI_DAY_NONE, RAI_DAY_NONE };

static void
point_at (RaiChart *chart, double x) {
  RaiDay day = rai_chart_day_at (chart, x);
  rai_chart_set_days (chart, (RaiChartDays){ day, day }, false);
}

static bool
is_range (RaiChartDays days) {
  return days.from != days.to;
}

/* GTK also reports a pointer that rests, after changes of the window: that must not take the cursor
 * from the
 * keyboard. */
static bool
has_moved (void *controller, double x) {
  int before = GPOINTER_TO_INT (g_object_get_data (controller, "rai-x")), now = (int) x + 1;
  g_object_set_data (controller, "rai-x", GINT_TO_POINTER (now));
  return now != before;
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, RaiChart *chart) {
  if (!has_moved (controller, x))
    return;
  if (!is_range (rai_chart_get_days (chart)))
    point_at (chart, x);
}

static void
leave_cb (GtkEventControllerMotion *controller, RaiChart *chart) {
  if (!is_range (rai_chart_get_days (chart)) && !gtk_widget_has_focus (GTK_WIDGET (chart)))
    rai_chart_set_days (chart, no_days, false);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, RaiChart *chart) {
  gtk_widget_grab_focus (GTK_WIDGET (chart));
  if (n_press == 2) {
    rai_chart_reset (chart);
    rai_chart_set_days (chart, no_days, false);
  }
  point_at (chart, x);
}

/* Shift or the middle button pans, everything else selects. */
static bool
pans (GtkGesture *gesture) {
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  return (state & GDK_SHIFT_MASK) ||
         gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_MIDDLE;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, RaiChart *chart) {
  const RaiChartPlot *plot = rai_chart_get_plot (chart);
  double x, y, before = 0;
  if (fabs (dx) < 4 || plot->width <= 0)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (!pans (GTK_GESTURE (gesture))) {
    rai_chart_set_days (
        chart, (RaiChartDays){ rai_chart_day_at (chart, x), rai_chart_day_at (chart, x + dx) },
        false);
    return;
  }

  before = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (gesture), "rai-dx"));
  g_object_set_data (G_OBJECT (gesture), "rai-dx", GINT_TO_POINTER ((int) dx));

  double days = ((int) dx - before) / rai_chart_plot_day_width (plot);
  rai_chart_pan (chart, plot->rtl ? days : -days);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, RaiChart *chart) {
  g_object_set_data (G_OBJECT (gesture), "rai-dx", NULL);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, RaiChart *chart) {
  const RaiChartPlot *plot = rai_chart_get_plot (chart);
  const RaiChartView *view = rai_chart_get_view (chart);
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  /* On a page that scrolls, a chart that nobody turned to lets the page scroll. */
  bool mine = rai_chart_get_scroll_zooms (chart) || gtk_widget_has_focus (GTK_WIDGET (chart)) ||
              (state & GDK_CONTROL_MASK);

  if (!mine || plot->width <= 0)
    return GDK_EVENT_PROPAGATE;
  if (fabs (dx) > fabs (dy)) {
    double days = dx * (view->now.to - view->now.from) * 0.05;
    rai_chart_pan (chart, plot->rtl ? -days : days);
    return GDK_EVENT_STOP;
  }

  RaiChartDays days = rai_chart_get_days (chart);
  double middle = (view->now.from + view->now.to) / 2;
  rai_chart_zoom (chart, days.from == RAI_DAY_NONE ? middle : days.from + 0.5, pow (ZOOM_STEP, dy));

  return GDK_EVENT_STOP;
}

/* Moves the cursor, or the end of the selection, by days. Begins at today, else at the end. */
static void
step (RaiChart *chart, int by, bool extend) {
  const RaiChartView *view = rai_chart_get_view (chart);
  RaiChartDays days = rai_chart_get_days (chart);
  RaiDay first = (RaiDay) view->limits.from, last = (RaiDay) view->limits.to - 1;
  RaiDay today = rai_chart_get_scene (chart)->today;

  if (days.from == RAI_DAY_NONE) {
    RaiDay day = today == RAI_DAY_NONE ? (RaiDay) view->now.to - 1 : CLAMP (today, first, last);
    rai_chart_set_days (chart, (RaiChartDays){ day, day }, true);
    return;
  }

  RaiDay to = CLAMP (days.to + by, first, last);
  rai_chart_set_days (chart, extend ? (RaiChartDays){ days.from, to } : (RaiChartDays){ to, to },
                      true);
}

static void
jump (RaiChart *chart, bool to_end) {
  const RaiChartView *view = rai_chart_get_view (chart);
  RaiDay day = (RaiDay) (to_end ? view->limits.to - 1 : view->limits.from);
  rai_chart_set_days (chart, (RaiChartDays){ day, day }, true);
}

static void
zoom_key (RaiChart *chart, double factor) {
  const RaiChartView *view = rai_chart_get_view (chart);
  RaiChartDays days = rai_chart_get_days (chart);
  rai_chart_zoom (chart,
                  days.from == RAI_DAY_NONE ? (view->now.from + view->now.to) / 2 : days.from + 0.5,
                  factor);
}

static void
show_menu (RaiChart *chart, double x, double y) {
  g_autoptr (GMenu) menu = g_menu_new (), export = g_menu_new ();
  g_menu_append (menu, _ ("Show as table"), "chart.table");
  g_menu_append (menu, _ ("Back to the first view"), "chart.reset");
  g_menu_append (export, _ ("Save as picture (PNG)"), "chart.export::png");
  g_menu_append (export, _ ("Save as drawing (SVG)"), "chart.export::svg");
  g_menu_append (export, _ ("Save the numbers (CSV)"), "chart.export::csv");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (export));

  GtkWidget *popover = g_object_get_data (G_OBJECT (chart), "rai-menu");
  if (popover == NULL) {
    popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
    gtk_widget_set_parent (popover, GTK_WIDGET (chart));
    gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
    gtk_widget_set_halign (popover, GTK_ALIGN_START);
    g_object_set_data (G_OBJECT (chart), "rai-menu", popover);
  }

  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (popover));
}

bool
rai_chart_input_key (RaiChart *chart, unsigned key, GdkModifierType state) {
  bool rtl = gtk_widget_get_direction (GTK_WIDGET (chart)) == GTK_TEXT_DIR_RTL;
  bool extend = state & GDK_SHIFT_MASK;
  int days = state & GDK_CONTROL_MASK ? 7 : 1;

  switch (key) {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      step (chart, rtl ? days : -days, extend);
      return true;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      step (chart, rtl ? -days : days, extend);
      return true;
    case GDK_KEY_Home:
    case GDK_KEY_End:
      jump (chart, key == GDK_KEY_End);
      return true;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom_key (chart, 1 / ZOOM_STEP);
      return true;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom_key (chart, ZOOM_STEP);
      return true;
    case GDK_KEY_0:
      rai_chart_reset (chart);
      return true;
    case GDK_KEY_Escape:
      if (rai_chart_get_days (chart).from == RAI_DAY_NONE)
        return false;
      rai_chart_set_days (chart, no_days, false);
      return true;
    case GDK_KEY_Menu:
    case GDK_KEY_F10:
      if (key == GDK_KEY_F10 && !extend)
        return false;
      show_menu (chart, 20, 20);
      return true;
    default:
      return false;
  }
}

static gboolean
key_cb (GtkEventControllerKey *controller, unsigned key, unsigned code, GdkModifierType state,
        RaiChart *chart) {
  return rai_chart_input_key (chart, key, state);
}

static void
menu_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, RaiChart *chart) {
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (chart, x, y);
}

static void
add (RaiChart *chart, void *controller) {
  gtk_widget_add_controller (GTK_WIDGET (chart), GTK_EVENT_CONTROLLER (controller));
}

void
rai_chart_input_attach (RaiChart *chart) {
  GtkEventController *motion = gtk_event_controller_motion_new (),
                     *key = gtk_event_controller_key_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *click = gtk_gesture_click_new (), *menu = gtk_gesture_click_new (),
             *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), chart);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), chart);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), chart);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), chart);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), chart);
  g_signal_connect (menu, "pressed", G_CALLBACK (menu_pressed_cb), chart);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), chart);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), chart);
  add (chart, motion);
  add (chart, key);
  add (chart, scroll);
  add (chart, drag);
  add (chart, click);
  add (chart, menu);
}

static void
table_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiChart *chart = RAI_CHART (widget);
  rai_chart_table_dialog_show (widget, rai_chart_get_scene (chart), rai_chart_get_title (chart));
}

static void
chosen_cb (GtkWidget *widget, const char *path, void *kind) {
  RaiChart *chart = RAI_CHART (widget);
  RaiChartCanvas canvas;
  g_autoptr (GError) error = NULL;
  rai_chart_get_canvas (chart, &canvas);
  if (!rai_chart_export (rai_chart_get_scene (chart), &canvas, kind, path, &error))
    rai_file_failed (widget, _ ("The chart was not saved"), error->message);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  const char *kind = g_variant_get_string (parameter, NULL),
             *title = rai_chart_get_title (RAI_CHART (widget));
  g_autofree char *file =
      g_strdup_printf ("%s.%s", title != NULL && *title ? title : _ ("Chart"), kind);
  const RaiFileQuestion question = { _ ("Save chart"), _ ("Save"), file };
  rai_file_ask (widget, &question, chosen_cb, g_strdup (kind), g_free);
}

static void
reset_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  rai_chart_reset (RAI_CHART (widget));
}

void
rai_chart_input_install (GtkWidgetClass *class) {
  gtk_widget_class_install_action (class, "chart.table", NULL, table_action);
  gtk_widget_class_install_action (class, "chart.export", "s", export_action);
  gtk_widget_class_install_action (class, "chart.reset", NULL, reset_action);
}
