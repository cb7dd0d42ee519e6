/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin-options.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

static const PluginChoice marks_choices[] = {
  { "pixels", HOTPIX_MARK_PIXELS, N_ ("Pixels") },
  { "rings", HOTPIX_MARK_RINGS, N_ ("Rings") },
  { "both", HOTPIX_MARK_BOTH, N_ ("Pixels and rings") },
  { NULL },
};

static const PluginChoice camera_choices[] = {
  { "most", HOTPIX_CAMERA_MOST, N_ ("The one with most photos") },
  { "any", HOTPIX_CAMERA_ANY, N_ ("Any") },
  { NULL },
};

static const PluginChoice target_choices[] = {
  { "new", PLUGIN_TARGET_NEW, N_ ("A new image") },
  { "open", PLUGIN_TARGET_OPEN, N_ ("The open image") },
  { NULL },
};

static const PluginChoice result_choices[] = {
  { "layer", PLUGIN_RESULT_LAYER, N_ ("A new layer with the repaired pixels") },
  { "drawable", PLUGIN_RESULT_DRAWABLE, N_ ("The layer itself") },
  { NULL },
};

#define OFFSET(member) G_STRUCT_OFFSET (PluginOptions, member)

const PluginOption plugin_options_table[] = {
  { "threshold", PLUGIN_LAYERS | PLUGIN_PHOTOS | PLUGIN_REPAIR, PLUGIN_OPTION_NUMBER,
    OFFSET (threshold), HOTPIX_LEAST_THRESHOLD, HOTPIX_MOST_THRESHOLD, NULL,
    N_ ("_Threshold (lower finds more)"),
    N_ ("Lowest score of a defect. 1: chance alone rarely gets this high; lower values find "
        "more") },
  { "marks", PLUGIN_LAYERS | PLUGIN_PHOTOS, PLUGIN_OPTION_CHOICE, OFFSET (marks),
    HOTPIX_MARK_PIXELS, HOTPIX_MARK_BOTH, marks_choices, N_ ("_Marks"),
    N_ ("How defects are marked: red for hot, yellow for stuck, blue for dead, orange for the "
        "rest of a cluster") },
  { "ring-radius", PLUGIN_LAYERS | PLUGIN_PHOTOS, PLUGIN_OPTION_INTEGER, OFFSET (ring_radius),
    HOTPIX_LEAST_RING_RADIUS, HOTPIX_MOST_RING_RADIUS, NULL, N_ ("Ring radi_us"),
    N_ ("Radius of the rings in pixels") },
  { "select", PLUGIN_LAYERS | PLUGIN_PHOTOS, PLUGIN_OPTION_SWITCH, OFFSET (select), 0, 1, NULL,
    N_ ("Also select the _defects"),
    N_ ("Select each defect and the pixels next to it, so that other tools can repair them") },
  { "variance", PLUGIN_LAYERS, PLUGIN_OPTION_SWITCH, OFFSET (variance), 0, 1, NULL,
    N_ ("Also add the varia_nce as layers"),
    N_ ("Add the variance of every sample below the marks, as it is and stretched; both are "
        "hidden") },
  { "hidden", PLUGIN_LAYERS, PLUGIN_OPTION_SWITCH, OFFSET (hidden), 0, 1, NULL,
    N_ ("Count h_idden layers, too"), N_ ("Treat hidden layers as photos, too") },
  { "camera", PLUGIN_PHOTOS | PLUGIN_REPAIR, PLUGIN_OPTION_CHOICE, OFFSET (camera),
    HOTPIX_CAMERA_MOST, HOTPIX_CAMERA_ANY, camera_choices, N_ ("Camera _body"),
    N_ ("Which camera's photos count, according to their EXIF") },
  { "stack", PLUGIN_PHOTOS, PLUGIN_OPTION_SWITCH, OFFSET (stack), 0, 1, NULL,
    N_ ("Add the photos as a layer stac_k"),
    N_ ("Add the photos that count as layers below the marks; for small sets") },
  { "target", PLUGIN_PHOTOS, PLUGIN_OPTION_CHOICE, OFFSET (target), PLUGIN_TARGET_NEW,
    PLUGIN_TARGET_OPEN, target_choices, N_ ("Marks _go on"),
    N_ ("The open image must be a photo by the same camera, not cropped or scaled") },
  { "sheet", PLUGIN_LAYERS | PLUGIN_PHOTOS, PLUGIN_OPTION_SWITCH, OFFSET (sheet), 0, 1, NULL,
    N_ ("Also sho_w the defects enlarged"),
    N_ ("A new image with the surroundings of each defect in six of the photos") },
  { "result", PLUGIN_REPAIR, PLUGIN_OPTION_CHOICE, OFFSET (result), PLUGIN_RESULT_LAYER,
    PLUGIN_RESULT_DRAWABLE, result_choices, N_ ("Res_ult"), N_ ("What is changed") },
  { "body", PLUGIN_PHOTOS | PLUGIN_REPAIR, PLUGIN_OPTION_TEXT, OFFSET (body), 0, 0, NULL,
    N_ ("Name of the camera body"),
    N_ ("The body whose photos count, \"NIKON D70, serial 2001f1c0\" or a part of it that fits "
        "one alone; nothing for the one with most photos") },
  { NULL },
};

PluginOptions
plugin_options_default (void)
{
  return (PluginOptions){ .threshold = HOTPIX_DEFAULT_THRESHOLD,
                          .marks = HOTPIX_MARK_RINGS,
                          .ring_radius = HOTPIX_DEFAULT_RING_RADIUS,
                          .camera = HOTPIX_CAMERA_MOST,
                          .target = PLUGIN_TARGET_NEW,
                          .result = PLUGIN_RESULT_LAYER };
}

gdouble
plugin_option_get (const PluginOption *option, const PluginOptions *options)
{
  gconstpointer member = G_STRUCT_MEMBER_P (options, option->offset);

  return option->kind == PLUGIN_OPTION_NUMBER ? *(const gdouble *) member
                                              : *(const gint *) member;
}

gboolean
plugin_option_set (const PluginOption *option, PluginOptions *options, gdouble value,
                   GError **error)
{
  gpointer member = G_STRUCT_MEMBER_P (options, option->offset);

  /* Written so as to refuse not-a-number. */
  if (!(value >= option->least && value <= option->most))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("%s must be %g to %g, not %g"), option->name, option->least, option->most,
                   value);
      return FALSE;
    }
  if (option->kind == PLUGIN_OPTION_NUMBER)
    *(gdouble *) member = value;
  else
    *(gint *) member = (gint) value;
  return TRUE;
}

gboolean
plugin_option_set_text (const PluginOption *option, PluginOptions *options, const gchar *text,
                        GError **error)
{
  gchar *member = G_STRUCT_MEMBER_P (options, option->offset);

  if (text != NULL && strlen (text) >= PLUGIN_BODY_BYTES)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("%s must be shorter than %d bytes"), option->name, PLUGIN_BODY_BYTES);
      return FALSE;
    }
  g_strlcpy (member, text != NULL ? text : "", PLUGIN_BODY_BYTES);
  return TRUE;
}
