# SPDX-License-Identifier: GPL-3.0-or-later
"""Which photos of a card's folder count: the result is that of those alone, byte for byte."""

import pathlib
import shutil
import tempfile
import unittest

import exif_blocks
import heif_boxes
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
        cls.photos = host.simulate(cls.folder / "photos", *size, "--frames=9")

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

    def with_exif(self, *cameras):
        """The photos with these fields in place of their EXIF; None for none at all."""
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        paths = []
        for photo, fields in zip(self.photos, cameras, strict=True):
            block = None if fields is None else exif_blocks.make(**fields)
            paths.append(folder / photo.name)
            paths[-1].write_bytes(exif_blocks.put(photo.read_bytes(), block))
        return paths

    def assert_count(self, paths, indices, reason, options=""):
        """That these of the photos count, and the others are left out for that reason."""
        picture, left_out, messages = self.run_on(paths, options)
        counting = [paths[i] for i in indices]
        self.assertEqual(picture, self.run_on(counting, "count-edited=yes camera=any")[0])
        self.assertEqual(set(left_out), {str(path) for path in paths if path not in counting})
        for words in left_out.values():
            self.assertIn(reason, words)
        return messages

    def test_photos_that_lost_their_serial_number_count(self):
        nikon = {"make": "NIKON CORPORATION", "model": "NIKON D70"}
        with_serial, other = {**nikon, "serial": "2001"}, {**nikon, "serial": "3002"}
        for n in (1, 4, 5, 8):
            paths = self.with_exif(*[with_serial] * n, *[nikon] * (9 - n))
            self.assert_count(paths, range(9), "")
        paths = self.with_exif(*[with_serial] * 4, *[other] * 3, nikon, None)
        indices = (0, 1, 2, 3, 7, 8)
        self.assert_count(paths, indices, "is by another camera body, NIKON D70, serial 3002")

    def test_a_body_is_chosen_by_its_name(self):
        nikon = {"make": "NIKON CORPORATION", "model": "NIKON D70"}
        bodies = [{**nikon, "serial": serial} for serial in ("2001f1c0", "3002")]
        canon = {"make": "Canon", "model": "Canon EOS 5D"}
        paths = self.with_exif(*[bodies[0]] * 3, *[bodies[1]] * 4, *[canon] * 2)
        for name in ("NIKON D70, serial 2001f1c0", "2001", "2001F1C0"):
            self.assert_count(paths, range(3), "another camera", f'"camera={name}"')
        self.assert_count(paths, (7, 8), "another camera", "camera=eos")
        files = "\n".join(map(str, paths)).encode()
        for name, words in (
            ("D70", '"D70" fits several cameras; the photos are by '),
            ("D80", 'no photo is by a camera "D80"; the photos are by '),
        ):
            process = f"hotpix files=@- camera={name}"
            run = HOST.run("xc:", "-process", process, self.folder / "none.png", stdin=files)
            self.assertEqual(run.status, 1)
            self.assertIn(words, run.messages)
            self.assertIn("NIKON D70, serial 2001f1c0; NIKON D70, serial 3002", run.messages)
            self.assertFalse((self.folder / "none.png").exists())

    def test_each_lens_of_a_phone_has_a_sensor_of_its_own(self):
        phone = {"make": "Apple", "model": "iPhone 15 Pro"}
        main = {**phone, "lens": "iPhone 15 Pro back camera 6.86mm f/1.78", "focal_length": 6.86}
        wide = {**phone, "lens": "iPhone 15 Pro back camera 2.22mm f/2.2", "focal_length": 2.22}
        paths = self.with_exif(*[main] * 5, *[wide] * 4)
        self.assert_count(paths, range(5), "is by another lens of the camera")
        lengths = [{**phone, "focal_length": length} for length in (6.86, 2.22)]
        paths = self.with_exif(*[lengths[0]] * 4, *[lengths[1]] * 5)
        self.assert_count(paths, range(4, 9), "is by another lens of the camera")
        camera = {"make": "NIKON CORPORATION", "model": "NIKON Z 6", "serial": "6001"}
        lenses = [{**camera, "lens": lens} for lens in ("50 mm", "24-70 mm", "105 mm")]
        self.assert_count(self.with_exif(*lenses * 3), range(9), "")

    def test_digital_zoom_is_left_out(self):
        phone = {"make": "samsung", "model": "SM-G991B", "focal_length": 5.4}
        plain, zoomed = {**phone, "digital_zoom": 1}, {**phone, "digital_zoom": 2.5}
        paths = self.with_exif(*[plain] * 4, *[zoomed] * 3, *[phone] * 2)
        indices = (0, 1, 2, 3, 7, 8)
        self.assert_count(paths, indices, "was taken with a digital zoom of 2.5 times")
        self.assert_count(paths, range(9), "", "count-edited=yes")

    def test_what_was_edited_is_left_out(self):
        phone = {"make": "Apple", "model": "iPhone 15 Pro"}
        edited = (
            ({"software": "Adobe Photoshop 25.0 (Macintosh)"}, "was saved by Adobe Photoshop"),
            ({"processing_software": "darktable 4.6"}, "was saved by darktable 4.6"),
            ({"comment": "ASCII\0\0\0Screenshot"}, "is a screenshot"),
            ({"custom_rendered": 6}, "is a panorama"),
            ({"custom_rendered": 3}, "is an HDR picture"),
            ({"custom_rendered": 8}, "portrait mode"),
            ({"custom_rendered": 1}, "processed by the camera in another way"),
        )
        for fields, reason in edited:
            with self.subTest(reason):
                paths = self.with_exif(*[phone] * 6, *[{**phone, **fields}] * 3)
                self.assert_count(paths, range(6), reason)
                self.assert_count(paths, range(9), "", "count-edited=yes")
        firmware = {**phone, "software": "17.2.1"}
        self.assert_count(self.with_exif(*[firmware] * 9), range(9), "")

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
        others = [*self.photos[:5], *self.photos[6:]]
        names = b"\n".join([*(bytes(path) for path in others), name])
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

    def test_what_asks_for_a_turn_counts_as_stored(self):
        """The same picture three times, two of them with a rotation, by every way in."""
        process = "hotpix count-again=yes"
        wanted = ("-print", "%[hotpix:frames] %[hotpix:variance-maximum]", "null:")
        n_written = 0
        for extension in ("heic", "avif"):
            folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
            paths = [folder / f"turned-{quarters}.{extension}" for quarters in range(3)]
            HOST.run(self.photos[0], "-strip", "-resize", "96x64!", paths[0])
            # Without an encoder, ImageMagick writes a JPEG of that name.
            if not paths[0].exists() or paths[0].read_bytes()[4:8] != b"ftyp":
                continue
            n_written += 1
            for quarters in (1, 2):
                data = heif_boxes.turned(paths[0].read_bytes(), quarters)
                paths[quarters].write_bytes(data)
            files = "".join(f" files={path}" for path in paths)
            for words in (
                ("-ping", *paths, "-process", process),
                (*paths, "-process", process),
                ("xc:", "-process", f"{process}{files}"),
            ):
                with self.subTest(extension, words=words[0]):
                    run = HOST.run(*words, *wanted)
                    self.assertEqual((run.status, run.output), (0, b"3 0"), run.messages)
        if n_written == 0:
            self.skipTest("this ImageMagick writes no HEIC and no AVIF")


if __name__ == "__main__":
    tap.main()
