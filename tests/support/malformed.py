# SPDX-License-Identifier: GPL-3.0-or-later
"""JPEGs made malformed in many ways, the same ones in every run."""

import io
import random
import struct

import PIL.Image

SET = 50


def segments(data):
    """The places of a JPEG's markers, up to the end of its first scan's header."""
    at, places = 2, []
    while at + 4 <= len(data) and data[at] == 0xFF:
        places.append(at)
        if data[at + 1] == 0xDA:
            break
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return places


def scans(data):
    """The places where scans begin, and the end of the last."""
    places = [i for i in range(len(data) - 1) if data[i] == 0xFF and data[i + 1] == 0xDA]
    return [*places, len(data) - 2]


def change_header(data, chance):
    """A field of a segment of the header, its length among them."""
    at = chance.choice(segments(data) or [0])
    length = struct.unpack(">H", data[at + 2 : at + 4])[0]
    place = min(at + chance.randrange(1, max(min(2 + length, 40), 2)), len(data) - 1)
    data[place] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256), data[place] ^ 1))


def change_size(data, chance):
    """The size that the frame's header claims."""
    for at in segments(data):
        if data[at + 1] in (0xC0, 0xC1, 0xC2):
            size = [chance.choice((0, 1, 64, 96, 4000, 16000, 65500)) for _ in range(2)]
            data[at + 5 : at + 9] = struct.pack(">HH", *size)


def change_marker(data, chance):
    at = chance.choice(segments(data) or [0])
    data[at + 1] = chance.choice(
        (0xC4, 0xD8, 0xD9, 0xDB, 0xDD, 0xC9, 0x00, chance.randrange(256))
    )


def move_segment(data, chance):
    """A segment taken out, doubled, or put elsewhere."""
    places = segments(data)
    if len(places) < 2:
        return
    i = chance.randrange(len(places) - 1)
    segment = data[places[i] : places[i + 1]]
    if chance.random() < 0.7:
        del data[places[i] : places[i + 1]]
    if chance.random() < 0.7:
        at = chance.choice(segments(data) or [2])
        data[at:at] = segment * chance.choice((1, 1, 2, 50))


def cut(data, chance):
    del data[chance.randrange(len(data)) :]
    if chance.random() < 0.3:
        data += b"\xff\xd9"


def change_exif(data, chance):
    """Bytes of the Exif block."""
    start = data.find(b"Exif\0\0")
    if start < 0:
        return
    for _ in range(chance.randrange(1, 20)):
        place = start + chance.randrange(200)
        if place < len(data):
            data[place] = chance.choice((0, 0xFF, chance.randrange(256)))


def change_scans(data, chance):
    """Scans taken out, doubled, in another order, or there thousands of times."""
    places = scans(data)
    if len(places) < 3:
        return
    i, k = chance.randrange(len(places) - 1), chance.randrange(len(places) - 1)
    scan = data[places[i] : places[i + 1]]
    what = chance.randrange(4)
    if what == 0:
        del data[places[i] : places[i + 1]]
    elif what == 1:
        data[places[k] : places[k]] = scan
    elif what == 2:
        data[places[k] : places[k]] = scan * chance.choice((10, 90, 5000))
    else:
        data[places[k] : places[k]] = data[places[k] : places[k]] + scan
        del data[places[i] : places[i + 1]]


def change_samples(data, chance):
    """Bits and bytes anywhere, most of which are entropy-coded samples."""
    for _ in range(chance.choice((1, 1, 5, 50))):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    if chance.random() < 0.2:
        at = chance.randrange(len(data) + 1)
        data[at:at] = chance.randbytes(chance.choice((1, 2, 300)))


CHANGES = (
    change_header,
    change_size,
    change_marker,
    move_segment,
    cut,
    change_exif,
    change_scans,
    change_samples,
)


def seeds(photos):
    """Each of the photos, and it again progressive, otherwise sampled, in few bytes, and grey."""
    found = []
    for path in photos:
        data = path.read_bytes()
        found.append(data)
        image = PIL.Image.open(io.BytesIO(data))
        ways = ({"progressive": True}, {"subsampling": 2}, {"optimize": True, "quality": 30})
        for options in ways:
            stream = io.BytesIO()
            image.save(stream, "JPEG", exif=image.info["exif"], **options)
            found.append(stream.getvalue())
        stream = io.BytesIO()
        image.convert("L").save(stream, "JPEG", progressive=True)
        found.append(stream.getvalue())
    return found


def make_set(folder, number, originals, good):
    """Paths of a set in a folder to be: malformed photos, with a good one after every seventh."""
    folder.mkdir()
    good, paths = list(good), []
    for i in range(SET):
        chance = random.Random(number * SET + i)
        data = bytearray(chance.choice(originals))
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            if len(data) > 4:
                chance.choice(CHANGES)(data, chance)
        path = folder / f"{i:02}.JPG"
        path.write_bytes(data)
        paths.append(path)
        if i % 7 == 6 and good:
            paths.append(good.pop())
    return [*paths, *good]
