/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/picture.h"
#include "survey.h"

G_BEGIN_DECLS

/* The module's arguments, key=value words in any order:
 *
 *   image=variance|deviation|mean|evidence|mask   camera=most|any|NAME   threads=1…256   memory=MIB
 *   files=FILE|GLOB|@LIST   threshold=0.25…100   kinds=KIND,…   list=FILE|-   offset=DX,DY
 *   region=WxH+X+Y|-WxH+X+Y
 *   format=tsv|json|dcraw|rawtherapee|siril|jpegpixi
 *   count-again=yes|no   count-edited=yes|no   left-out=FILE|-
 *   state=FILE   merge=FILE|GLOB|@LIST
 *   catalogue=FILE|default   repair=FILE|found|catalogue   into=FOLDER   overwrite=no|yes
 *
 * `files`, `region` and `merge` may be given several times, the others once. A value in double quotes may have blanks in it.
 * This needs no header of ImageMagick's. */
typedef struct
{
  HotpixPicture picture;
  HotpixSurveyOptions survey; /* with detection where any argument needs defects */
  GPtrArray *files;           /* of gchar *, as given; empty when there are none */
  GArray *regions;            /* of HotpixRegion; what survey.regions is; NULL for none */

  gchar *body;     /* nullable; what survey.scan.selection.body is */
  gchar *left_out; /* where to write what is left out: as the list, or NULL */

  gchar *list; /* a file name, "-" for standard output, or NULL for no list */
  HotpixListFormat format;
  gint offset_x, offset_y;
  gboolean has_offset;

  gchar *state;     /* nullable; what survey.state is */
  GPtrArray *merge; /* of gchar *, as given; empty when there are none */

  gchar *repair; /* a list of defects; NULL for no repair, or for that of what is found */
  gboolean repair_found; /* looks for defects, and repairs these */
  gboolean repair_known; /* by what the catalogue knows of each photo's camera */
  gchar *catalogue;      /* NULL for none but, with repair_known, the default one */
  gchar *into;           /* a folder; NULL to repair decoded images */
  gboolean overwrite;    /* files in that folder */
} HotpixArguments;

/* argv: argc words, borrowed.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_ARGUMENT, naming the argument and
 * what it must be. */
HotpixArguments *hotpix_arguments_new (gint argc, const gchar *const *argv, GError **error);

/* Returns (transfer full): each argument, what it must be, what it does and an example, for a user. */
gchar *hotpix_arguments_describe (void);

void hotpix_arguments_free (HotpixArguments *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixArguments, hotpix_arguments_free)

G_END_DECLS
