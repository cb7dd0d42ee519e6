/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/catalogue.h"
#include "photos/camera.h"

G_BEGIN_DECLS

#define MADE_UP_WIDTH 120
#define MADE_UP_HEIGHT 90

/* What a survey of photos would be without any picture, for catalogues. */
typedef struct
{
  const gchar *make, *model, *serial;
  const gchar *name; /* nullable; each photo's is that and its number */
  const gchar *date; /* nullable; of each photo, as HotpixShot has it */
  guint
      n_photos; /* 2 or more, numbered from first_photo on: those of one number have one content */
  guint first_photo;
  guint n_defects; /* numbered from first_defect on: those of one number have one place */
  guint first_defect;
} MadeUpSurvey;

/* Where the defect of that number is. */
void made_up_survey_place (guint number, guint *x, guint *y);

/* Writes it down. Returns FALSE as hotpix_survey_record_write() does. */
gboolean made_up_survey_write (HotpixCatalogue *catalogue, const MadeUpSurvey *survey,
                               GError **error);

/* A whole number that the catalogue yields for SQL without parameters. */
gint64 made_up_survey_ask (HotpixCatalogue *catalogue, const gchar *sql);

G_END_DECLS
