/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The names that examples in headers use: variables of a caller, and functions of the caller's
 * own. Examples are compiled and never run, so nothing of this is anywhere. */

#include "catalogue/connection-private.h"
#include "catalogue/history-record.h"
#include "catalogue/history.h"
#include "catalogue/known-camera.h"
#include "catalogue/same-body-private.h"
#include "catalogue/schema-private.h"
#include "catalogue/survey-record.h"
#include "defects/defect.h"
#include "defects/list-rows-private.h"
#include "defects/listed-defects.h"
#include "photos/counted.h"
#include "photos/frame-makers.h"
#include "photos/frame-set.h"
#include "repair/damage-private.h"
#include "repair/folder-repair.h"
#include "repair/repairer.h"
#include "scan/scan.h"
#include "scan/scene-sketch-private.h"
#include "scan/shared-sums-private.h"

#include <stdio.h>

typedef struct Total Total;
typedef struct HostImage HostImage;
struct _GeglBuffer; /* of which the core knows nothing */
struct _GtkWidget;

extern struct _GeglBuffer *buffer, *layer;
extern GError *error;
extern HotpixObservation *observations;
extern GBytes *bytes;
extern HotpixShape shape;
extern HotpixAccumulator *accumulator;
extern HotpixCamera *body, *camera;
extern HotpixCatalogue *catalogue;
extern HotpixConnection *connection;
extern HotpixCounted *counted;
extern HotpixDatabase *database;
extern HotpixDefects *defects;
extern HotpixFrame *frame;
extern HotpixDamagePlace place;
extern HotpixListRow row;
extern HotpixListedDefects *listed;
extern HotpixExif *exif;
extern HotpixRepairer *repairer;
extern HotpixRows *found;
extern const guint8 *data;
extern gboolean is_row;
extern HotpixFrameSet *set;
extern HotpixOptions options;
extern HotpixSceneSketch **sketches;
extern HotpixSharedSums *sums;
extern GPtrArray *contents, *frames;
extern gint64 id;
extern const gconstpointer *rows;
extern const guint8 *block;
extern const gchar *const *last_names;
extern gchar *text;
extern gdouble *damage, *variance;
extern gpointer dialog, host, window;
extern gsize length;
extern guint n, n_threads, y;
extern guint8 *samples;

gboolean add_up_part (guint part, guint first, guint end, gpointer user_data);
gboolean show_progress (gdouble fraction, gpointer user_data);
Total *new_totals (guint n);
void give_up (void);
void leave_out (HotpixFrame *frame);
void names_changed (struct _GtkWidget *chooser, gpointer dialog);
void run (gpointer dialog);
void show (gconstpointer thing);

void host_get_samples (const HotpixRepairWindow *window, guint8 *rows);
void host_set_samples (const HotpixRepairWindow *window, const guint8 *rows);
void take_off (const gdouble *damage);

gboolean make_by_host (const gchar *path, GPtrArray *frames, gpointer user_data,
                       GError **error);

gboolean host_open (HotpixFrame *frame, GError **error);
gboolean host_read (HotpixFrame *frame, guint n_rows, gpointer rows, GError **error);
gboolean host_rewind (HotpixFrame *frame, GError **error);
void host_close (HotpixFrame *frame);
void host_free (HotpixFrame *frame);
