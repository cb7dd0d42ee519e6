# SPDX-License-Identifier: GPL-3.0-or-later
"""The same frames give the same list, byte for byte, through GIMP and through ImageMagick."""

import os
import unittest

import host as magick_host
import malformed
import tap
from gimp_host import Host, quote, stack

ISS = magick_host.PHOTOS / "iss"
PHOTOS = sorted(ISS.glob("*.jpeg"))
MALFORMED = int(os.environ.get("HOTPIX_MALFORMED", "200"))
LAYERS = 6  # of so many photos; each layer is as large as its photo


class SameList(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = cls.enterClassContext(Host())
        cls.magick = magick_host.Host()
        cls.addClassCleanup(cls.magick.close)
        cls.magick.require()

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

    @unittest.skipUnless(PHOTOS, "the shared photos are not here")
    def test_of_real_photos(self):
        options = "1.0 3 12 FALSE 0 FALSE"
        script = f"(let ((image (car (find-in-photos (list {quote(ISS)}) {options}))))"
        by_gimp, by_magick = self.lists(script, PHOTOS)
        self.assertEqual(by_gimp, by_magick)
        self.assertGreaterEqual(len(by_gimp.splitlines()), 14)

    def as_layer(self, photo, depth):
        """A PNG without a camera. Blurring fills all of 16 bits."""
        layer = self.host.folder / f"{photo.stem}-{depth}.png"
        fine = [] if depth == 8 else ["-blur", "0x0.7"]
        made = self.magick.run(photo, "-strip", *fine, f"png{3 * depth}:{layer}")
        self.assertEqual(made.status, 0, made.messages)
        return layer

    @unittest.skipUnless(PHOTOS, "the shared photos are not here")
    def test_of_real_photos_as_layers_of_8_and_16_bits(self):
        for depth in (8, 16):
            with self.subTest(depth=depth):
                layers = [self.as_layer(photo, depth) for photo in PHOTOS[:LAYERS]]
                script = stack(layers, depth) + "(defaults image)"
                by_gimp, by_magick = self.lists(script, layers)
                self.assertEqual(by_gimp, by_magick)
                self.assertIn(f"# hotpix: {LAYERS} frames", by_gimp)

    def test_of_malformed_photos_with_good_ones_between(self):
        size = ("--width=96", "--height=64")
        folder = self.host.folder
        good = magick_host.simulate(folder / "good", *size, "--frames=12", "--quality=95")
        photos = magick_host.simulate(folder / "seeds", *size, "--frames=9", "--serial=0001")
        originals = malformed.seeds(photos)
        names = folder / "names.txt"
        for number in range(MALFORMED // malformed.SET):
            with self.subTest(set=number):
                paths = malformed.make_set(folder / f"{number}", number, originals, good)
                call = f"(find-in-photos (list {quote(f'@{names}')}) 1.0 3 12 FALSE 0 FALSE)"
                by_gimp, by_magick = self.lists(f"(let ((image (car {call})))", paths)
                self.assertEqual(by_gimp, by_magick)


if __name__ == "__main__":
    tap.main()
