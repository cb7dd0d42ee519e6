/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "state/state-header-private.h"
#include "state/sum-images-private.h"

#include <string.h>

/* Rows of a plane that are written or read at a time: cfitsio passes long pieces on as they are. */
#define BAND_ROWS 32

/* From 8 bits to 16: 65535 / 255. */
#define WIDEN 257

typedef enum
{
  IMAGE_SUMS,
  IMAGE_SQUARES,
  IMAGE_SQUARES_HIGH, /* what of Σx² is beyond 32 bits */
  IMAGE_STEPS,
  N_IMAGES,
} ImageKind;

static const gchar *const names[N_IMAGES] = { "SUMS", "SQUARES", "SQUARES_HIGH", "STEPS" };

/* Whether photos of so many bits, so many, can have the image: then they must. */
static gboolean
has_image (ImageKind kind, guint bits, guint n_frames)
{
  return kind != IMAGE_SQUARES_HIGH || bits == 16 || n_frames > G_MAXUINT32 / (255 * 255);
}

/* The narrowest type, FITS's, that its values fit. */
static gint
type_of (ImageKind kind, guint bits, guint n_frames)
{
  if (kind == IMAGE_SUMS)
    return bits == 8 && n_frames <= G_MAXUINT16 / 255 ? USHORT_IMG : ULONG_IMG;
  if (kind == IMAGE_STEPS)
    return n_frames <= G_MAXINT16 / 8 ? SHORT_IMG : LONG_IMG;
  return ULONG_IMG;
}

/* What cfitsio calls the same type in memory; 0 for one that no state has. */
static gint
memory_type (gint type)
{
  switch (type)
    {
    case USHORT_IMG:
      return TUSHORT;
    case ULONG_IMG:
      return TUINT;
    case SHORT_IMG:
      return TSHORT;
    case LONG_IMG:
      return TINT;
    default:
      return 0;
    }
}

/* A few rows of all sums, as an accumulator has them, and of one plane of one of them as a file has it. */
typedef struct
{
  const HotpixShape *shape;
  guint64 *sums;
  guint64 *squares;
  gint32 *steps;
  gpointer plane; /* of 16 or 32 bits */
} Band;

static Band
band_new (const HotpixShape *shape)
{
  gsize n = BAND_ROWS * hotpix_shape_row_samples (shape);

  return (Band){ shape, g_new (guint64, n), g_new (guint64, n), g_new (gint32, n),
                 g_new (guint32, BAND_ROWS * (gsize) shape->width) };
}

static void
band_clear (Band *band)
{
  g_free (band->sums);
  g_free (band->squares);
  g_free (band->steps);
  g_free (band->plane);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Band, band_clear)

/* Moves one channel of n pixels of a band into a plane, or back; a macro for each pair of types, so that the
 * compiler makes vectors of the loops. */
#define FOR_EACH_PIXEL(statement)                                                              \
  for (gsize i = 0, k = channel; i < n; i++, k += stride)                                      \
    {                                                                                          \
      statement;                                                                               \
    }

static void
fill_plane (Band *band, ImageKind kind, gint type, guint channel, gsize n)
{
  gsize stride = band->shape->channels;
  guint16 *narrow = band->plane;
  guint32 *wide = band->plane;

  if (kind == IMAGE_SUMS && type == TUSHORT)
    FOR_EACH_PIXEL (narrow[i] = (guint16) band->sums[k])
  else if (kind == IMAGE_SUMS)
    FOR_EACH_PIXEL (wide[i] = (guint32) band->sums[k])
  else if (kind == IMAGE_SQUARES)
    FOR_EACH_PIXEL (wide[i] = (guint32) band->squares[k])
  else if (kind == IMAGE_SQUARES_HIGH)
    FOR_EACH_PIXEL (wide[i] = (guint32) (band->squares[k] >> 32))
  else if (type == TSHORT)
    FOR_EACH_PIXEL (((gint16 *) band->plane)[i] = (gint16) band->steps[k])
  else
    FOR_EACH_PIXEL (((gint32 *) band->plane)[i] = band->steps[k])
}

/* Whatever type another program gave the image. */
static gint64
plane_value (const Band *band, gint type, gsize i)
{
  switch (type)
    {
    case TUSHORT:
      return ((const guint16 *) band->plane)[i];
    case TUINT:
      return ((const guint32 *) band->plane)[i];
    case TSHORT:
      return ((const gint16 *) band->plane)[i];
    default:
      return ((const gint32 *) band->plane)[i];
    }
}

static void
take_plane (Band *band, ImageKind kind, gint type, guint channel, gsize n)
{
  gsize stride = band->shape->channels;
  const guint16 *narrow = band->plane;
  const guint32 *wide = band->plane;

  if (kind == IMAGE_SUMS && type == TUSHORT)
    FOR_EACH_PIXEL (band->sums[k] = narrow[i])
  else if (kind == IMAGE_SUMS)
    FOR_EACH_PIXEL (band->sums[k] = (guint64) plane_value (band, type, i))
  else if (kind == IMAGE_SQUARES && type == TUINT)
    FOR_EACH_PIXEL (band->squares[k] = wide[i])
  else if (kind == IMAGE_SQUARES)
    FOR_EACH_PIXEL (band->squares[k] = (guint64) plane_value (band, type, i))
  else if (kind == IMAGE_SQUARES_HIGH)
    FOR_EACH_PIXEL (band->squares[k] |= (guint64) plane_value (band, type, i) << 32)
  else if (type == TSHORT)
    FOR_EACH_PIXEL (band->steps[k] = ((const gint16 *) band->plane)[i])
  else
    FOR_EACH_PIXEL (band->steps[k] = (gint32) plane_value (band, type, i))
}

/* What an image needs of the accumulator. */
static void
take_rows (Band *band, const HotpixAccumulator *accumulator, ImageKind kind, guint row,
           guint n_rows)
{
  gsize row_samples = hotpix_shape_row_samples (band->shape);

  for (guint y = 0; y < n_rows; y++)
    if (kind == IMAGE_STEPS)
      hotpix_accumulator_steps_row (accumulator, HOTPIX_LOOK_ALL, row + y,
                                    band->steps + y * row_samples);
    else
      hotpix_accumulator_sum_row (accumulator, row + y, band->sums + y * row_samples,
                                  band->squares + y * row_samples);
}

static void
create_image (const HotpixShape *shape, ImageKind kind, gint type, gboolean compress,
              fitsfile *fits, gint *status)
{
  glong axes[] = { shape->width, shape->height, shape->channels };
  glong tile[] = { shape->width, 1, 1 };

  fits_set_compression_type (fits, compress ? RICE_1 : 0, status);
  if (compress)
    fits_set_tile_dim (fits, G_N_ELEMENTS (tile), tile, status);
  fits_create_img (fits, type, shape->channels == 1 ? 2 : 3, axes, status);
  fits_write_key_str (fits, "EXTNAME", names[kind], "", status);
  hotpix_state_header_reserve_sums (fits, status);
}

static void
write_image (const HotpixAccumulator *accumulator, Band *band, ImageKind kind, gint type,
             fitsfile *fits, gint *status)
{
  const HotpixShape *shape = band->shape;

  for (guint row = 0; *status == 0 && row < shape->height; row += BAND_ROWS)
    {
      guint n_rows = MIN (shape->height - row, (guint) BAND_ROWS);
      gsize n = (gsize) n_rows * shape->width;

      take_rows (band, accumulator, kind, row, n_rows);
      for (guint channel = 0; channel < shape->channels; channel++)
        {
          glong first[] = { 1, row + 1, channel + 1 };

          fill_plane (band, kind, memory_type (type), channel, n);
          fits_write_pix (fits, memory_type (type), first, (LONGLONG) n, band->plane, status);
        }
    }
}

void
hotpix_sum_images_write (const HotpixAccumulator *accumulator, gboolean compress,
                         fitsfile *fits, gint *status)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  guint n_frames = hotpix_accumulator_get_frames (accumulator);
  g_auto (Band) band = band_new (shape);

  for (guint kind = 0; kind < N_IMAGES; kind++)
    {
      gint type = type_of ((ImageKind) kind, shape->bits, n_frames);

      if (!has_image ((ImageKind) kind, shape->bits, n_frames))
        continue;
      create_image (shape, (ImageKind) kind, type, compress, fits, status);
      write_image (accumulator, &band, (ImageKind) kind, type, fits, status);
    }
}

/* Where an image is in the file, and its type in memory. */
typedef struct
{
  gint hdu; /* 0 for one that photos of its kind do not have */
  gint type;
} Place;

static gboolean
find_image (fitsfile *fits, ImageKind kind, const HotpixShape *shape, Place *place)
{
  gint status = 0, type = 0, n_axes = 0;
  glong axes[3] = { 0, 0, 1 };

  fits_movnam_hdu (fits, IMAGE_HDU, (gchar *) names[kind], 0, &status);
  fits_get_hdu_num (fits, &place->hdu);
  fits_get_img_equivtype (fits, &type, &status);
  fits_get_img_dim (fits, &n_axes, &status);
  fits_get_img_size (fits, G_N_ELEMENTS (axes), axes, &status);
  place->type = memory_type (type);
  return status == 0 && place->type != 0 && (n_axes == 2 || n_axes == 3)
         && axes[0] == (glong) shape->width && axes[1] == (glong) shape->height
         && axes[2] == (glong) shape->channels;
}

static gboolean
find_images (fitsfile *fits, const HotpixShape *shape, guint bits, guint n_frames,
             Place *places)
{
  for (guint kind = 0; kind < N_IMAGES; kind++)
    if (has_image ((ImageKind) kind, bits, n_frames)
        && !find_image (fits, (ImageKind) kind, shape, &places[kind]))
      return FALSE;
  return TRUE;
}

static void
read_band (Band *band, const Place *places, guint row, guint n_rows, fitsfile *fits,
           gint *status)
{
  gsize n = (gsize) n_rows * band->shape->width;

  for (guint kind = 0; kind < N_IMAGES; kind++)
    for (guint channel = 0; places[kind].hdu != 0 && channel < band->shape->channels; channel++)
      {
        glong first[] = { 1, row + 1, channel + 1 };

        fits_movabs_hdu (fits, places[kind].hdu, NULL, status);
        fits_read_pix (fits, places[kind].type, first, (LONGLONG) n, NULL, band->plane, NULL,
                       status);
        if (*status == 0)
          take_plane (band, (ImageKind) kind, places[kind].type, channel, n);
      }
}

static void
widen (Band *band, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      band->sums[i] *= WIDEN;
      band->squares[i] *= WIDEN * WIDEN;
    }
}

static gboolean
add_band (HotpixAccumulator *accumulator, const Band *band, guint n_frames, guint row,
          guint n_rows)
{
  gsize row_samples = hotpix_shape_row_samples (band->shape);

  for (guint y = 0; y < n_rows; y++)
    if (!hotpix_accumulator_add_sums_row (
            accumulator, row + y, n_frames, band->sums + y * row_samples,
            band->squares + y * row_samples, band->steps + y * row_samples))
      return FALSE;
  return TRUE;
}

gboolean
hotpix_sum_images_add (HotpixAccumulator *accumulator, guint bits, guint n_frames,
                       fitsfile *fits, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  Place places[N_IMAGES] = { { 0 } };
  g_auto (Band) band = band_new (shape);
  gboolean success = find_images (fits, shape, bits, n_frames, places);
  gint status = 0;

  for (guint row = 0; success && row < shape->height; row += BAND_ROWS)
    {
      guint n_rows = MIN (shape->height - row, (guint) BAND_ROWS);

      read_band (&band, places, row, n_rows, fits, &status);
      if (bits < shape->bits)
        widen (&band, n_rows * hotpix_shape_row_samples (shape));
      success = status == 0 && add_band (accumulator, &band, n_frames, row, n_rows);
    }
  if (!success)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
                 _ ("has no sums that %u photos of its size can have"), n_frames);
  return success;
}
