# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed JPEGs in sets of 50 with good photos between them: every run ends, each photo is counted
or named, the good ones always count, and the sums are exactly those of what was counted.

HOTPIX_MALFORMED=5000 says how many; they are the same in every run."""

import io
import os
import random
import struct
import unittest

import PIL.Image

import host
import oracle
import tap

HOST = host.Host()
SET = 50
COUNT = int(os.environ.get("HOTPIX_MALFORMED", "300" if host.SANITIZER else "1000"))


setUpModule = HOST.require
tearDownModule = HOST.close


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


class Malformed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        size = ("--width=96", "--height=64")
        cls.good = host.simulate(cls.folder / "good", *size, "--frames=8")
        cls.seeds = []
        for path in host.simulate(cls.folder / "seeds", *size, "--frames=9", "--serial=0001"):
            data = path.read_bytes()
            cls.seeds.append(data)
            image = PIL.Image.open(io.BytesIO(data))
            ways = (
                {"progressive": True},
                {"subsampling": 2},
                {"optimize": True, "quality": 30},
            )
            for options in ways:
                stream = io.BytesIO()
                image.save(stream, "JPEG", exif=image.info["exif"], **options)
                cls.seeds.append(stream.getvalue())
            stream = io.BytesIO()
            image.convert("L").save(stream, "JPEG", progressive=True)
            cls.seeds.append(stream.getvalue())

    def make_set(self, number):
        """Paths of a set: malformed photos, with a good one after every seventh."""
        folder = self.folder / f"set-{number}"
        folder.mkdir()
        good, paths = list(self.good), []
        for i in range(SET):
            chance = random.Random(number * SET + i)
            data = bytearray(chance.choice(self.seeds))
            for _ in range(chance.choice((1, 1, 1, 2, 4))):
                if len(data) > 4:
                    chance.choice(CHANGES)(data, chance)
            path = folder / f"{i:02}.JPG"
            path.write_bytes(data)
            paths.append(path)
            if i % 7 == 6:
                paths.append(good.pop())
        return [*paths, *good]

    def pictures(self, paths):
        """By a list: mean and variance of the paths' photos as written, and what was said."""
        names = "\n".join(map(str, paths)).encode()
        pictures, messages = [], ""
        for picture in ("mean", "variance"):
            words = ("xc:", "-process", f"hotpix files=@- threads=2 image={picture}")
            run = HOST.run(*words, "-depth", "16", "pnm:-", stdin=names)
            self.assertEqual(run.status, 0, run.messages)
            pictures.append(run.output)
            messages = run.messages
        return pictures, messages

    def test_listed(self):
        n_counted = n_left_out = 0
        for number in range(COUNT // SET):
            paths = self.make_set(number)
            pictures, messages = self.pictures(paths)
            counted = [path for path in paths if f"left out: {path} " not in messages]
            with self.subTest(set=number):
                self.assertLessEqual(set(self.good), set(counted))
                self.assertEqual(pictures, self.pictures(counted)[0])
            n_counted += len(counted) - len(self.good)
            n_left_out += len(paths) - len(counted)
        print(f"# {n_left_out} malformed photos left out, {n_counted} counted")
        self.assertGreater(n_left_out, COUNT // 3)

    def without_errors(self, paths, run):
        """The paths but for those that ImageMagick says an error of, and stopped at."""
        errors = "\n".join(line for line in run.messages.splitlines() if "@ error/" in line)
        left = [path for path in paths if str(path) not in errors]
        self.assertLess(len(left), len(paths), run.messages)
        return left

    def test_pinged(self):
        """ImageMagick reads the headers first. What version 6 cannot read it drops, and the module tells
        of it by the command line; version 7 stops before the module is asked."""
        out = self.folder / "out.pnm"
        n_stops = n_photos = 0
        for number in range(COUNT // SET):
            paths = self.make_set(number + 1000000)
            out.write_bytes(b"an older result")
            words = ("-process", "hotpix image=mean", "-depth", "16", out)
            run = HOST.run("-ping", *paths, *words)
            with self.subTest(set=number):
                self.assertIn(run.status, (0, 1), run.messages)
                while host.VERSION == 7 and out.read_bytes() == b"an older result":
                    n_stops += 1
                    paths = self.without_errors(paths, run)
                    run = HOST.run("-ping", *paths, *words)
                counted = [path for path in paths if f"left out: {path} " not in run.messages]
                self.assertLessEqual(set(self.good), set(counted))
                self.assertEqual(out.read_bytes(), self.pictures(counted)[0][0])
                n_photos += len(paths) - len(self.good)
        print(
            f"# {n_photos} malformed photos pinged; ImageMagick stopped {n_stops} times first"
        )

    def test_the_good_ones_alone(self):
        """By another decoder and other arithmetic."""
        expected = 4 * oracle.variance_of(oracle.Files(self.good))
        picture = oracle.read_pnm(self.pictures(self.good)[0][1])
        self.assertLessEqual(oracle.largest_distance(picture, expected), 1)


if __name__ == "__main__":
    tap.main()
