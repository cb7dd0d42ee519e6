/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"

guint
fake_frame_sample (const FakeFrame *self, guint x, guint y, guint channel)
{
  guint32 hash
      = self->seed * 2654435761u ^ (x * 73856093u) ^ (y * 19349663u) ^ (channel * 83492791u);

  hash ^= hash >> 15;
  hash *= 2246822519u;
  hash ^= hash >> 13;
  return hash & hotpix_shape_white (&self->frame.shape);
}

static gboolean
fake_frame_rewind (HotpixFrame *frame, GError **error)
{
  FakeFrame *self = (FakeFrame *) frame;

  g_assert_true (self->is_open);
  self->next_row = 0;
  if (!self->fail_to_rewind)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, self->rewind_code, "cannot be rewound");
  return FALSE;
}

static gboolean
fake_frame_open (HotpixFrame *frame, GError **error)
{
  FakeFrame *self = (FakeFrame *) frame;

  g_assert_false (self->is_open);
  if (self->fail_to_open || self->opens_left == 0)
    {
      g_set_error (error, HOTPIX_ERROR, self->code, "cannot be opened");
      return FALSE;
    }
  self->opens_left -= self->opens_left != G_MAXUINT;
  self->is_open = TRUE;
  self->next_row = 0;
  return TRUE;
}

static gboolean
fake_frame_read (HotpixFrame *frame, guint n_rows, gpointer rows, GError **error)
{
  FakeFrame *self = (FakeFrame *) frame;
  const HotpixShape *shape = &frame->shape;
  gsize i = 0;

  if (self->read_time > 0)
    g_usleep (self->read_time);
  g_assert_true (self->is_open);
  g_assert_cmpuint (self->next_row + n_rows, <=, shape->height);
  for (guint row = 0; row < n_rows; row++, self->next_row++)
    {
      if (self->next_row == self->fail_at_row)
        {
          g_set_error (error, HOTPIX_ERROR, self->code, "broke at row %u", self->next_row);
          return FALSE;
        }
      for (guint x = 0; x < shape->width; x++)
        for (guint channel = 0; channel < shape->channels; channel++, i++)
          {
            guint sample = fake_frame_sample (self, x, self->next_row, channel);

            if (shape->bits == 8)
              ((guint8 *) rows)[i] = (guint8) sample;
            else
              ((guint16 *) rows)[i] = (guint16) sample;
          }
    }
  return TRUE;
}

static void
fake_frame_close (HotpixFrame *frame)
{
  FakeFrame *self = (FakeFrame *) frame;

  g_assert_true (self->is_open);
  self->is_open = FALSE;
}

static void
fake_frame_free (HotpixFrame *frame)
{
  g_assert_false (((FakeFrame *) frame)->is_open);
  g_free (frame);
}

static const HotpixFrameClass fake_frame_class = {
  fake_frame_open, fake_frame_read, fake_frame_rewind, fake_frame_close, fake_frame_free,
};

FakeFrame *
fake_frame_new (const HotpixShape *shape, guint32 seed)
{
  FakeFrame *self = g_new0 (FakeFrame, 1);

  self->frame.frame_class = &fake_frame_class;
  self->frame.name = g_strdup_printf ("fake %u", seed);
  self->frame.shape = *shape;
  self->seed = seed;
  self->fail_at_row = G_MAXUINT;
  self->opens_left = G_MAXUINT;
  self->code = HOTPIX_ERROR_DAMAGED;
  self->rewind_code = HOTPIX_ERROR_READ;
  return self;
}
