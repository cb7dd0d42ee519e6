/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/detector.h"
#include "marks.h"
#include "scan/options.h"

G_BEGIN_DECLS

/* Where repaired pixels go. */
typedef enum
{
  PLUGIN_RESULT_LAYER,
  PLUGIN_RESULT_DRAWABLE,
} PluginResult;

/* Where the result of a search in photos goes. */
typedef enum
{
  PLUGIN_TARGET_NEW,  /* into a new image */
  PLUGIN_TARGET_OPEN, /* on to the open one, a photo by the same camera */
} PluginTarget;

/* Bytes for a camera body's name; longer ones are none. */
#define PLUGIN_BODY_BYTES 256

/* The options of the plug-in, and the one table that declares them. Both generations of GIMP make the
 * arguments of their procedures and the widgets of their dialogs from it, in its order. */
typedef struct
{
  gdouble threshold; /* HOTPIX_LEAST_THRESHOLD to HOTPIX_MOST_THRESHOLD */
  gint marks;        /* HotpixMarks */
  gint ring_radius;  /* HOTPIX_LEAST_RING_RADIUS to HOTPIX_MOST_RING_RADIUS pixels */
  gint select;       /* also select the defects */
  gint variance;     /* of layers: also add the variance as a layer; photos always get it */
  gint hidden;       /* of layers: hidden ones count, too */
  gint camera;       /* of photos and folders of them: HotpixCameraChoice */
  gint stack;        /* of photos: add them as layers, too */
  gint target;       /* of photos: PluginTarget */
  gint sheet;        /* also make an image with the defects enlarged */
  gint result;       /* of a repair: PluginResult */

  /* Of photos and folders of them: with HOTPIX_CAMERA_MOST the body whose photos count, in words, or a
   * part of them that fits one alone; "" for the one that took most. */
  gchar body[PLUGIN_BODY_BYTES];
} PluginOptions;

/* All defaults: HOTPIX_DEFAULT_THRESHOLD, rings, nothing more. */
PluginOptions plugin_options_default (void);

typedef enum
{
  PLUGIN_LAYERS = 1 << 0,
  PLUGIN_PHOTOS = 1 << 1,
  PLUGIN_REPAIR = 1 << 2,
} PluginProcedure;

typedef enum
{
  PLUGIN_OPTION_NUMBER, /* a gdouble; others are a gint, but for text */
  PLUGIN_OPTION_INTEGER,
  PLUGIN_OPTION_SWITCH,
  PLUGIN_OPTION_CHOICE,
  PLUGIN_OPTION_TEXT, /* PLUGIN_BODY_BYTES */
} PluginOptionKind;

typedef struct
{
  const gchar *name;
  gint value;
  const gchar *label; /* to be translated */
} PluginChoice;

typedef struct
{
  const gchar *name;          /* of the argument */
  PluginProcedure procedures; /* that have it */
  PluginOptionKind kind;
  gsize offset;                /* of its member in PluginOptions */
  gdouble least, most;         /* the range */
  const PluginChoice *choices; /* of a choice; ends with one without a name */
  const gchar *label; /* in the dialog, to be translated; an underline before the key */
  const gchar *blurb; /* in a phrase, to be translated */
} PluginOption;

/* The table; it ends with an option without a name. */
extern const PluginOption plugin_options_table[];

/* Of any option but text. */
gdouble plugin_option_get (const PluginOption *option, const PluginOptions *options);

/* Fails with HOTPIX_ERROR_ARGUMENT, naming the option and its range. */
gboolean plugin_option_set (const PluginOption *option, PluginOptions *options, gdouble value,
                            GError **error);

/* Of a text. text: nullable, for "". Fails as the above does for one that is too long. */
gboolean plugin_option_set_text (const PluginOption *option, PluginOptions *options,
                                 const gchar *text, GError **error);

G_END_DECLS
