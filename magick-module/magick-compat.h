/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* ImageMagick 7 and 6 under one set of names. Every difference between them that concerns this module
 * is here, and nowhere else.
 *
 * Samples pass as 16 bits, channel after channel, 1 (grey) or 3 (colour) a pixel and no alpha.
 */

#if __has_include(<MagickCore/MagickCore.h>)
#  define HOTPIX_MAGICK 7
#  include <MagickCore/MagickCore.h>
#else
#  define HOTPIX_MAGICK 6
#  include <magick/MagickCore.h>
#endif

#include <glib.h>

#include "base/text.h"

#ifdef __GLIBC__
#  include <malloc.h>
#endif

#if MAGICKCORE_QUANTUM_DEPTH != 16
#  error "the hotpix module is for ImageMagick builds of 16 bits a quantum"
#endif

/* The kind of quantum that this is built for, as ImageMagick names it. */
#if MAGICKCORE_HDRI_ENABLE
#  define MAGICK_COMPAT_QUANTUM "Q16 HDRI"
#else
#  define MAGICK_COMPAT_QUANTUM "Q16"
#endif

/* After many small pieces were freed: the C library keeps free memory that lies between used pieces. */
static inline void
magick_compat_give_memory_back (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

/* A quantum of 16 bits is the sample itself. An HDRI build's is a float that can lie between
 * two samples or out of range: it is rounded, and clipped to black and white. */
static inline guint16
magick_compat_to_sample (Quantum quantum)
{
#if MAGICKCORE_HDRI_ENABLE
  return quantum > 0 ? (guint16) MIN (quantum + 0.5, 65535.0) : 0;
#else
  return quantum;
#endif
}

#if HOTPIX_MAGICK == 7

typedef Quantum MagickPixels;

/* Flags of options: of those that work on each image, and of those that work on the list. */
#  define MAGICK_COMPAT_SIMPLE_OPERATOR SimpleOperatorFlag
#  define MAGICK_COMPAT_LIST_OPERATOR (ListOperatorFlag | SpecialOptionFlag)

/* Bytes of a pixel in ImageMagick's memory, with or without alpha. */
static inline gsize
magick_compat_pixel_bytes (const Image *image)
{
  return GetPixelChannels (image) * sizeof (Quantum);
}

static inline guint
magick_compat_pixel_stride (const Image *image)
{
  return (guint) GetPixelChannels (image);
}

static inline Quantum
magick_compat_get (const Image *image, const MagickPixels *pixel, guint channel)
{
  return channel == 0   ? GetPixelRed (image, pixel)
         : channel == 1 ? GetPixelGreen (image, pixel)
                        : GetPixelBlue (image, pixel);
}

static inline void
magick_compat_set (const Image *image, MagickPixels *pixel, const Quantum rgb[3])
{
  SetPixelRed (image, rgb[0], pixel);
  SetPixelGreen (image, rgb[1], pixel);
  SetPixelBlue (image, rgb[2], pixel);
}

/* Sets one channel of a pixel, or all of them with channel 3, and leaves alpha as it is. */
static inline void
magick_compat_set_channel (const Image *image, MagickPixels *pixel, guint channel,
                           Quantum quantum)
{
  if (channel == 0 || channel == 3)
    SetPixelRed (image, quantum, pixel);
  if (channel == 1 || channel == 3)
    SetPixelGreen (image, quantum, pixel);
  if (channel == 2 || channel == 3)
    SetPixelBlue (image, quantum, pixel);
}

/* Pixels of their own for an image that has them from a palette. */
static inline gboolean
magick_compat_make_direct (Image *image, ExceptionInfo *exception)
{
  return SetImageStorageClass (image, DirectClass, exception) != MagickFalse;
}

static inline gboolean
magick_compat_make_rgb (Image *image, ExceptionInfo *exception)
{
  return TransformImageColorspace (image, sRGBColorspace, exception) != MagickFalse;
}

static inline Image *
magick_compat_canvas (gsize width, gsize height, ColorspaceType colorspace,
                      ExceptionInfo *exception)
{
  Image *image = AcquireImage (NULL, exception);

  if (image == NULL)
    return NULL;
  if (SetImageExtent (image, width, height, exception) != MagickFalse
      && SetImageColorspace (image, colorspace, exception) != MagickFalse
      && SetImageStorageClass (image, DirectClass, exception) != MagickFalse)
    return image;
  return DestroyImage (image);
}

static inline void
magick_compat_set_property (Image *image, const gchar *name, const gchar *value,
                            ExceptionInfo *exception)
{
  (void) SetImageProperty (image, name, value, exception);
}

/* ImageMagick 7 writes nothing after an error. */
static inline void
magick_compat_end_before_writing (ExceptionInfo *exception)
{
  (void) exception;
}

#else

typedef PixelPacket MagickPixels;

#  define MAGICK_COMPAT_SIMPLE_OPERATOR SimpleOperatorOptionFlag
#  define MAGICK_COMPAT_LIST_OPERATOR ListOperatorOptionFlag

static inline gsize
magick_compat_pixel_bytes (const Image *image)
{
  (void) image;
  return sizeof (PixelPacket);
}

static inline guint
magick_compat_pixel_stride (const Image *image)
{
  (void) image;
  return 1;
}

static inline Quantum
magick_compat_get (const Image *image, const MagickPixels *pixel, guint channel)
{
  (void) image;
  return channel == 0 ? GetPixelRed (pixel)
         : channel == 1 ? GetPixelGreen (pixel)
                        : GetPixelBlue (pixel);
}

static inline void
magick_compat_set (const Image *image, MagickPixels *pixel, const Quantum rgb[3])
{
  (void) image;
  SetPixelRed (pixel, rgb[0]);
  SetPixelGreen (pixel, rgb[1]);
  SetPixelBlue (pixel, rgb[2]);
  SetPixelOpacity (pixel, OpaqueOpacity);
}

/* Sets one channel of a pixel, or all of them with channel 3, and leaves alpha as it is. */
static inline void
magick_compat_set_channel (const Image *image, MagickPixels *pixel, guint channel,
                           Quantum quantum)
{
  (void) image;
  if (channel == 0 || channel == 3)
    SetPixelRed (pixel, quantum);
  if (channel == 1 || channel == 3)
    SetPixelGreen (pixel, quantum);
  if (channel == 2 || channel == 3)
    SetPixelBlue (pixel, quantum);
}

/* Pixels of their own for an image that has them from a palette. */
static inline gboolean
magick_compat_make_direct (Image *image, ExceptionInfo *exception)
{
  (void) exception;
  return SetImageStorageClass (image, DirectClass) != MagickFalse;
}

static inline gboolean
magick_compat_make_rgb (Image *image, ExceptionInfo *exception)
{
  (void) exception;
  return TransformImageColorspace (image, sRGBColorspace) != MagickFalse;
}

static inline Image *
magick_compat_canvas (gsize width, gsize height, ColorspaceType colorspace,
                      ExceptionInfo *exception)
{
  Image *image = AcquireImage (NULL);

  if (image == NULL)
    return NULL;
  if (SetImageExtent (image, width, height) != MagickFalse
      && SetImageColorspace (image, colorspace) != MagickFalse
      && SetImageStorageClass (image, DirectClass) != MagickFalse)
    return image;
  InheritException (exception, &image->exception);
  return DestroyImage (image);
}

static inline void
magick_compat_set_property (Image *image, const gchar *name, const gchar *value,
                            ExceptionInfo *exception)
{
  (void) exception;
  (void) SetImageProperty (image, name, value);
}

/* After an error ImageMagick 6 goes on and writes what the image list holds, over whatever
 * stands there. Only a fatal error ends it first: the program reports it and exits with
 * status 1. */
static inline void
magick_compat_end_before_writing (ExceptionInfo *exception)
{
  (void) ThrowException (exception, FatalErrorException, _ ("hotpix: nothing is written"),
                         NULL);
  CatchException (exception);
}

#endif
