# SPDX-License-Identifier: GPL-3.0-or-later
"""PNGs of every kind, written byte by byte: what is in them does not depend on another program."""

import struct
import zlib

import numpy

GREY, RGB, PALETTE, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGB_ALPHA: 4}

# Where each pass of an interlaced picture starts, and its steps: x, y, right, down.
PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)


def chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def pack_rows(samples, bits):
    """rows x columns x channels of whole numbers, as they stand before they are compressed."""
    rows = []
    for row in samples.reshape(samples.shape[0], -1):
        if bits == 16:
            packed = row.astype(">u2").tobytes()
        else:
            single = (row[:, numpy.newaxis] >> numpy.arange(bits - 1, -1, -1)) & 1
            packed = numpy.packbits(single.astype(numpy.uint8)).tobytes()
        rows.append(b"\0" + packed)
    return b"".join(rows)


def encode(samples, bits, colour_type, before=(), behind=(), interlaced=False):
    """before, behind: pairs of a chunk's name and data, on either side of the picture's."""
    height, width = samples.shape[:2]
    kind = struct.pack(">2I5B", width, height, bits, colour_type, 0, 0, interlaced)
    parts = [samples[y::down, x::right] for x, y, right, down in PASSES] if interlaced else [samples]
    data = zlib.compress(b"".join(pack_rows(part, bits) for part in parts if part.size))
    chunks = [(b"IHDR", kind), *before]
    chunks += [(b"IDAT", data[i : i + 1000]) for i in range(0, len(data), 1000)]
    chunks += [*behind, (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


def random_samples(random, shape, bits, colour_type, colours=0):
    size = (*shape, CHANNELS[colour_type])
    return random.integers(0, colours or 1 << bits, size).astype(int)


def kinds():
    """Each kind by name: bits, colour type, number of colours, chunks before the picture, and whether it is
    interlaced."""
    palette = bytes((11 + 29 * i) % 256 for i in range(3 * 256))
    grey_palette = bytes(i for i in range(256) for _ in range(3))
    gamma = (b"gAMA", struct.pack(">I", 100000))
    profile = zlib.compress(bytes(200))
    found = {}
    for bits in (1, 2, 4, 8, 16):
        found[f"grey-{bits}"] = (bits, GREY, 0, (), False)
    for bits in (1, 2, 4, 8):
        n = (1 << bits) - (bits > 1)
        found[f"palette-{bits}"] = (bits, PALETTE, n, ((b"PLTE", palette[: 3 * n]),), False)
    for bits in (8, 16):
        found[f"rgb-{bits}"] = (bits, RGB, 0, (), False)
        found[f"grey-alpha-{bits}"] = (bits, GREY_ALPHA, 0, (), False)
        found[f"rgb-alpha-{bits}"] = (bits, RGB_ALPHA, 0, (), False)
        found[f"linear-{bits}"] = (bits, RGB, 0, (gamma,), False)
        found[f"linear-grey-{bits}"] = (bits, GREY, 0, (gamma,), False)
        found[f"key-{bits}"] = (bits, RGB, 0, ((b"tRNS", bytes((0, 7) * 3)),), False)
        found[f"interlaced-{bits}"] = (bits, RGB, 0, (), True)
    found["grey-palette"] = (8, PALETTE, 256, ((b"PLTE", grey_palette),), False)
    transparent = ((b"PLTE", palette), (b"tRNS", bytes(range(0, 200, 2))))
    found["transparent-palette"] = (8, PALETTE, 256, transparent, False)
    found["interlaced-palette"] = (4, PALETTE, 16, ((b"PLTE", palette[:48]),), True)
    found["interlaced-grey"] = (2, GREY, 0, (), True)
    found["grey-key"] = (8, GREY, 0, ((b"tRNS", b"\0\7"),), False)
    found["significant-bits"] = (16, RGB, 0, ((b"sBIT", b"\x0a\x0c\x0a"),), False)
    found["profile"] = (16, RGB, 0, ((b"iCCP", b"nobody's\0\0" + profile),), False)
    found["srgb"] = (8, RGB, 0, ((b"sRGB", b"\0"), (b"gAMA", struct.pack(">I", 45455))), False)
    found["background"] = (8, RGB_ALPHA, 0, ((b"bKGD", bytes((0, 9) * 3)),), False)
    return found
