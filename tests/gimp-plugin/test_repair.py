# SPDX-License-Identifier: GPL-3.0-or-later
"""The repair of a photo in the real GIMP, without a window, as scripts call it."""

import os
import pathlib
import subprocess
import unittest

import numpy
import PIL.Image
import tap
from gimp_host import HEIGHT, VERSION, WIDTH, Host, quote, stack

REPAIR_PHOTOS = os.environ["HOTPIX_REPAIR_PHOTOS"]
REACH = 3  # HOTPIX_REPAIR_REACH
REACH_IN_JPEG = 24  # two blocks of 4:2:0, in each of which all pixels can change
# GIMP may round in another way than the core, and GIMP 3 also spreads colour in another.
DECODERS_DIFFER = 3 if VERSION == 2 else 12
LAYER, DRAWABLE = 0, 1

# What PIL must do to show a stored picture as each EXIF orientation says.
TURNS = {
    2: PIL.Image.Transpose.FLIP_LEFT_RIGHT,
    3: PIL.Image.Transpose.ROTATE_180,
    4: PIL.Image.Transpose.FLIP_TOP_BOTTOM,
    5: PIL.Image.Transpose.TRANSPOSE,
    6: PIL.Image.Transpose.ROTATE_270,
    7: PIL.Image.Transpose.TRANSVERSE,
    8: PIL.Image.Transpose.ROTATE_90,
}


def read(path):
    return numpy.asarray(PIL.Image.open(path).convert("RGB"))


class Repair(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = cls.enterClassContext(Host())
        cls.folder = cls.host.folder
        cls.photos, cls.truth, cls.pngs = cls.host.make_photos()
        cls.photo, cls.png = sorted(cls.photos.glob("*.JPG"))[0], cls.pngs[0]
        cls.list = cls.folder / "places.txt"
        cls.list.write_text("".join(f"{x} {y}\n" for x, y in cls.truth))
        cls.sized = cls.folder / "places.tsv"
        cls.sized.write_text(
            f"# hotpix: 20 frames of {WIDTH} x {HEIGHT} pixels by a camera, threshold 1, defects 12\n"
            + "x\ty\n"
            + "".join(f"{x}\t{y}\n" for x, y in cls.truth)
        )
        repaired = cls.folder / "repaired"
        repaired.mkdir()
        subprocess.run(
            (REPAIR_PHOTOS, "--pixels", cls.list, repaired, cls.photo), check=True, timeout=300
        )
        cls.expected = read(repaired / f"{cls.photo.name}.ppm")

    @classmethod
    def tearDownClass(cls):
        said = cls.host.end_session()
        assert "GeglBuffers leaked" not in said, said

    def repair(self, picture, source, result, prepare="", finish=""):
        """The picture afterwards, flattened, what the script wrote, and what GIMP said."""
        out = self.folder / "out.png"
        out.unlink(missing_ok=True)
        text, said = self.host.run(
            f"""
            (let* ((image (load {quote(picture)})))
              {prepare}
              (let ((values (repair image (layer-at image 0) {quote(source)} {result})))
                (display (cadr values) out)
                {finish}
                (gimp-image-flatten image)
                (save image (layer-at image 0) {quote(out)})
                (gimp-image-delete image)))"""
        )
        self.assertTrue(out.exists(), said)
        return read(out), text, said

    def test_the_pixels_are_those_that_the_core_tells(self):
        before = read(self.png)
        self.assertTrue((before != self.expected).any())
        for result in (LAYER, DRAWABLE):
            got, text, said = self.repair(self.png, self.list, result)
            numpy.testing.assert_array_equal(got, self.expected, said)
            self.assertGreater(int(text), 8)

    def test_a_jpeg_gets_the_pixels_of_its_repaired_file(self):
        """As in ImageMagick."""
        repaired, plain = self.folder / "repaired-file", self.folder / "plain.png"
        repaired.mkdir()
        subprocess.run((REPAIR_PHOTOS, self.list, repaired, self.photo), check=True, timeout=300)
        self.host.run(
            f"""(let* ((image (load {quote(repaired / self.photo.name)})))
                  (save image (layer-at image 0) {quote(plain)}))"""
        )
        for result in (LAYER, DRAWABLE):
            got, text, said = self.repair(self.photo, self.list, result)
            difference = numpy.abs(got.astype(int) - read(plain))
            self.assertLessEqual(difference.max(), DECODERS_DIFFER, said)
            self.assertGreater(int(text), 8)

    def test_a_new_layer_holds_only_what_was_repaired(self):
        layer = self.folder / "layer.png"
        _, text, said = self.repair(
            self.png,
            self.list,
            LAYER,
            finish=f"""
                (display (list "" (count-layers image) (name-of (car values))) out)
                (save image (layer-at image 0) {quote(layer)})""",
        )
        n = text.split("(")[0]
        self.assertTrue(text.endswith(f"2 Repaired ({n}))"), text + said)
        changed = (read(self.png) != self.expected).any(axis=2)
        alpha = numpy.asarray(PIL.Image.open(layer).convert("RGBA"))[:, :, 3]
        numpy.testing.assert_array_equal(alpha != 0, changed)

    def test_a_selection_limits_the_repair(self):
        selected = numpy.zeros((HEIGHT, WIDTH), bool)
        selected[:, : WIDTH // 2] = True
        select = (
            f"(gimp-image-select-rectangle image CHANNEL-OP-REPLACE 0 0 {WIDTH // 2} {HEIGHT})"
        )
        expected = numpy.where(selected[:, :, None], self.expected, read(self.png))
        self.assertTrue((expected != self.expected).any())
        for result in (LAYER, DRAWABLE):
            got, _, said = self.repair(self.png, self.list, result, prepare=select)
            numpy.testing.assert_array_equal(got, expected, said)

    def assert_near_the_turned(self, got, turned, turn, reach=REACH):
        """Only what is near the turned places has changed, and most of these have."""
        places = numpy.zeros((HEIGHT, WIDTH), numpy.uint8)
        for x, y in self.truth:
            places[y, x] = 255
        places = PIL.Image.fromarray(places)
        places = numpy.asarray(places.transpose(turn) if turn is not None else places)
        near = numpy.zeros(places.shape, bool)
        changed = (got != turned).any(axis=2)
        seen = 0
        for y, x in zip(*numpy.nonzero(places)):
            box = (
                slice(max(y - reach, 0), y + reach + 1),
                slice(max(x - reach, 0), x + reach + 1),
            )
            near[box] = True
            seen += changed[box].any()
        self.assertFalse((changed & ~near).any())
        self.assertGreater(seen, 8)

    def test_a_picture_turned_in_any_way_is_repaired(self):
        for orientation, turn in TURNS.items():
            with self.subTest(orientation=orientation):
                turned = self.folder / "turned.png"
                PIL.Image.open(self.png).transpose(turn).save(turned)
                got, _, _ = self.repair(turned, self.sized, DRAWABLE)
                self.assert_near_the_turned(got, read(turned), turn)

    def test_a_jpeg_that_gimp_turns_by_its_exif_is_repaired(self):
        """Whether GIMP turns it, is GIMP's business."""
        turned = self.folder / "turned.jpg"
        exif = PIL.Image.Exif()
        exif[0x0112] = 6
        PIL.Image.open(self.png).save(turned, quality=98, subsampling=0, exif=exif)
        plain = self.folder / "plain.png"
        _, said = self.host.run(
            f"""(let* ((image (load {quote(turned)})))
                  (save image (layer-at image 0) {quote(plain)}))"""
        )
        before = read(plain)
        got, _, said = self.repair(turned, self.list, DRAWABLE)
        turn = TURNS[6] if before.shape[0] == WIDTH else None
        self.assertIsNotNone(said)
        self.assert_near_the_turned(got, before, turn, REACH_IN_JPEG)

    def test_the_list_that_an_earlier_run_left_is_used(self):
        find = f"(find-in-photos (list {quote(self.photos)}) 1.0 3 12 FALSE 0 FALSE)"
        got, text, said = self.repair(self.png, "", DRAWABLE, prepare=find)
        self.assertGreater(int(text), 7, said)
        self.assert_near_the_turned(got, read(self.png), None)

    def test_a_folder_of_photos_tells_where_the_defects_are(self):
        by_folder, text, said = self.repair(self.png, self.photos, DRAWABLE)
        self.assertGreater(int(text), 7, said)
        self.assert_near_the_turned(by_folder, read(self.png), None)

    def test_the_list_of_another_open_image_is_used_by_its_number(self):
        find = f"(define found (car (find-in-photos (list {quote(self.photos)}) 1.0 3 12 FALSE 0 FALSE)))"
        call = f"""(repair image (layer-at image 0)
            (string-append "image:" (number->string (id-of found))) {DRAWABLE})"""
        text, said = self.host.run(
            f"{find} (let* ((image (load {quote(self.png)}))) (display (cadr {call}) out))"
        )
        self.assertGreater(int(text), 7, said)

    def test_a_photo_that_was_turned_since_it_was_opened_is_repaired(self):
        """Its file says that it is as stored."""
        plain = self.folder / "plain.png"
        # By a half and by a quarter, in GIMP's numbers: their names differ between its generations.
        for turn, by in ((TURNS[3], 1), (TURNS[6], 0)):
            prepare = (
                f"(gimp-image-rotate image {by}) (save image (layer-at image 0) {quote(plain)})"
            )
            got, text, said = self.repair(self.photo, self.sized, DRAWABLE, prepare=prepare)
            self.assertGreater(int(text), 8, said)
            self.assertIn("The picture was turned", said)
            self.assert_near_the_turned(got, read(plain), turn, REACH_IN_JPEG)

    def test_gimp_shows_what_was_repaired(self):
        call = "(repair-with RUN-WITH-LAST-VALS image (layer-at image 0))"
        find = f"(find-in-photos (list {quote(self.photos)}) 1.0 3 12 FALSE 0 FALSE)"
        _, said = self.host.run(
            f"{find} (let* ((image (load {quote(self.png)}))) {call} (gimp-image-delete image))"
        )
        self.assertRegex(
            said, r"Repair Hot Pixels\S*-Warning: \d+ of \d+ defects could be seen"
        )

    def test_gimp_shows_which_photos_of_a_folder_were_left_out(self):
        folder = self.folder / "with-another"
        folder.mkdir()
        for photo in self.photos.glob("*.JPG"):
            (folder / photo.name).symlink_to(photo)
        PIL.Image.new("RGB", (64, 48)).save(folder / "other.jpg")
        _, _, said = self.repair(self.png, folder, DRAWABLE)
        self.assertRegex(said, r"Repair Hot Pixels\S*-Warning: [^\n]*\n+Left out: other.jpg")

    def test_16_bits_and_grey_are_repaired(self):
        precision = "(gimp-image-convert-precision image PRECISION-FLOAT-LINEAR)"
        for prepare in (precision, "(gimp-image-convert-grayscale image)"):
            _, text, said = self.repair(
                self.png,
                self.list,
                LAYER,
                prepare=prepare,
                finish="(display (list (count-layers image)) out)",
            )
            self.assertTrue(text.endswith("(2)"), said)

    def assert_refused(self, source, words, prepare=""):
        prepare = f"{stack(self.pngs[:1])} {prepare} (gimp-image-clean-all image)"
        call = f"(repair image (layer-at image 0) {quote(source)} {LAYER})"
        text, said = self.host.run(
            f"{prepare} (catch 'failed {call}) (display (is-untouched image 1) out))"
        )
        self.assertEqual(text, "#t", said)
        _, said = self.host.run(f"{prepare} {call})")
        self.assertIn(words, said)

    def test_what_cannot_be_repaired_is_refused(self):
        other = self.folder / "other.tsv"
        other.write_text(self.sized.read_text().replace(f"{WIDTH} x", f"{WIDTH + 8} x"))
        broken = self.folder / "broken.tsv"
        broken.write_text("# a comment\n12 nowhere\n")
        self.assert_refused(other, f"those of photos of {WIDTH + 8} x {HEIGHT} pixels")
        self.assert_refused(broken, f"{broken}, line 2")
        self.assert_refused("", "no open image has a list of defects")
        self.assert_refused(self.list, "choose Image > Mode > RGB first", "(to-indexed image)")
        self.assert_refused(pathlib.Path("/nowhere/at/all"), "at least 2 photos are needed")
        self.assert_refused("image:123456", "image:123456 is no open image with a list")


if __name__ == "__main__":
    tap.main()
