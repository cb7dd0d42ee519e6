# SPDX-License-Identifier: GPL-3.0-or-later
"""What is found in a folder, marked on a photo that is open in the real GIMP, without a window."""

import unittest

import numpy
import PIL.Image
import tap
from gimp_host import HEIGHT, WIDTH, Host, quote

# What PIL must do to show a stored picture as each EXIF orientation says.
TURNS = {
    1: None,
    3: PIL.Image.Transpose.ROTATE_180,
    6: PIL.Image.Transpose.ROTATE_270,
    7: PIL.Image.Transpose.TRANSVERSE,
}


def turned(picture, turn):
    return picture if turn is None else picture.transpose(turn)


class MarksOnPhoto(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = cls.enterClassContext(Host())
        cls.folder = cls.host.folder
        cls.photos, cls.truth, cls.pngs = cls.host.make_photos()

    @classmethod
    def tearDownClass(cls):
        said = cls.host.end_session()
        assert "GeglBuffers leaked" not in said, said

    def mark(self, photo, prepare="", finish=""):
        """Which pixels are marked, what the script wrote, and what GIMP said. The call is made twice: the
        second run's marks are in the place of the first one's."""
        picture = self.folder / "marks.png"
        picture.unlink(missing_ok=True)
        text, said = self.host.run(
            f"""
            (let* ((image (load {quote(photo)})))
              {prepare}
              (mark-on image (list {quote(self.photos)}))
              (let ((values (mark-on image (list {quote(self.photos)}))))
                (display (list (= (car values) image) (cadr values) (count-layers image)) out))
              (display (list-of image) out)
              {finish}
              (save image (layer-at image 0) {quote(picture)})
              (gimp-image-delete image))"""
        )
        self.assertTrue(picture.exists(), said)
        return numpy.asarray(PIL.Image.open(picture).convert("RGBA"))[:, :, 3] != 0, text, said

    def expected_marks(self, text):
        """The pixels that the list names, as stored."""
        marks = numpy.zeros((HEIGHT, WIDTH), numpy.uint8)
        rows = [line.split("\t") for line in text.splitlines()[2:] if "\t" in line]
        for row in rows:
            marks[int(row[1]), int(row[0])] = 255
        self.assertGreater(len(rows), 9)
        return PIL.Image.fromarray(marks)

    def test_marks_lie_where_the_turned_photo_has_the_defects(self):
        for orientation, turn in TURNS.items():
            with self.subTest(orientation=orientation):
                photo = self.folder / "photo.png"
                turned(PIL.Image.open(self.pngs[0]), turn).save(photo)
                marks, text, said = self.mark(photo)
                expected = numpy.asarray(turned(self.expected_marks(text), turn)) != 0
                numpy.testing.assert_array_equal(marks, expected, said)
                self.assertTrue(text.startswith(f"(#t {expected.sum()} 2)"), text)
                self.assertEqual("The picture was turned" in said, orientation != 1, said)

    def test_the_repair_then_needs_nothing_more(self):
        photo = self.folder / "photo.png"
        turned(PIL.Image.open(self.pngs[0]), TURNS[6]).save(photo)
        repair = '(display (cadr (repair image (layer-at image 1) "" 0)) out)'
        active = "(display (= (active-layer image) (layer-at image 1)) out)"
        _, text, said = self.mark(photo, finish=active + repair)
        active, repaired = text.splitlines()[-1].split("#")[-1][0], text.splitlines()[-1][2:]
        self.assertEqual(active, "t", said)
        self.assertGreater(int(repaired), 8, said)

    def test_a_layer_beside_the_corner_is_marked_where_it_lies(self):
        moved = "(gimp-image-resize image 600 400 40 30)"
        marks, text, said = self.mark(self.pngs[0], prepare=moved)
        expected = numpy.asarray(self.expected_marks(text)) != 0
        # A picture that GIMP saves has its layer's size, or the image's.
        if marks.shape != expected.shape:
            expected = numpy.pad(expected, ((30, 50), (40, 80)))
        numpy.testing.assert_array_equal(marks, expected, said)

    def assert_refused(self, prepare, words):
        _, said = self.host.run(
            f"""(let* ((image (load {quote(self.pngs[0])}))) {prepare}
                  (mark-on image (list {quote(self.photos)})))"""
        )
        self.assertIn(words, said)

    def test_what_cannot_be_marked_is_refused(self):
        self.assert_refused(
            "(gimp-image-crop image 200 100 10 10)",
            f"those of photos of {WIDTH} x {HEIGHT} pixels, and the layer has 200 x 100",
        )
        self.assert_refused("(to-indexed image)", "choose Image > Mode > RGB first")


if __name__ == "__main__":
    tap.main()
