# SPDX-License-Identifier: GPL-3.0-or-later
"""JPEGs with an EXIF block of a test's own."""

import struct

# Name: whether it stands in the Exif directory, tag, type.
ASCII, SHORT, RATIONAL, UNDEFINED = 2, 3, 5, 7
FIELDS = {
    "processing_software": (False, 0x000B, ASCII),
    "make": (False, 0x010F, ASCII),
    "model": (False, 0x0110, ASCII),
    "orientation": (False, 0x0112, SHORT),
    "software": (False, 0x0131, ASCII),
    "comment": (True, 0x9286, UNDEFINED),
    "focal_length": (True, 0x920A, RATIONAL),
    "custom_rendered": (True, 0xA401, SHORT),
    "digital_zoom": (True, 0xA404, RATIONAL),
    "serial": (True, 0xA431, ASCII),
    "lens": (True, 0xA434, ASCII),
}
EXIF_DIRECTORY, LONG = 0x8769, 4


def value_of(kind, value):
    """How many there are, and their bytes."""
    if kind == SHORT:
        return 1, struct.pack("<H", value)
    if kind == RATIONAL:
        return 1, struct.pack("<2I", round(value * 1000), 1000)
    data = value.encode() + (b"\0" if kind == ASCII else b"")
    return len(data), data


def directory(entries, start):
    """The bytes of a directory at `start` of the block, and its values behind it."""
    head = struct.pack("<H", len(entries))
    end = start + 2 + 12 * len(entries) + 4
    values = b""
    for tag, kind, count, data in sorted(entries):
        if len(data) > 4:
            place = struct.pack("<I", end + len(values))
            values += data + bytes(len(data) % 2)
        else:
            place = data + bytes(4 - len(data))
        head += struct.pack("<HHI", tag, kind, count) + place
    return head + bytes(4) + values


def make(**fields):
    """An EXIF block as a TIFF file, without JPEG's start before it."""
    parts = ([], [])
    for name, value in fields.items():
        in_exif, tag, kind = FIELDS[name]
        parts[in_exif].append((tag, kind, *value_of(kind, value)))
    main, exif = parts
    main.append((EXIF_DIRECTORY, LONG, 1, bytes(4)))
    start = 8 + len(directory(main, 8))
    main[-1] = (EXIF_DIRECTORY, LONG, 1, struct.pack("<I", start))
    return b"II*\0" + struct.pack("<I", 8) + directory(main, 8) + directory(exif, start)


def put(jpeg, block):
    """A JPEG's bytes with this block, or with none where it is None, in place of what it had."""
    at, kept = 2, b""
    while jpeg[at + 1] != 0xDA:
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] != 0xE1:
            kept += jpeg[at : at + length]
        at += length
    segment = b""
    if block is not None:
        data = b"Exif\0\0" + block
        segment = b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data
    return jpeg[:2] + segment + kept + jpeg[at:]
