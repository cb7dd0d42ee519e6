# SPDX-License-Identifier: GPL-3.0-or-later
"""The same frames give the same list, byte for byte, through GIMP and through ImageMagick."""

import unittest

import host as magick_host
import tap
from gimp_host import Host, quote, stack

ISS = magick_host.PHOTOS / "iss"
LAYERS = 6  # of so many photos; each layer is as large as its photo


class SameList(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = cls.enterClassContext(Host())
        cls.magick = magick_host.Host()
        cls.addClassCleanup(cls.magick.close)
        cls.magick.require()
        cls.photos = sorted(ISS.glob("*.jpeg"))

    def setUp(self):
        if not self.photos:
            self.skipTest("the shared photos are not here")

    def lists(self, script, paths):
        """By GIMP and by ImageMagick."""
        names = self.host.folder / "names.txt"
        names.write_text("".join(f"{path}\n" for path in paths))
        by_gimp, said = self.host.run(
            f"{script} (display (list-of image) out) (gimp-image-delete image))"
        )
        by_magick = self.host.folder / "list.tsv"
        words = f"hotpix files=@{names} list={by_magick}"
        done = self.magick.run("xc:", "-process", words, "null:")
        self.assertEqual(done.status, 0, done.messages)
        self.assertIn("# hotpix: ", by_gimp, said)
        return by_gimp, by_magick.read_text()

    def test_of_real_photos(self):
        options = "1.0 3 12 FALSE 0 FALSE"
        script = f"(let ((image (car (find-in-photos (list {quote(ISS)}) {options}))))"
        by_gimp, by_magick = self.lists(script, self.photos)
        self.assertEqual(by_gimp, by_magick)
        self.assertGreaterEqual(len(by_gimp.splitlines()), 14)

    def as_layer(self, photo, depth):
        """A PNG that tells no camera. Blurring fills all of 16 bits."""
        layer = self.host.folder / f"{photo.stem}-{depth}.png"
        fine = [] if depth == 8 else ["-blur", "0x0.7"]
        made = self.magick.run(photo, "-strip", *fine, f"png{3 * depth}:{layer}")
        self.assertEqual(made.status, 0, made.messages)
        return layer

    def test_of_real_photos_as_layers_of_8_and_16_bits(self):
        for depth in (8, 16):
            with self.subTest(depth=depth):
                layers = [self.as_layer(photo, depth) for photo in self.photos[:LAYERS]]
                script = stack(layers, depth) + "(defaults image)"
                by_gimp, by_magick = self.lists(script, layers)
                self.assertEqual(by_gimp, by_magick)
                self.assertIn(f"# hotpix: {LAYERS} frames", by_gimp)


if __name__ == "__main__":
    tap.main()
