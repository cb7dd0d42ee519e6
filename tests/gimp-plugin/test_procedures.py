# SPDX-License-Identifier: GPL-3.0-or-later
"""The plug-in's procedures in the real GIMP, without a window."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import PIL.Image
import tap

PLUGIN = pathlib.Path(os.environ["HOTPIX_GIMP_PLUGIN"])
SIMULATE_PHOTOS = os.environ["HOTPIX_SIMULATE_PHOTOS"]
VERSION = int(os.environ["HOTPIX_GIMP_VERSION"])
CONSOLE = "gimp-console-2.10" if VERSION == 2 else "gimp-console-3.0"
INTERPRETER = [] if VERSION == 2 else ["--quit", "--batch-interpreter=plug-in-script-fu-eval"]
FRAMES = 20

# What the tests write in the second version's Script-Fu, in terms of the third's.
PRELUDE = """
    (define (is-true values) (= (car values) TRUE))
    (define (layers-of image) (cadr (gimp-image-get-layers image)))
    (define (width-of image) (car (gimp-image-width image)))
    (define (height-of image) (car (gimp-image-height image)))
    (define (load path) (car (gimp-file-load RUN-NONINTERACTIVE path path)))
    (define (find-in-layers image threshold marks radius select variance hidden)
      (plug-in-hotpix-layers RUN-NONINTERACTIVE image 0 threshold marks radius select variance
                             hidden))
    (define (find-in-photos names threshold marks radius select)
      (plug-in-hotpix-photos RUN-NONINTERACTIVE (length names) names threshold marks radius select
                             0))
"""
if VERSION == 3:
    PRELUDE = """
    (define (is-true values) (if (boolean? (car values)) (car values) (= (car values) TRUE)))
    (define (layers-of image) (car (gimp-image-get-layers image)))
    (define (width-of image) (car (gimp-image-get-width image)))
    (define (height-of image) (car (gimp-image-get-height image)))
    (define (load path) (car (gimp-file-load RUN-NONINTERACTIVE path)))
    (define (mark-name marks) (vector-ref (vector "none" "pixels" "rings" "both") marks))
    (define (find-in-layers image threshold marks radius select variance hidden)
      (plug-in-hotpix-layers #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector)
        #:threshold threshold #:marks (mark-name marks) #:ring-radius radius #:select select
        #:variance variance #:hidden hidden))
    (define (find-in-photos names threshold marks radius select)
      (plug-in-hotpix-photos #:run-mode RUN-NONINTERACTIVE #:photos names #:threshold threshold
        #:marks (mark-name marks) #:ring-radius radius #:select select))
"""


def quote(text):
    escaped = str(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class Procedures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        plugins = cls.folder / "gimp/plug-ins/hotpix"
        plugins.mkdir(parents=True)
        shutil.copy(PLUGIN, plugins / "hotpix")
        cls.photos = cls.folder / "photos"
        size = ("--width=480", "--height=320", f"--frames={FRAMES}", "--defects=12")
        command = (SIMULATE_PHOTOS, *size, "--quality=95", "--seed=5", cls.photos)
        subprocess.run(command, check=True)
        lines = (cls.photos / "truth.tsv").read_text().splitlines()[1:]
        cls.truth = [tuple(map(int, line.split("\t")[:2])) for line in lines]
        (cls.photos / "truth.tsv").unlink()
        cls.pngs = []
        for photo in sorted(cls.photos.glob("*.JPG")):
            cls.pngs.append(cls.folder / f"{photo.stem}.png")
            PIL.Image.open(photo).save(cls.pngs[-1])

    def run_gimp(self, script):
        """What the script writes to its file `out`, and all that GIMP said."""
        out = self.folder / "out.txt"
        out.unlink(missing_ok=True)
        script = f"""{PRELUDE} (let* ((out (open-output-file {quote(out)})))
            {script} (close-output-port out))"""
        folders = {f"GIMP{VERSION}_DIRECTORY": str(self.folder / "gimp")}
        done = subprocess.run(
            [CONSOLE, "-i", "-d", "-f", *INTERPRETER, "-b", f"(begin {script})"]
            + ["-b", "(gimp-quit 0)"],
            env=dict(os.environ, **folders, LC_ALL="C.UTF-8"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return out.read_text() if out.exists() else "", done.stdout + done.stderr

    LIST = '(display (caddr (car (gimp-image-get-parasite image "hotpix-defects"))) out)'

    def stack(self, paths):
        """Opens the files as the layers of an image of their size."""
        names = " ".join(map(quote, paths))
        return f"""
            (let* ((first (load {quote(paths[0])}))
                   (image (car (gimp-image-new (width-of first) (height-of first) RGB))))
              (for-each (lambda (name)
                (gimp-image-insert-layer image
                  (car (gimp-file-load-layer RUN-NONINTERACTIVE image name)) 0 0))
                (list {names}))
              (gimp-image-clean-all image)"""

    def photos_list(self, names):
        listed = " ".join(map(quote, names))
        return self.run_gimp(
            f"""
            (let* ((result (find-in-photos (list {listed}) 1.0 3 12 FALSE))
                   (image (car result)))
              {self.LIST}
              (display (cadr result) out))"""
        )

    def assert_finds_the_planted(self, text):
        rows = [line.split("\t") for line in text.splitlines()[2:]]
        spots = [(int(row[0]), int(row[1])) for row in rows if len(row) > 2]
        for x, y in spots:
            self.assertTrue(
                any(abs(x - u) <= 1 and abs(y - v) <= 1 for u, v in self.truth), (x, y)
            )
        self.assertGreaterEqual(len(spots), 10)
        return spots

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

    def test_layers_give_the_list_that_photos_give(self):
        """But for the camera, which layers do not tell."""
        text, said = self.run_gimp(
            self.stack(self.pngs)
            + f"""
            (let* ((result (find-in-layers image 1.0 3 12 FALSE FALSE FALSE)))
              {self.LIST}
              (display (car (gimp-item-get-name (car result))) out)))"""
        )
        spots = self.assert_finds_the_planted(text)
        self.assertTrue(text.endswith(f"Hot pixels ({len(spots)})"), said)
        photos = self.photos_list([self.photos])[0].splitlines()
        self.assertEqual(text.splitlines()[1:-1], photos[1:-1])

    def test_options(self):
        text, said = self.run_gimp(
            self.stack(self.pngs)
            + """
            (find-in-layers image 1.0 1 12 TRUE TRUE FALSE)
            (display (list (vector-length (layers-of image))
                           (is-true (gimp-selection-is-empty image))
                           (car (gimp-item-get-name (vector-ref (layers-of image) 1)))) out)
            (find-in-layers image 1.0 2 4 FALSE FALSE FALSE)
            (display (vector-length (layers-of image)) out))"""
        )
        # The second run takes none of the first one's layers for a frame.
        self.assertEqual(text, f"({FRAMES + 2} #f Variance){FRAMES + 3}", said)

    def assert_refused(self, script, words, call):
        _, said = self.run_gimp(f"{script} {call})")
        self.assertIn(words, said)

    def test_what_cannot_work_is_told(self):
        call = "(find-in-layers image 1.0 3 12 FALSE FALSE FALSE)"
        self.assert_refused(self.stack(self.pngs[:1]), "at least 2 photos are needed", call)
        self.assert_refused(
            self.stack(self.pngs[:3])
            + '(gimp-image-convert-indexed image 0 0 16 FALSE FALSE "")',
            "choose Image > Mode > RGB first",
            call,
        )
        # GIMP 3 keeps arguments in their ranges itself.
        for wrong, words in (("0.1 3 12", "0.25 to 100 is"), ("1.0 3 3", "4 to 200 are")):
            words = words if VERSION == 2 else "out of range"
            self.assert_refused(
                self.stack(self.pngs[:3]), words, call.replace("1.0 3 12", wrong)
            )
        empty = self.folder / "empty"
        empty.mkdir()
        for names, words in (
            ([empty], "there are no photos in the folder"),
            ([self.folder / "none.JPG"], "at least 2 photos are needed"),
            ([], "no photos are given"),
        ):
            text, said = self.photos_list(names)
            self.assertEqual(text, "")
            self.assertIn(words, said)

    def test_an_image_is_unchanged_after_a_failure(self):
        text, said = self.run_gimp(
            self.stack(self.pngs[:1])
            + """
            (catch 'failed (find-in-layers image 1.0 3 12 FALSE FALSE FALSE))
            (display (list (is-true (gimp-image-is-dirty image))
                           (vector-length (layers-of image))
                           (is-true (gimp-selection-is-empty image))) out))"""
        )
        self.assertEqual(text, "(#f 1 #t)", said)


if __name__ == "__main__":
    tap.main()
