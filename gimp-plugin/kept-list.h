/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/listed-defects.h"
#include "gimp-compat.h"
#include "survey.h"

G_BEGIN_DECLS

/* The list of defects that a run leaves in an image, as a parasite that is saved with it: the same text
 * that ImageMagick's list= writes, with the places in the stored photos and their size. */
#define KEPT_LIST_PARASITE "hotpix-defects"

/* In place of an earlier one; GIMP can undo it. */
void kept_list_attach (HostImage image, const HotpixSurvey *survey);

/* Returns (transfer full), or NULL: with the errors of hotpix_listed_defects_parse(), or without one where
 * the image has no list. */
HotpixListedDefects *kept_list_read (HostImage image, GError **error);

/* The list of an open image as a source of defects: "image:12", by GIMP's number of the image.
 * Returns (transfer full). */
gchar *kept_list_name (HostImage image);

/* Whether a source is such a name. */
gboolean kept_list_is_named (const gchar *source);

/* The open image of that name; HOST_NONE where there is none. */
HostImage kept_list_find_image (const gchar *source);

G_END_DECLS
