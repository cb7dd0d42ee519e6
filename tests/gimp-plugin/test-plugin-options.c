/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "plugin-options.h"

#include <math.h>
#include <string.h>

/* Help, Reset, Cancel, OK, and in GIMP 3 Load and Save of settings. */
#define BUTTON_KEYS "hrcols"

/* Those of the widgets above the options, in photo-chooser, source-chooser and body-chooser. */
static const gchar *const chooser_keys[] = {
  [PLUGIN_LAYERS] = "",
  [PLUGIN_PHOTOS] = "afveb",
  [PLUGIN_REPAIR] = "fwb",
};

static const PluginOption *
find_option (const gchar *name)
{
  const PluginOption *option = plugin_options_table;

  while (strcmp (option->name, name) != 0)
    option++;
  return option;
}

/* No two widgets of a dialog have the same key: Alt and the letter behind the underline. */
static void
test_keys (void)
{
  for (PluginProcedure procedure = PLUGIN_LAYERS; procedure <= PLUGIN_REPAIR; procedure <<= 1)
    {
      g_autoptr (GString) keys = g_string_new (BUTTON_KEYS);

      g_string_append (keys, chooser_keys[procedure]);
      for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
        {
          const gchar *underline = strchr (option->label, '_');
          gchar key;

          /* The body's are the chooser's. */
          if ((option->procedures & procedure) == 0 || option->kind == PLUGIN_OPTION_TEXT
              || strcmp (option->name, "camera") == 0)
            continue;
          g_assert_nonnull (underline);
          key = g_ascii_tolower (underline[1]);
          if (strchr (keys->str, key) != NULL)
            g_error ("%s has a key of another widget", option->label);
          g_string_append_c (keys, key);
        }
      g_assert_cmpuint (keys->len, >, strlen (BUTTON_KEYS) + 1);
    }
}

static void
test_text (void)
{
  const PluginOption *body = find_option ("body");
  PluginOptions options = plugin_options_default ();
  gchar longest[PLUGIN_BODY_BYTES + 1] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (options.body, ==, "");
  memset (longest, 'x', PLUGIN_BODY_BYTES - 1);
  g_assert_true (plugin_option_set_text (body, &options, longest, NULL));
  g_assert_cmpstr (options.body, ==, longest);
  g_assert_true (plugin_option_set_text (body, &options, "NIKON D70", NULL));
  longest[PLUGIN_BODY_BYTES - 1] = 'x';
  g_assert_false (plugin_option_set_text (body, &options, longest, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  g_assert_cmpstr (options.body, ==, "NIKON D70");
  g_assert_true (plugin_option_set_text (body, &options, NULL, NULL));
  g_assert_cmpstr (options.body, ==, "");
}

/* What is out of its range, or no number, changes nothing. */
static void
test_range (void)
{
  const PluginOption *threshold = find_option ("threshold");
  PluginOptions options = plugin_options_default ();
  const gdouble wrong[] = { 0.24, 100.1, NAN };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (plugin_option_set (threshold, &options, wrong[i], &error));
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
      g_assert_cmpfloat (options.threshold, ==, HOTPIX_DEFAULT_THRESHOLD);
    }
  g_assert_true (plugin_option_set (threshold, &options, 0.25, NULL));
  g_assert_cmpfloat (options.threshold, ==, 0.25);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plugin-options/no-two-widgets-have-the-same-key", test_keys);
  g_test_add_func ("/plugin-options/a-text-has-a-longest-length", test_text);
  g_test_add_func ("/plugin-options/a-number-has-a-range", test_range);
  return g_test_run ();
}
