/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/marked-picture-private.h"

#include <math.h>

#define WHITE 65535

/* Of the width of the picture: the radius of a ring, its line, and a dot of a digit; each at least so
 * many pixels. */
#define RADIUS_SHARE 80
#define LEAST_RADIUS 8
#define LINE_SHARE 800
#define LEAST_LINE 2
#define DOT_SHARE 500
#define LEAST_DOT 2

/* The photos are dimmed to this share, so that marks stand out from bright ones too. */
#define DIMMED 0.7

/* The strip: cells side by side, each with as many pixels of the picture around its defect. */
#define MOST_CELLS 12
#define LEAST_CELL 60
#define CROP_REACH 7
#define CROP_SIZE (2 * CROP_REACH + 1)

/* Digits of 3 x 5 dots, row by row from the top, the left dot in the highest of three bits. */
#define DIGIT_COLUMNS 3
#define DIGIT_ROWS 5
static const guint8 digits[10][DIGIT_ROWS] = {
  { 7, 5, 5, 5, 7 }, { 2, 6, 2, 2, 7 }, { 7, 1, 7, 4, 7 }, { 7, 1, 7, 1, 7 }, { 5, 5, 7, 1, 1 },
  { 7, 4, 7, 1, 7 }, { 7, 4, 7, 5, 7 }, { 7, 1, 1, 1, 1 }, { 7, 5, 7, 5, 7 }, { 7, 5, 7, 1, 7 },
};

/* The sizes of what is drawn, in pixels. */
typedef struct
{
  guint width, height; /* of the photos */
  gdouble radius, line;
  guint dot;
  guint cell;       /* a cell's width and height, without its number; 0 for no strip */
  guint label;      /* height of a cell's number with its margins */
  guint n_cells;    /* that are filled */
  guint crop_scale; /* pixels of the strip for one of the picture */
} Layout;

static Layout
lay_out (const HotpixShape *shape, const HotpixDefects *defects)
{
  guint columns = CLAMP (shape->width / LEAST_CELL, 1, MOST_CELLS);
  Layout layout = {
    .width = shape->width,
    .height = shape->height,
    .radius = MAX ((gdouble) shape->width / RADIUS_SHARE, LEAST_RADIUS),
    .line = MAX ((gdouble) shape->width / LINE_SHARE, LEAST_LINE),
    .dot = MAX (shape->width / DOT_SHARE, LEAST_DOT),
    .n_cells = MIN (columns, defects->list->len),
    .crop_scale = 1,
  };

  if (shape->width < LEAST_CELL || layout.n_cells == 0)
    return layout;
  layout.cell = shape->width / columns;
  layout.crop_scale = layout.cell / CROP_SIZE;
  layout.label = (DIGIT_ROWS + 2) * layout.dot;
  return layout;
}

HotpixShape
hotpix_marked_picture_get_shape (const HotpixShape *sums, const HotpixDefects *defects)
{
  Layout layout = lay_out (sums, defects);

  return (HotpixShape){ sums->width, sums->height + layout.cell + layout.label, 3, 16 };
}

static const HotpixDefect *
defect_at (const HotpixDefects *defects, guint i)
{
  return &g_array_index (defects->list, HotpixDefect, i);
}

static guint16
to_sample (gdouble value)
{
  return (guint16) (CLAMP (value, 0, 1) * WHITE + 0.5);
}

static void
paint (guint16 *pixel, HotpixDefectKind kind)
{
  guint8 rgb[3];

  hotpix_defect_kind_colour (kind, rgb);
  for (guint channel = 0; channel < 3; channel++)
    pixel[channel] = (guint16) (257 * rgb[channel]);
}

static void
paint_black (guint16 *pixel)
{
  pixel[0] = pixel[1] = pixel[2] = 0;
}

/* What one row of a ring covers: for pixels of that distance from the centre. */
static void
draw_ring_row (const Layout *layout, const HotpixDefect *defect, guint row, guint16 *samples)
{
  gint64 dy = (gint64) row - defect->y, reach = (gint64) ceil (layout->radius + layout->line);
  gint64 left = MAX ((gint64) defect->x - reach, 0);
  gint64 right = MIN ((gint64) defect->x + reach, (gint64) layout->width - 1);

  if (ABS (dy) > reach)
    return;
  for (gint64 x = left; x <= right; x++)
    {
      gdouble off = fabs (hypot ((gdouble) (x - defect->x), (gdouble) dy) - layout->radius);

      if (off <= layout->line / 2)
        paint (&samples[3 * x], defect->kind);
      else if (off <= layout->line)
        paint_black (&samples[3 * x]);
    }
}

static guint
count_digits (guint number)
{
  guint n = 1;

  for (; number >= 10; number /= 10)
    n++;
  return n;
}

/* The width of a number in dots, with a dot's margin on either side and between its digits. */
static guint
number_columns (guint number)
{
  return count_digits (number) * (DIGIT_COLUMNS + 1) + 1;
}

/* One row of a number on black, in the colour of its kind. x, y: its upper left corner, which the
 * number and its margins lie right of and below. */
static void
draw_number_row (const Layout *layout, guint number, HotpixDefectKind kind, gint64 x, gint64 y,
                 guint row, guint16 *samples)
{
  gint64 line = ((gint64) row - y) / layout->dot - 1;
  guint n = number_columns (number);

  if (row < y || row >= y + (gint64) (DIGIT_ROWS + 2) * layout->dot)
    return;
  for (guint i = 0; i < n * layout->dot && x + i < layout->width; i++)
    {
      guint column = i / layout->dot, place = column / (DIGIT_COLUMNS + 1);
      guint inside = column % (DIGIT_COLUMNS + 1); /* 0 in the margin left of a digit */
      guint digit = number;

      for (guint k = place + 1; k < count_digits (number); k++)
        digit /= 10;
      if (inside > 0 && line >= 0 && line < DIGIT_ROWS && place < count_digits (number)
          && (digits[digit % 10][line] >> (DIGIT_COLUMNS - inside) & 1) != 0)
        paint (&samples[3 * (x + i)], kind);
      else
        paint_black (&samples[3 * (x + i)]);
    }
}

/* Right of the ring or, where that is outside, left of it; never above or below the photos. */
static void
draw_label_row (const Layout *layout, const HotpixDefect *defect, guint number, guint row,
                guint16 *samples)
{
  gint64 reach = (gint64) ceil (layout->radius + layout->line);
  gint64 width = (gint64) number_columns (number) * layout->dot;
  gint64 height = (gint64) (DIGIT_ROWS + 2) * layout->dot;
  gint64 x = (gint64) defect->x + reach + 1, y = (gint64) defect->y - height / 2;

  if (x + width > layout->width)
    x = MAX ((gint64) defect->x - reach - width, 0);
  y = CLAMP (y, 0, MAX ((gint64) layout->height - height, 0));
  draw_number_row (layout, number, defect->kind, x, y, row, samples);
}

static void
photo_row (const HotpixAccumulator *accumulator, const HotpixDefects *defects,
           const Layout *layout, guint row, gdouble *values, guint16 *samples)
{
  guint channels = hotpix_accumulator_get_shape (accumulator)->channels;

  hotpix_accumulator_mean_row (accumulator, row, values);
  for (gsize x = 0; x < layout->width; x++)
    for (guint channel = 0; channel < 3; channel++)
      samples[3 * x + channel]
          = to_sample (DIMMED * values[x * channels + MIN (channel, channels - 1)]);
  /* The weakest first: where marks cross, the stronger defect's is on top. */
  for (guint i = defects->list->len; i-- > 0;)
    draw_ring_row (layout, defect_at (defects, i), row, samples);
  for (guint i = defects->list->len; i-- > 0;)
    draw_label_row (layout, defect_at (defects, i), i + 1, row, samples);
}

/* The mean at a place beside a defect, of a channel of three. Outside the frame it is that of the
 * nearest place inside. */
static gdouble
mean_beside (const HotpixAccumulator *accumulator, const HotpixDefect *defect, gint dx, gint dy,
             guint channel)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gint64 x = CLAMP ((gint64) defect->x + dx, 0, (gint64) shape->width - 1);
  gint64 y = CLAMP ((gint64) defect->y + dy, 0, (gint64) shape->height - 1);

  return hotpix_accumulator_mean_at (accumulator, (guint) x, (guint) y,
                                     MIN (channel, shape->channels - 1));
}

static void
crop_range (const HotpixAccumulator *accumulator, const HotpixDefect *defect, gdouble *least,
            gdouble *most)
{
  *least = 1;
  *most = 0;
  for (gint dy = -CROP_REACH; dy <= CROP_REACH; dy++)
    for (gint dx = -CROP_REACH; dx <= CROP_REACH; dx++)
      for (guint channel = 0; channel < 3; channel++)
        {
          gdouble mean = mean_beside (accumulator, defect, dx, dy, channel);

          *least = MIN (*least, mean);
          *most = MAX (*most, mean);
        }
}

static void
crop_row (const HotpixAccumulator *accumulator, const HotpixDefect *defect,
          const Layout *layout, guint row, guint16 *samples)
{
  gint dy = (gint) (row / layout->crop_scale) - CROP_REACH;
  gdouble least, most;

  if (dy > CROP_REACH)
    return;
  crop_range (accumulator, defect, &least, &most);
  for (guint i = 0; i < CROP_SIZE * layout->crop_scale; i++)
    for (guint channel = 0; channel < 3; channel++)
      {
        gint dx = (gint) (i / layout->crop_scale) - CROP_REACH;
        gdouble mean = mean_beside (accumulator, defect, dx, dy, channel);

        samples[3 * i + channel]
            = to_sample (most > least ? (mean - least) / (most - least) : mean);
      }
}

static void
strip_row (const HotpixAccumulator *accumulator, const HotpixDefects *defects,
           const Layout *layout, guint row, guint16 *samples)
{
  for (gsize x = 0; x < layout->width; x++)
    paint_black (&samples[3 * x]);
  for (guint i = 0; i < layout->n_cells; i++)
    {
      const HotpixDefect *defect = defect_at (defects, i);

      if (row < layout->label)
        draw_number_row (layout, i + 1, defect->kind, (gint64) i * layout->cell, 0, row,
                         samples);
      else
        crop_row (accumulator, defect, layout, row - layout->label,
                  samples + 3 * (gsize) i * layout->cell);
    }
}

void
hotpix_marked_picture_row (const HotpixAccumulator *accumulator, const HotpixDefects *defects,
                           guint row, gdouble *values, guint16 *samples)
{
  Layout layout = lay_out (hotpix_accumulator_get_shape (accumulator), defects);

  if (row < layout.height)
    photo_row (accumulator, defects, &layout, row, values, samples);
  else
    strip_row (accumulator, defects, &layout, row - layout.height, samples);
}
