# SPDX-License-Identifier: GPL-3.0-or-later
"""The plug-in's procedures in the real GIMP, without a window, as scripts call them."""

import functools
import struct
import unittest

import numpy
import PIL.Image
import PIL.PngImagePlugin

import exif_blocks
import png_files
import tap
from gimp_host import FRAMES, HEIGHT, VERSION, WIDTH, Host, quote, stack


def matrix_profile():
    """An ICC profile with wider primaries than sRGB's, and a gamma of 1.8 (ICC.1:2001-04)."""

    def fixed(*numbers):
        return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)

    def text(kind, words):
        if kind == b"desc":
            return kind + bytes(4) + struct.pack(">I", len(words) + 1) + words + bytes(79)
        return kind + bytes(4) + words + b"\0"

    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(1.8 * 256))
    tags = {
        b"desc": text(b"desc", b"wide"),
        b"cprt": text(b"text", b"none"),
        b"wtpt": b"XYZ " + bytes(4) + fixed(0.9642, 1.0, 0.8249),
        b"rXYZ": b"XYZ " + bytes(4) + fixed(0.6097, 0.3111, 0.0195),
        b"gXYZ": b"XYZ " + bytes(4) + fixed(0.2053, 0.6257, 0.0609),
        b"bXYZ": b"XYZ " + bytes(4) + fixed(0.1492, 0.0632, 0.7446),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, data = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, tag in tags.items():
        table += name + struct.pack(">II", start + len(data), len(tag))
        data += tag + bytes(-len(tag) % 4)
    header = struct.pack(
        ">I4sI4s4s4s", start + len(data), b"none", 0x02400000, b"mntr", b"RGB ", b"XYZ "
    )
    header += (
        struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + fixed(0.9642, 1, 0.8249)
    )
    return header + bytes(128 - len(header)) + table + data


class Procedures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = cls.enterClassContext(Host())
        cls.folder = cls.host.folder
        cls.photos, cls.truth, cls.pngs = cls.host.make_photos()

    @classmethod
    def tearDownClass(cls):
        said = cls.host.end_session()
        assert "GeglBuffers leaked" not in said, said

    @classmethod
    def photos_list(cls, names, options="1.0 3 12 FALSE 0 FALSE"):
        """The list, the number of defects, and what GIMP said."""
        listed = " ".join(map(quote, names))
        return cls.host.run(
            f"""
            (let* ((result (find-in-photos (list {listed}) {options}))
                   (image (car result)))
              (display (list-of image) out)
              (display (cadr result) out)
              (gimp-image-delete image))"""
        )

    @classmethod
    @functools.cache
    def tiffs(cls):
        """What GIMP loads itself."""
        paths = [png.with_suffix(".tif") for png in cls.pngs]
        for png, tiff in zip(cls.pngs, paths):
            PIL.Image.open(png).save(tiff)
        return paths

    @classmethod
    @functools.cache
    def list_of_tiffs(cls):
        """GIMP starts a process twice for each."""
        return cls.photos_list(cls.tiffs())

    def spots_of(self, text):
        """The places in a list, which must all be defects that were planted."""
        rows = [line.split("\t") for line in text.splitlines()[2:]]
        spots = [(int(row[0]), int(row[1])) for row in rows if len(row) > 2]
        for x, y in spots:
            self.assertTrue(
                any(abs(x - u) <= 1 and abs(y - v) <= 1 for u, v in self.truth), (x, y)
            )
        return spots

    def assert_finds_the_planted(self, text):
        spots = self.spots_of(text)
        self.assertGreaterEqual(len(spots), 10)
        return spots

    def marked_by(self, call):
        """The marks layer that a call makes, as pixels with alpha, and the list."""
        picture = self.folder / "marks.png"
        picture.unlink(missing_ok=True)
        text, said = self.host.run(
            stack(self.pngs)
            + f"""
            (display (name-of (car {call})) out)
            (display (list-of image) out)
            (save image (layer-at image 0) {quote(picture)})
            (gimp-image-delete image))"""
        )
        self.assertTrue(picture.exists(), said)
        return numpy.asarray(PIL.Image.open(picture).convert("RGBA")), text

    def test_photos_by_folder_by_list_and_by_name_give_one_list(self):
        photos = sorted(self.photos.glob("*.JPG"))
        names = self.folder / "names.txt"
        names.write_text("\n".join(map(str, photos)))
        by_folder, said = self.photos_list([self.photos])
        spots = self.assert_finds_the_planted(by_folder)
        self.assertIn(f"defects {len(spots)}\n", by_folder, said)
        self.assertTrue(by_folder.endswith(f"\n{len(spots)}"))
        self.assertEqual(self.photos_list([f"@{names}"])[0], by_folder)
        self.assertEqual(self.photos_list(photos)[0], by_folder)
        self.assertEqual(self.photos_list([self.photos, *photos[:3]])[0], by_folder)

    def test_photos_that_gimp_loads_give_the_list_that_jpegs_give(self):
        """But for the camera, which is only known of JPEGs."""
        jpegs = self.photos_list([self.photos])[0].splitlines()
        tiffs, said = self.list_of_tiffs()
        self.assertEqual(tiffs.splitlines()[1:], jpegs[1:], said)
        names = [self.photos / f"{png.stem}.JPG" for png in self.pngs[:7]]
        mixed = names + self.pngs[7:12] + self.tiffs()[12:]
        self.assertEqual(self.photos_list(mixed)[0].splitlines()[1:], jpegs[1:])

    def test_the_samples_of_a_png_are_those_that_gimp_loads(self):
        """What the core reads of a file against GIMP's layer of it: numbers in lists tell any difference."""
        random = numpy.random.default_rng(3)
        significant = ((b"sBIT", b"\5\6\5"),)
        for kind, depth in (("deep", 16), ("interlaced", 8), ("palette", 8), ("significant", 8)):
            names = [self.folder / f"{kind}-{png.name}" for png in self.pngs[:12]]
            for png, name in zip(self.pngs, names):
                samples = numpy.asarray(PIL.Image.open(png)).astype(int)
                if kind == "palette":
                    PIL.Image.open(png).quantize(255).save(name)
                    continue
                if depth == 16:
                    samples = samples * 257 ^ random.integers(0, 256, samples.shape)
                before = significant if kind == "significant" else ()
                data = (samples, depth, png_files.RGB, before, (), kind == "interlaced")
                name.write_bytes(png_files.encode(*data))
            with self.subTest(kind):
                layers, said = self.host.run(
                    stack(names, depth)
                    + """
                    (defaults image)
                    (display (list-of image) out)
                    (gimp-image-delete image))"""
                )
                photos = self.photos_list(names)[0].splitlines()
                self.assertGreater(len(photos), 5, said)
                # After the list the photos have the number of defects.
                self.assertEqual(layers.splitlines()[1:], photos[1:-1], said)

    def test_photos_that_do_not_belong_are_left_out(self):
        """By their EXIF: the list is that of those alone that may be of one sensor and as it saw them."""
        phone = {"make": "Apple", "model": "iPhone 15 Pro"}
        main = {**phone, "lens": "back camera 6.86mm", "focal_length": 6.86}
        others = (
            {**phone, "lens": "back camera 2.22mm", "focal_length": 2.22},
            {**main, "digital_zoom": 2},
            {**main, "software": "Adobe Photoshop 25.0"},
            {**main, "comment": "ASCII\0\0\0Screenshot"},
        )
        fields = [main] * 12 + [{**main, "serial": "77"}] * 3 + [None, *others]
        folder = self.folder / "phone"
        folder.mkdir()
        paths = []
        for photo, each in zip(sorted(self.photos.glob("*.JPG")), fields, strict=True):
            block = None if each is None else exif_blocks.make(**each)
            paths.append(folder / photo.name)
            paths[-1].write_bytes(exif_blocks.put(photo.read_bytes(), block))
        text, said = self.photos_list([folder])
        self.assertIn("16 frames", text, said)
        self.assertEqual(text, self.photos_list(paths[:16])[0])
        for path in paths[16:]:
            self.assertIn(path.name, said)

    def test_the_colour_space_of_a_photo_changes_nothing(self):
        """The samples count as they are stored, not made those of another space and clipped."""
        plain = self.list_of_tiffs()[0].splitlines()
        gamma = PIL.PngImagePlugin.PngInfo()
        gamma.add(b"gAMA", struct.pack(">I", 100000))
        for name, suffix, options in (
            ("profile", ".tif", {"icc_profile": matrix_profile()}),
            ("gamma", ".png", {"pnginfo": gamma}),
        ):
            with self.subTest(name):
                folder = self.folder / name
                folder.mkdir()
                for png in self.pngs:
                    PIL.Image.open(png).save(folder / f"{png.stem}{suffix}", **options)
                text, said = self.photos_list([folder])
                self.assertEqual(text.splitlines()[1:], plain[1:], said)

    def test_photos_that_gimp_turns_count_as_stored(self):
        """TIFF and WebP with an orientation in their EXIF, and as PIL writes them without."""
        stored = self.photos_list(self.pngs[:8])[0].splitlines()
        for ending, options in (("tif", {}), ("webp", {"lossless": True, "exact": True})):
            with self.subTest(ending):
                folder = self.folder / f"turned-{ending}"
                folder.mkdir()
                for i, png in enumerate(self.pngs[:8]):
                    exif = PIL.Image.Exif()
                    exif[0x0112] = (1, 3, 6, 8)[i % 4]
                    picture = PIL.Image.open(png)
                    picture.save(folder / f"{png.stem}.{ending}", exif=exif, **options)
                text, said = self.photos_list([folder])
                self.assertEqual(text.splitlines()[1:], stored[1:], said)

    def test_layers_give_the_list_that_photos_give(self):
        """But for the camera, which is not known of layers; in a group as outside."""
        text, said = self.host.run(
            stack(self.pngs)
            + f"""
            (let ((group (insert-group image)))
              (gimp-image-reorder-item image (layer-at image 3) group 0)
              (gimp-image-reorder-item image (layer-at image 3) group 0))
            (let ((result (defaults image)))
              (display (list-of image) out)
              (display (name-of (car result)) out))
            (gimp-image-delete image))"""
        )
        spots = self.assert_finds_the_planted(text)
        self.assertTrue(text.endswith(f"Hot pixels ({len(spots)})"), said)
        photos = self.photos_list([self.photos])[0].splitlines()
        self.assertEqual(text.splitlines()[1:-1], photos[1:-1])

    def test_marks_are_pixels_in_the_kinds_colours(self):
        pixels, text = self.marked_by("(find-in-layers image 1.0 1 12 FALSE FALSE FALSE)")
        colours = {"hot": (255, 32, 32), "stuck": (255, 216, 0), "dead": (64, 128, 255)}
        rows = [line.split("\t") for line in text.splitlines()[2:]]
        self.assertEqual(numpy.count_nonzero(pixels[:, :, 3]), len(rows))
        for x, y, _, kind, *_ in rows:
            self.assertEqual(tuple(pixels[int(y), int(x), :3]), colours[kind])

    def test_rings_lie_around_each_defect(self):
        for radius in (4, 30):
            pixels, text = self.marked_by(
                f"(find-in-layers image 1.0 2 {radius} FALSE FALSE FALSE)"
            )
            opaque = pixels[:, :, 3] != 0
            y, x = numpy.mgrid[:HEIGHT, :WIDTH]
            near = numpy.full(opaque.shape, numpy.inf)
            for u, v in self.spots_of(text):
                self.assertFalse(opaque[v, u])
                distance = numpy.hypot(x - u, y - v)
                near = numpy.minimum(near, abs(distance - radius))
            self.assertLess(near[opaque].max(), 12)
            self.assertGreater(numpy.count_nonzero(opaque), 10 * radius)

    def test_options_of_layers(self):
        text, said = self.host.run(
            stack(self.pngs)
            + """
            (find-in-layers image 1.0 1 12 TRUE TRUE FALSE)
            (display (list (count-layers image)
                           (is-true (gimp-selection-is-empty image))
                           (map name-of (cdr (children-of (layer-at image 0))))) out)
            (gimp-item-set-visible (layer-at image 4) FALSE)
            (gimp-item-set-visible (layer-at image 5) FALSE)
            (find-in-layers image 100.0 2 4 FALSE FALSE FALSE)
            (display (count-layers image) out)
            (display (list-of image) out)
            (find-in-layers image 0.5 2 4 FALSE FALSE TRUE)
            (display (list-of image) out)
            (gimp-image-delete image))"""
        )
        # A later run takes none of an earlier one's layers for a photo, and its own are in their place;
        # where nothing is found there are none.
        self.assertTrue(
            text.startswith(f"({FRAMES + 1} #f (Variance (stretched) Variance)){FRAMES}#"),
            text + said,
        )
        self.assertRegex(text, f"{FRAMES - 2} frames of .* threshold 100, defects 0\n")
        self.assertRegex(text, f"{FRAMES} frames of .* threshold 0.5, defects 1[0-9]\n")

    def test_selected_are_the_defects_and_what_is_next_to_them(self):
        picture = self.folder / "selected.png"
        text, said = self.host.run(
            stack(self.pngs)
            + """
            (find-in-layers image 1.0 3 12 TRUE FALSE FALSE)
            (display (list-of image) out)
            (gimp-selection-save image)
            (gimp-selection-none image)
            (let ((white (car (gimp-layer-copy (layer-at image 5) FALSE))))
              (gimp-image-insert-layer image white 0 0)
              (gimp-drawable-fill white FILL-WHITE)
              (gimp-image-select-item image CHANNEL-OP-REPLACE
                (vector-ref (car (last-pair (gimp-image-get-channels image))) 0))
              (gimp-context-set-foreground (quote (0 0 0)))
              (gimp-drawable-edit-fill white FILL-FOREGROUND)
              (gimp-selection-none image)
              (save image white {picture}))
            (gimp-image-delete image))""".replace(
                "{picture}", quote(picture)
            )
        )
        spots = self.spots_of(text)
        expected = numpy.full((HEIGHT, WIDTH), False)
        for x, y in spots:
            expected[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2] = True
        selected = numpy.asarray(PIL.Image.open(picture).convert("L")) == 0
        numpy.testing.assert_array_equal(selected, expected, said)

    def test_the_defects_are_shown_enlarged_in_an_image_of_their_own(self):
        """The strongest of them stands out in the middle of each picture."""
        picture = self.folder / "sheet.png"
        text, said = self.host.run(
            stack(self.pngs)
            + f"""
            (let* ((values (find-and-enlarge image)) (sheet (caddr values)))
              (display (list (cadr values) (count-layers sheet)) out)
              (display (name-of (layer-at sheet 0)) out)
              (display (list-of image) out)
              (save sheet (layer-at sheet 0) {quote(picture)})
              (gimp-image-delete image)))"""
        )
        found = self.spots_of(text)
        x, y = found[0]
        self.assertTrue(
            text.startswith(f"({len(found)} {len(found)})1: hot, x {x}, y {y}, "), text + said
        )
        # Of the first layer: a colour and a gap of 16 pixels, then 15 x 15 of 6 x 6, and so on.
        row = numpy.asarray(PIL.Image.open(picture).convert("RGB"), int)[:90]
        for k in range(6):
            start = 16 + 94 * k
            middle = row[42:48, start + 42 : start + 48]
            self.assertEqual(numpy.ptp(middle, axis=(0, 1)).max(), 0)
            self.assertGreater(middle.max(), numpy.median(row[:, start : start + 90]) + 20)

    def test_nothing_found_leaves_the_selection(self):
        text, said = self.host.run(
            stack(self.pngs)
            + """
            (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 10 11 100 100)
            (find-in-layers image 100.0 3 12 TRUE FALSE FALSE)
            (display (cdr (gimp-selection-bounds image)) out)
            (gimp-image-delete image))"""
        )
        self.assertEqual(text, "(10 11 110 111)", said)

    def test_options_of_photos(self):
        text, said = self.host.run(
            f"""
            (let* ((names (list {quote(self.photos)}))
                   (image (car (find-in-photos names 1.0 3 12 TRUE 1 TRUE))))
              (display (list (count-layers image)
                             (is-true (gimp-selection-is-empty image))
                             (name-of (layer-at image 1))
                             (= (active-layer image) (layer-at image 1))) out)
              (display (list-of image) out)
              (gimp-image-delete image))"""
        )
        expected = f"({FRAMES + 1} #f IMG_0001.JPG #t)"
        self.assertTrue(text.startswith(expected), text + said)
        self.assertIn("any camera", text)

    def test_a_new_image_shows_the_mean_below_the_marks_and_is_named_after_the_folder(self):
        """Its layers are no photos."""
        picture = self.folder / "mean.png"
        (self.photos / f"{self.photos.name} hotpix.xcf").touch()
        text, said = self.host.run(
            f"""
            (let* ((image (car (find-in-photos (list {quote(self.photos)}) 1.0 1 12 FALSE 0 FALSE))))
              (display (list (car (gimp-image-get-name image))
                             (name-of (layer-at image 0))
                             (map name-of (children-of (layer-at image 0)))
                             (name-of (layer-at image 1))) out)
              (save image (layer-at image 1) {quote(picture)})
              (catch 'failed (defaults image))
              (defaults image))"""
        )
        self.assertRegex(
            text,
            rf"\({self.photos.name} hotpix 2.xcf Hot pixels: \d+ hot \(red\).*"
            rf" \(Hot pixels \(\d+\) Variance \(stretched\) Variance\) Mean of {FRAMES} photos\)",
            said,
        )
        photos = [numpy.asarray(PIL.Image.open(png), float) for png in self.pngs]
        mean = numpy.asarray(PIL.Image.open(picture).convert("RGB"), float)
        numpy.testing.assert_allclose(mean, numpy.mean(photos, axis=0), atol=1.01)
        self.assertIn("this image is a result of hotpix", said)

    def test_the_body_whose_photos_count_can_be_named(self):
        folder = self.folder / "bodies"
        folder.mkdir()
        for i, photo in enumerate(sorted(self.photos.glob("*.JPG"))):
            exif = PIL.Image.Exif()
            exif[0x010F], exif[0x0110] = "Maker", "Alpha" if i < 12 else "Beta"
            PIL.Image.open(photo).save(folder / photo.name, quality="keep", exif=exif)
        for body, n in (("", 12), ("Beta", FRAMES - 12)):
            text, said = self.host.run(
                f"""(let* ((result (find-by-body (list {quote(folder)}) {quote(body)})))
                      (display (list-of (car result)) out)
                      (gimp-image-delete (car result)))"""
            )
            self.assertIn(f"# hotpix: {n} frames", text, said)
        _, said = self.host.run(f'(find-by-body (list {quote(folder)}) "Nobody")')
        for words in ("Nobody", "Alpha", "Beta"):
            self.assertIn(words, said)

    def assert_refused(self, prepare, words, call="(defaults image)"):
        """The call fails in these words, and leaves the image as it was."""
        text, said = self.host.run(
            f"""{prepare}
            (gimp-image-clean-all image)
            (let ((n (count-layers image)))
              (catch 'failed {call})
              (display (is-untouched image n) out))
            (gimp-image-delete image))"""
        )
        self.assertEqual(text, "#t", said)
        _, said = self.host.run(f"{prepare} {call})")
        self.assertIn(words, said)
        self.assertRegex(said, "[Ee]rror")

    def test_layers_that_cannot_be_compared_are_refused(self):
        self.assert_refused(stack(self.pngs[:1]), "this image has 1 layer that counts as one")
        self.assert_refused(
            stack(self.pngs[:3]) + "(to-indexed image)", "choose Image > Mode > RGB first"
        )
        no_layers = f"(let* ((image (car (gimp-image-new {WIDTH} {HEIGHT} RGB))))"
        self.assert_refused(no_layers, "at least 2 photos are needed")

    def test_values_out_of_range_are_refused(self):
        """GIMP 3 keeps arguments in their ranges itself."""
        for wrong, words in (
            ("0.1 3 12", "threshold must be 0.25 to 100, not 0.1"),
            ("1.0 3 3", "ring-radius must be 4 to 200, not 3"),
        ):
            call = f"(find-in-layers image {wrong} FALSE FALSE FALSE)"
            words = words if VERSION == 2 else "out of range"
            self.assert_refused(stack(self.pngs[:3]), words, call)

    def test_photos_that_cannot_be_compared_are_refused(self):
        empty = self.folder / "empty"
        empty.mkdir()
        (empty / "notes.txt").write_text("no photo")
        (empty / "raw.NEF").write_text("not asked for")
        text_file = self.folder / "text.jpg"
        text_file.write_text("no photo")
        for names, words in (
            ([empty], "contains no photos"),
            ([self.folder / "none.JPG"], "at least 2 photos are needed"),
            ([self.folder / "none.JPG"], "Left out: none.JPG cannot be opened"),
            ([text_file, text_file], "at least 2 photos are needed"),
            ([], "no photos are chosen"),
        ):
            text, said = self.photos_list(names)
            self.assertEqual(text, "")
            self.assertIn(words, said)
            self.assertRegex(said, "[Ee]rror")

    def test_what_does_not_fit_is_left_out_and_named(self):
        odd = self.folder / "odd.png"
        PIL.Image.new("RGB", (64, 48), (90, 120, 30)).save(odd)
        clear = self.folder / "clear.tif"
        picture = PIL.Image.open(self.pngs[0]).convert("RGBA")
        picture.putpixel((5, 5), (0, 0, 0, 0))
        picture.save(clear)
        cut = self.folder / "cut.JPG"
        cut.write_bytes((self.photos / f"{self.pngs[0].stem}.JPG").read_bytes()[:4000])
        cut_png = self.folder / "cut.png"
        cut_png.write_bytes(self.pngs[0].read_bytes()[:60000])
        pages = self.folder / "pages.tif"
        first = PIL.Image.open(self.pngs[0])
        first.save(pages, save_all=True, append_images=[PIL.Image.open(self.pngs[1])])
        text, said = self.photos_list(self.pngs[:12] + [odd, clear, cut, cut_png, pages])
        self.assertIn("12 frames", text, said)
        for name in (odd, clear, cut, cut_png, pages):
            self.assertIn(name.name, said)
        # GIMP itself shows it, under the procedure's name: it did not only reach standard error.
        self.assertRegex(said, r"Hot Pixels in Photos\S*-Warning: \d+ defects? in 12 photos")
        self.assertIn(
            "Left out: 2 photos that are damaged or cut short: cut.JPG, cut.png.", said
        )
        self.assertIn("Left out: odd.png is 64 x 48 pixels", said)
        self.assertIn("transparent", said)
        text, said = self.host.run(
            stack(self.pngs[:12] + [odd, clear])
            + """
            (gimp-layer-set-offsets (layer-at image 4) 7 0)
            (gimp-item-set-name (layer-at image 4) "moved")
            (defaults image)
            (display (list-of image) out)
            (gimp-image-delete image))"""
        )
        self.assertIn("11 frames", text, said)
        for name in ("odd.png", "clear.tif", "moved"):
            self.assertIn(f"Left out: {name} ", said)
        self.assertIn("is at 7,0, but the other layers are at 0,0", said)

    def test_locked_layers_are_read_and_stay_as_they_are(self):
        text, said = self.host.run(
            stack(self.pngs)
            + """
            (for-each (lambda (i) (lock (layer-at image i))) '(0 1 2 3))
            (defaults image)
            (display (list-of image) out)
            (gimp-image-delete image))"""
        )
        self.assert_finds_the_planted(text)

    def test_grey_and_float_images_are_searched_in_their_own_way(self):
        colour = self.list_of_tiffs()[0].splitlines()
        text, said = self.host.run(
            stack(self.pngs)
            + """
            (to-float image)
            (find-in-layers image 1.0 3 12 FALSE TRUE FALSE)
            (display (list-of image) out)
            (gimp-image-delete image))"""
        )
        # Rounded to 16 bits, which moves no value by more than a few of them.
        self.assertEqual(self.spots_of(text), self.spots_of("\n".join(colour)), said)
        text, said = self.host.run(
            stack(self.pngs)
            + """
            (gimp-image-convert-grayscale image)
            (find-in-layers image 1.0 3 12 FALSE TRUE FALSE)
            (display (list-of image) out)
            (gimp-image-delete image))"""
        )
        self.assertGreaterEqual(len(self.spots_of(text)), 5, said)
        self.assertIn("\tgrey\t", text)

    def test_last_values_are_used_again(self):
        """Those of the defaults, as no dialog has been answered."""
        call = "(plug-in-hotpix-layers RUN-WITH-LAST-VALS image 0 9.0 1 9 TRUE TRUE TRUE TRUE)"
        if VERSION == 3:
            call = "(plug-in-hotpix-layers #:run-mode RUN-WITH-LAST-VALS #:image image)"
        text, said = self.host.run(
            stack(self.pngs)
            + f"{call} (display (list-of image) out) (gimp-image-delete image))"
        )
        self.assertIn("threshold 1,", text, said)


if __name__ == "__main__":
    tap.main()
