# SPDX-License-Identifier: GPL-3.0-or-later
"""The core's own reading of PNGs against this ImageMagick's: the same samples, bit for bit, of every kind."""

import unittest

import numpy

import host
import png_files
import tap

HOST = host.Host()
SHAPE = (23, 37)

setUpModule = HOST.require
tearDownModule = HOST.close


class Pngs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        cls.random = numpy.random.default_rng(4)

    def write(self, name, kind, behind=()):
        bits, colour_type, colours, before, interlaced = kind
        samples = png_files.random_samples(self.random, SHAPE, bits, colour_type, colours)
        path = self.folder / name
        data = png_files.encode(samples, bits, colour_type, before, behind, interlaced)
        path.write_bytes(data)
        return path

    def picture(self, paths, *, is_core, process=""):
        """As hotpix makes it of what ImageMagick has decoded, or of what the core reads."""
        process = f"hotpix count-again=yes {process}"
        if is_core:
            words = ("xc:", "-process", process + "".join(f" files={path}" for path in paths))
        else:
            words = (*paths, "-process", process)
        run = HOST.run(*words, "-depth", "16", "pnm:-")
        self.assertEqual(run.status, 0, run.messages)
        # ImageMagick 7 warns of a profile that is none.
        if is_core:
            self.assertEqual(run.messages, "")
        return run.output

    def test_every_kind_has_the_samples_that_imagemagick_reads(self):
        for name, kind in png_files.kinds().items():
            with self.subTest(name):
                paths = [self.write(f"{name}-{i}.png", kind) for i in range(3)]
                for process in ("", "image=mean"):
                    ours = self.picture(paths, is_core=True, process=process)
                    self.assertEqual(ours, self.picture(paths, is_core=False, process=process))
                # Of one photo alone the mean is the photo: a constant would pass the variance.
                ours = self.picture(paths[:1] * 2, is_core=True, process="image=mean")
                theirs = self.picture(paths[:1] * 2, is_core=False, process="image=mean")
                self.assertEqual(ours, theirs)

    def test_what_is_damaged_is_left_out_and_named(self):
        kind = png_files.kinds()["rgb-8"]
        good = [self.write(f"good-{i}.png", kind) for i in range(3)]
        data = good[0].read_bytes()
        middle = data.index(b"IDAT", len(data) // 2) + 10
        end = data.index(b"IEND") - 4
        damaged = {
            "cut.png": data[: len(data) // 2],
            "no-end.png": data[:end],
            "changed.png": data[:middle] + bytes([data[middle] ^ 4]) + data[middle + 1 :],
            "signature.png": data[:8],
            "less.png": png_files.encode(numpy.zeros((3, 37, 3), int), 8, png_files.RGB)[:33]
            + data[33:end],
        }
        for name, content in damaged.items():
            (self.folder / name).write_bytes(content)
        paths = [*good, *(self.folder / name for name in damaged)]
        place = self.folder / "left-out.tsv"
        files = "".join(f" files={path}" for path in paths)
        process = f"hotpix left-out={place}{files}"
        run = HOST.run("xc:", "-process", process, "-depth", "16", "pnm:-")
        self.assertEqual(run.status, 0, run.messages)
        self.assertEqual(run.output, self.picture(good, is_core=True))
        left_out = host.read_left_out(place)
        self.assertEqual(set(left_out), {str(self.folder / name) for name in damaged})
        for reason in left_out.values():
            self.assertIn("is damaged or cut short", reason)

    def test_the_camera_of_a_png_is_known(self):
        """By its own chunk, which ImageMagick writes, on either side of the picture."""
        size = ("--width=64", "--height=48", "--defects=5")
        photos = host.simulate(self.folder / "one", "--frames=2", *size)
        others = host.simulate(self.folder / "other", "--frames=3", "--seed=2", *size)
        pngs = []
        for photo in [*photos, *others]:
            pngs.append(photo.with_suffix(".png"))
            self.assertEqual(HOST.run(photo, pngs[-1]).status, 0)
        data = pngs[-1].read_bytes()
        start = data.find(b"eXIf") - 4
        if start > 0:
            length = 12 + int.from_bytes(data[start : start + 4], "big")
            end = data.index(b"IEND") - 4
            exif = data[start : start + length]
            moved = data[:start] + data[start + length : end] + exif + data[end:]
            pngs[-1].write_bytes(moved)
        files = "".join(f" files={path}" for path in pngs)
        run = HOST.run("xc:", "-process", f"hotpix{files}", "-print", "%[hotpix:frames]", "null:")
        self.assertEqual((run.status, run.output), (0, b"3"), run.messages)
        self.assertIn("2 photos not by Simulated Camera, serial 0002", run.messages)


if __name__ == "__main__":
    tap.main()
