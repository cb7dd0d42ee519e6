# SPDX-License-Identifier: GPL-3.0-or-later
"""HEIC and AVIF files that ask for a turn (ISO/IEC 14496-12, 23008-12)."""

import struct

FULL_BOX = 4  # bytes of version and flags


def boxes(data, start, end):
    """Type, start of its head, start and end of its content, of each box in a part of the file."""
    while start < end:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        yield kind, start, start + 8, start + size
        start += size


def find(data, *path):
    """Where the box is that lies in those before it: starts of head and content, end."""
    start, end = 0, len(data)
    for kind in path:
        found = next(box for box in boxes(data, start, end) if box[0] == kind)
        _, head, start, end = found
        if kind == b"meta":
            start += FULL_BOX
    return head, start, end


def grow(data, head, length):
    size = struct.unpack(">I", data[head : head + 4])[0] + length
    return data[:head] + struct.pack(">I", size) + data[head + 4 :]


def with_property(data, box):
    """With one more property at the end of the list. Returns the file and the property's number."""
    head, start, end = find(data, b"meta", b"iprp", b"ipco")
    number = 1 + len(list(boxes(data, start, end)))
    data = data[:end] + box + data[end:]
    data = grow(data, head, len(box))
    for path in ((b"meta",), (b"meta", b"iprp")):
        data = grow(data, find(data, *path)[0], len(box))
    return data, number


def with_association(data, number):
    """Gives the property to the first item that has any: the picture."""
    head, start, _ = find(data, b"meta", b"iprp", b"ipma")
    # Version 0 has item numbers of two bytes; without flags, properties have one.
    assert data[start : start + FULL_BOX] == bytes(FULL_BOX)
    at = start + FULL_BOX + 4 + 2
    n = data[at]
    end = at + 1 + n
    data = data[:at] + bytes([n + 1]) + data[at + 1 : end] + bytes([number | 0x80]) + data[end:]
    data = grow(data, head, 1)
    for path in ((b"meta",), (b"meta", b"iprp")):
        data = grow(data, find(data, *path)[0], 1)
    return data


def with_offsets(data, length):
    """Items lie behind the boxes that have grown by this length."""
    _, start, _ = find(data, b"meta", b"iloc")
    version = data[start]
    sizes = data[start + FULL_BOX]
    base_size = data[start + FULL_BOX + 1] >> 4
    assert version <= 1 and sizes == 0x44
    (n,) = struct.unpack(">H", data[start + FULL_BOX + 2 : start + FULL_BOX + 4])
    at = start + FULL_BOX + 4
    for _ in range(n):
        at += 2 + (2 if version == 1 else 0) + 2 + base_size
        (extents,) = struct.unpack(">H", data[at : at + 2])
        at += 2
        for _ in range(extents):
            (offset,) = struct.unpack(">I", data[at : at + 4])
            data = data[:at] + struct.pack(">I", offset + length) + data[at + 4 :]
            at += 8
    return data


def turned(data, quarters):
    """The file with a rotation property: so many quarters against the clock."""
    box = struct.pack(">I4sB", 9, b"irot", quarters)
    turned_data, number = with_property(data, box)
    turned_data = with_association(turned_data, number)
    return with_offsets(turned_data, len(turned_data) - len(data))
