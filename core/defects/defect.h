/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

G_BEGIN_DECLS

/* A photosite, or more of them, whose values do not follow the scene. */
typedef enum
{
  HOTPIX_DEFECT_HOT,     /* brighter than its surroundings, and follows the scene */
  HOTPIX_DEFECT_STUCK,   /* hardly varies at all */
  HOTPIX_DEFECT_DEAD,    /* darker than its surroundings */
  HOTPIX_DEFECT_CLUSTER, /* stands off like a stronger defect that is at most three pixels away */
  HOTPIX_DEFECT_COLUMN, /* from (x, y) down */
  HOTPIX_DEFECT_ROW,    /* from (x, y) to the right */
  HOTPIX_DEFECT_DUST, /* a dark speck on the sensor's window, and so no defect of the sensor */
} HotpixDefectKind;

#define HOTPIX_N_KINDS (HOTPIX_DEFECT_DUST + 1)

/* Sets of kinds: a bit for each. All but dust are what a user should repair. */
#define HOTPIX_KIND_BIT(kind) (1u << (kind))
#define HOTPIX_ALL_KINDS (HOTPIX_KIND_BIT (HOTPIX_N_KINDS) - 1)
#define HOTPIX_DEFAULT_KINDS (HOTPIX_ALL_KINDS & ~HOTPIX_KIND_BIT (HOTPIX_DEFECT_DUST))

typedef struct
{
  guint x;       /* zero-based column of the stored picture */
  guint y;       /* zero-based row */
  guint channel; /* zero-based; where it is strongest */
  HotpixDefectKind kind;
  gdouble score;    /* see detector.h; at least the threshold */
  gdouble mean;     /* of the channel, [0, 1] where 1 is full white */
  gdouble around;   /* the mean to expect from the surroundings, [0, 1] */
  gdouble variance; /* population variance in units of full white squared, [0, 0.25] */
  guint length;     /* pixels of a column or row, 1 of anything else */
  HotpixLook look;  /* whose evidence told it */

  /* Where a catalogue tells its history, else NULL; owned by HotpixDefects. */
  const gchar
      *since; /* the date of the first photo that has it, ISO 8601, or HOTPIX_DEFECT_ALWAYS */
  const gchar *until;       /* the date of the last, or HOTPIX_DEFECT_STILL */
  const gchar *first_photo; /* the name of the first */
} HotpixDefect;

#define HOTPIX_DEFECT_ALWAYS "always" /* all photos have it, from the first on */
#define HOTPIX_DEFECT_STILL "still"   /* the last photo has it */

/* "hot", "stuck", "dead", "cluster", "column", "row" or "dust". The string is static. */
const gchar *hotpix_defect_kind_name (HotpixDefectKind kind);

/* "all" or "long". The string is static. */
const gchar *hotpix_defect_look_name (HotpixLook look);

/* The colour that marks a kind, the same in every host: red for hot, yellow for stuck, blue for dead,
 * orange for the rest of a cluster, magenta for columns and rows, grey for dust.
 * rgb: out; three values of 8 bits. */
void hotpix_defect_kind_colour (HotpixDefectKind kind, guint8 *rgb);

/* The defects of a sensor, and what they were found in. */
typedef struct
{
  HotpixShape shape;
  guint n_frames;
  gdouble threshold;
  GArray *list;   /* of HotpixDefect, strongest first, each photosite once */
  gchar *warning; /* nullable; why the list may be worth less than it seems, a sentence without
                     its full stop */
  GStringChunk *texts; /* nullable; of the histories, where a catalogue tells them */
} HotpixDefects;

/* Says since and until when the defect of that index is there, as HotpixDefect has it. The texts are copied;
 * each is nullable. All defects are then taken to have been looked up, known or not. */
void hotpix_defects_set_history (HotpixDefects *defects, guint index, const gchar *since,
                                 const gchar *until, const gchar *first_photo);

void hotpix_defects_free (HotpixDefects *defects);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixDefects, hotpix_defects_free)

G_END_DECLS
