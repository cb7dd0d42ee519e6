/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "image-turn.h"
#include "base/text.h"
#include "photos/frame-makers.h"
#include "turned-places.h"

/* An unexpected turn must repair so many times the damage that the expected ones do, and at least so many
 * defects: at places without a defect chance looks like a little damage now and then. */
#define CLEARLY_MORE 2
#define LEAST_REPAIRED 2

/* The orientation that the image's own file tells; 0 where it tells none. */
static guint
read_orientation (HostImage image)
{
  g_autofree gchar *path = host_image_get_path (image);
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  HotpixFrame *frame;

  if (path == NULL)
    return 0;
  hotpix_frame_makers_add_file (NULL, set, path);
  frame = hotpix_frame_set_get_length (set) > 0 ? hotpix_frame_set_get_frame (set, 0) : NULL;
  return frame != NULL ? hotpix_frame_get_shot (frame)->orientation : 0;
}

/* Whether a picture of the list's size has the buffer's size after it was turned. */
static gboolean
fits (const HotpixListedDefects *listed, guint orientation, guint width, guint height)
{
  gboolean swapped = hotpix_turned_places_are_swapped (orientation);

  return listed->width == 0
         || (listed->width == (swapped ? height : width)
             && listed->height == (swapped ? width : height));
}

typedef struct
{
  HotpixBufferRepair *repair; /* NULL for none yet */
  guint orientation;
} Candidate;

/* Repairs as if the picture had been turned by the orientation, where that is possible, and keeps
 * what repairs more damage. */
static gboolean
try_orientation (GeglBuffer *buffer, const HotpixListedDefects *listed, guint orientation,
                 Candidate *best, GError **error)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (buffer);
  guint width = (guint) extent->width, height = (guint) extent->height;
  g_autoptr (HotpixListedDefects) turned = NULL;
  g_autoptr (HotpixRepairer) repairer = NULL;
  HotpixBufferRepair *repair;

  if (!fits (listed, orientation, width, height))
    return TRUE;
  turned = hotpix_turned_places_new (listed, orientation, width, height);
  repairer = hotpix_repairer_new (turned, width, height);
  repair = hotpix_buffer_repair_new (buffer, repairer, error);
  if (repair == NULL)
    return FALSE;
  if (best->repair == NULL || repair->damage > best->repair->damage)
    {
      hotpix_buffer_repair_free (best->repair);
      *best = (Candidate){ repair, orientation };
    }
  else
    hotpix_buffer_repair_free (repair);
  return TRUE;
}

/* Without a size that would have to fit, only what is expected. */
static gboolean
try_all (HostImage image, GeglBuffer *buffer, const HotpixListedDefects *listed,
         Candidate *expected, Candidate *other, GError **error)
{
  guint told = read_orientation (image);

  if (told != 0 && !try_orientation (buffer, listed, told, expected, error))
    return FALSE;
  for (guint orientation = 1; orientation <= HOTPIX_LAST_ORIENTATION; orientation++)
    {
      if (orientation == told || (orientation != 1 && listed->width == 0))
        continue;
      if (!try_orientation (buffer, listed, orientation, orientation == 1 ? expected : other,
                            error))
        return FALSE;
    }
  return TRUE;
}

/* Where no more is to be seen in another way, it is as expected. */
static gboolean
is_expected (const Candidate *expected, const Candidate *other)
{
  return expected->repair != NULL
         && (other->repair == NULL || other->repair->n_repaired < LEAST_REPAIRED
             || other->repair->damage <= CLEARLY_MORE * expected->repair->damage);
}

HotpixBufferRepair *
image_turn_find (HostImage image, GeglBuffer *buffer, const HotpixListedDefects *listed,
                 ImageTurn *turn, GError **error)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (buffer);
  Candidate expected = { NULL, 1 }, other = { NULL, 1 };
  gboolean success = try_all (image, buffer, listed, &expected, &other, error);

  if (success && expected.repair == NULL && other.repair == NULL)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("the defects are those of photos of %u x %u pixels, and the layer has "
                    "%d x %d: open the photo as the camera stored it, not cropped or scaled"),
                 listed->width, listed->height, extent->width, extent->height);
  turn->is_expected = is_expected (&expected, &other);
  if (success && turn->is_expected)
    {
      turn->orientation = expected.orientation;
      hotpix_buffer_repair_free (other.repair);
      return expected.repair;
    }
  hotpix_buffer_repair_free (expected.repair);
  if (success)
    {
      turn->orientation = other.orientation;
      return other.repair;
    }
  hotpix_buffer_repair_free (other.repair);
  return NULL;
}

const gchar *
image_turn_words (void)
{
  return _ ("The picture was turned since the camera stored it, and the places with it.");
}
