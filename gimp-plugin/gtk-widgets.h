/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What GTK 2 and 3 have under different names. */

#define GTK_WIDGETS_SPACING 6

static inline GtkWidget *
gtk_widgets_new_box (GtkOrientation orientation)
{
#if GTK_MAJOR_VERSION >= 3
  return gtk_box_new (orientation, GTK_WIDGETS_SPACING);
#else
  return orientation == GTK_ORIENTATION_VERTICAL ? gtk_vbox_new (FALSE, GTK_WIDGETS_SPACING)
                                                 : gtk_hbox_new (FALSE, GTK_WIDGETS_SPACING);
#endif
}

G_END_DECLS
