# SPDX-License-Identifier: GPL-3.0-or-later
"""Which photos of a card's folder count: the result is that of those alone, byte for byte."""

import shutil
import unittest

import host
import tap

HOST = host.Host()
CASES = host.PHOTOS.parent / "cases"
COUNT = ("whole", "no-end-marker", "trailer-instead-of-end", "video-after-end")
PADDED = "padding-before-restarts"
DAMAGED = ("interval-cut-short", "cut-in-the-last-rows")


setUpModule = HOST.require
tearDownModule = HOST.close


class WhichCount(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        size = ("--width=320", "--height=240")
        cls.photos = host.simulate(cls.folder / "photos", *size, "--frames=6")

    def run_on(self, paths, options=""):
        """By a list: the variance as written, what is left out, and the messages."""
        place = self.folder / "left-out.tsv"
        words = f"hotpix files=@- left-out={place} {options}"
        names = "\n".join(map(str, paths)).encode()
        run = HOST.run("xc:", "-process", words, "-depth", "16", "pnm:-", stdin=names)
        self.assertEqual(run.status, 0, run.messages)
        return run.output, host.read_left_out(place), run.messages

    def test_a_card_with_other_files(self):
        others = {
            "IMG_1.xmp": b"<?xpacket begin=''?><x:xmpmeta/>",
            "IMG_1.MP4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
            "._IMG_1.JPG": b"\0\5\x16\7\0\2\0\0Mac OS X",
            "EMPTY.JPG": b"",
        }
        for name, data in others.items():
            (self.folder / name).write_bytes(data)
        paths = [*self.photos[:3], *(self.folder / name for name in others), *self.photos[3:]]
        picture, left_out, messages = self.run_on(paths)
        self.assertEqual(picture, self.run_on(self.photos)[0])
        self.assertEqual(set(left_out), {str(self.folder / name) for name in others})
        self.assertIn("left out: 4 files that are no photos: IMG_1.xmp, IMG_1.MP4", messages)

    def test_copies_count_once(self):
        copy = self.folder / "copy.JPG"
        shutil.copy(self.photos[2], copy)
        picture, left_out, messages = self.run_on([*self.photos, copy])
        alone = self.run_on(self.photos)[0]
        self.assertEqual(picture, alone)
        self.assertEqual(left_out, {str(copy): f"is the same photo as {self.photos[2]}"})
        self.assertIn("left out: copy.JPG is the same photo as", messages)
        again, left_out, _ = self.run_on([*self.photos, copy], "count-again=yes")
        self.assertEqual(left_out, {})
        self.assertNotEqual(again, alone)

    def test_names_that_are_no_utf_8_are_shown_and_read(self):
        name = bytes(self.folder) + b"/caf\xe9.JPG"
        shutil.copy(self.photos[5], name)
        names = b"\n".join([*(bytes(path) for path in self.photos[:5]), name])
        words = ("-depth", "16", "pnm:-")
        run = HOST.run("xc:", "-process", "hotpix files=@-", *words, stdin=names)
        self.assertEqual((run.status, run.messages), (0, ""))
        self.assertEqual(run.output, self.run_on(self.photos)[0])
        names += b"\n" + bytes(self.photos[5])
        run = HOST.run("xc:", "-process", "hotpix files=@-", *words, stdin=names)
        self.assertIn("left out: IMG_0006.JPG is the same photo as", run.messages)
        self.assertIn("café.JPG", run.messages)

    @unittest.skipUnless(CASES.is_dir(), "the shared cases are not at hand")
    def test_padding_and_missing_ends_are_no_damage(self):
        whole = CASES / "whole.jpg"
        expected = self.run_on([*self.photos, whole])[0]
        for name in (*COUNT, PADDED):
            with self.subTest(name):
                picture, left_out, _ = self.run_on([*self.photos, CASES / f"{name}.jpg"])
                self.assertEqual((picture, left_out), (expected, {}))
        for name in DAMAGED:
            with self.subTest(name):
                picture, left_out, _ = self.run_on([*self.photos, CASES / f"{name}.jpg"])
                self.assertEqual(picture, self.run_on(self.photos)[0])
                self.assertEqual(set(left_out), {str(CASES / f"{name}.jpg")})

    @unittest.skipUnless(CASES.is_dir(), "the shared cases are not at hand")
    def test_heic_photos_count_as_stored(self):
        paths = [CASES / f"{name}.heic" for name in ("stored", "turned-180", "turned-90")]
        if HOST.run(paths[0], "null:").status != 0:
            self.skipTest("this ImageMagick reads no HEIC")
        process = "hotpix count-again=yes"
        wanted = ("-print", "%[hotpix:frames] %[hotpix:variance-maximum]", "null:")
        files = " ".join(f"files={path}" for path in paths)
        for words in (
            ("-ping", *paths, "-process", process),
            (*paths, "-process", process),
            ("xc:", "-process", f"{process} {files}"),
        ):
            run = HOST.run(*words, *wanted)
            self.assertEqual((run.status, run.output), (0, b"3 0"), run.messages)


if __name__ == "__main__":
    tap.main()
