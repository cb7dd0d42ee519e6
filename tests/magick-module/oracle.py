# SPDX-License-Identifier: GPL-3.0-or-later
"""What a variance image must hold, worked out another way: decoded by Pillow, computed by NumPy."""

import re

import numpy
import PIL.Image


def decode(path):
    """rows x columns x channels of 8-bit samples."""
    samples = numpy.asarray(PIL.Image.open(path))
    return samples if samples.ndim == 3 else samples[:, :, numpy.newaxis]


def variance_of(frames, white=255):
    """Population variance in units of white squared: two passes in float64. `frames` can be walked
    twice."""
    mean = 0.0
    count = 0
    for frame in frames:
        mean = mean + frame
        count += 1
    mean /= count
    total = 0.0
    for frame in frames:
        total = total + (frame - mean) ** 2
    return total / count / white**2


class Files:
    """Frames that are decoded anew at each walk, so that a large set needs little memory."""

    def __init__(self, paths):
        self.paths = list(paths)

    def __iter__(self):
        return map(decode, self.paths)


def read_pnm(data):
    """rows x columns x channels of a binary PGM or PPM."""
    header = re.match(rb"(P[56])\s+(\d+)\s+(\d+)\s+(\d+)\s", data)
    if header is None:
        raise AssertionError(f"no binary PGM or PPM: {data[:20]!r}")
    channels = {b"P5": 1, b"P6": 3}[header[1]]
    width, height, white = (int(field) for field in header.groups()[1:])
    sample = ">u2" if white > 255 else "u1"
    return numpy.frombuffer(data, sample, width * height * channels, header.end()).reshape(
        height, width, channels
    )


def largest_distance(image, expected):
    """In steps of 16 bits, between an image of 16-bit samples and values from 0 to 1."""
    if image.shape != expected.shape:
        raise AssertionError(f"{image.shape} is not {expected.shape}")
    return numpy.abs(image - expected * 65535).max()


def evidence_steps(frame):
    """The steps of evidence of one frame, as core/sums/evidence-kernel-private.h defines them, in units of 8 bits:
    rows x columns x channels of integers."""
    height, width = frame.shape[:2]
    # The frame is mirrored about each sample, not about the edge.
    rows, columns = (
        [
            [i - 2 if i >= 2 else i + 2 for i in range(size)],
            list(range(size)),
            [i + 2 if i + 2 < size else i - 2 for i in range(size)],
        ]
        for size in (height, width)
    )
    ring = numpy.sort(
        [
            frame[numpy.ix_(rows[i], columns[k])].astype(int)
            for i in range(3)
            for k in range(3)
            if (i, k) != (1, 1)
        ],
        axis=0,
    )
    distance = 2 * frame.astype(int) - ring[3] - ring[4]
    steps = numpy.minimum(2 * abs(distance) // (4 + ring[7] - ring[0]), 8)
    return numpy.sign(distance) * steps
