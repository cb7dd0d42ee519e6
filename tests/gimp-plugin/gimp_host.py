# SPDX-License-Identifier: GPL-3.0-or-later
"""The real GIMP with the plug-in in a scratch folder, and photos to give to it."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import PIL.Image

PLUGIN = pathlib.Path(os.environ["HOTPIX_GIMP_PLUGIN"])
SIMULATE_PHOTOS = os.environ["HOTPIX_SIMULATE_PHOTOS"]
VERSION = int(os.environ["HOTPIX_GIMP_VERSION"])
NAMES = ["2.10"] if VERSION == 2 else ["3.2", "3.0"]
NAME = next((name for name in NAMES if shutil.which(f"gimp-console-{name}")), None)
INTERPRETER = [] if VERSION == 2 else ["--batch-interpreter=plug-in-script-fu-eval"]
FRAMES = 20
PATIENCE = 1200  # seconds for a script, on a machine that others use, too
WIDTH, HEIGHT = 480, 320

# What the tests write in the second version's Script-Fu, in terms of the third's.
PRELUDE = """
    (define (is-true values) (= (car values) TRUE))
    (define (all-images) (vector->list (cadr (gimp-image-list))))
    (define (layers-of image) (cadr (gimp-image-get-layers image)))
    (define (width-of image) (car (gimp-image-width image)))
    (define (height-of image) (car (gimp-image-height image)))
    (define (load path) (car (gimp-file-load RUN-NONINTERACTIVE path path)))
    (define (save image layer path)
      (file-png-save RUN-NONINTERACTIVE image layer path path 0 9 0 0 0 0 0))
    (define (insert-group image)
      (let ((group (car (gimp-layer-group-new image))))
        (gimp-image-insert-layer image group 0 0)
        group))
    (define (to-indexed image) (gimp-image-convert-indexed image 0 0 16 FALSE FALSE ""))
    (define (find-in-layers image threshold marks radius select variance hidden)
      (plug-in-hotpix-layers RUN-NONINTERACTIVE image 0 threshold marks radius select variance
                             hidden FALSE))
    (define (find-and-enlarge image)
      (plug-in-hotpix-layers RUN-NONINTERACTIVE image 0 1.0 2 12 FALSE FALSE FALSE TRUE))
    (define (find-in-photos names threshold marks radius select camera stack)
      (plug-in-hotpix-photos RUN-NONINTERACTIVE -1 (length names) names threshold marks radius
                             select camera stack 0 FALSE ""))
    (define (mark-on image names)
      (plug-in-hotpix-photos RUN-NONINTERACTIVE image (length names) names 1.0 1 12 FALSE 0 FALSE
                             1 FALSE ""))
    (define (find-by-body names body)
      (plug-in-hotpix-photos RUN-NONINTERACTIVE -1 (length names) names 1.0 1 12 FALSE 0 FALSE 0
                             FALSE body))
    (define (active-layer image) (car (gimp-image-get-active-layer image)))
    (define (id-of image) image)
    (define (repair image layer source result)
      (plug-in-hotpix-repair RUN-NONINTERACTIVE image layer source 1.0 0 result ""))
    (define (repair-with run-mode image layer)
      (plug-in-hotpix-repair run-mode image layer "" 1.0 0 0 ""))
"""
if VERSION == 3:
    PRELUDE = """
    (define (is-true values) (if (boolean? (car values)) (car values) (= (car values) TRUE)))
    (define (all-images) (vector->list (car (gimp-get-images))))
    (define (layers-of image) (car (gimp-image-get-layers image)))
    (define (width-of image) (car (gimp-image-get-width image)))
    (define (height-of image) (car (gimp-image-get-height image)))
    (define (load path) (car (gimp-file-load RUN-NONINTERACTIVE path)))
    (define (save image layer path)
      (for-each (lambda (each) (gimp-item-set-visible each (if (= each layer) TRUE FALSE)))
                (vector->list (layers-of image)))
      (gimp-file-save RUN-NONINTERACTIVE image path))
    (define (insert-group image)
      (let ((group (car (gimp-group-layer-new image "group"))))
        (gimp-image-insert-layer image group 0 0)
        group))
    (define (to-indexed image)
      (gimp-image-convert-indexed image CONVERT-DITHER-NONE CONVERT-PALETTE-GENERATE 16 FALSE FALSE
                                  ""))
    (define (mark-name marks) (vector-ref (vector "none" "pixels" "rings" "both") marks))
    (define (find-in-layers image threshold marks radius select variance hidden)
      (plug-in-hotpix-layers #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector)
        #:threshold threshold #:marks (mark-name marks) #:ring-radius radius #:select select
        #:variance variance #:hidden hidden))
    (define (find-and-enlarge image)
      (plug-in-hotpix-layers #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector)
        #:sheet TRUE))
    (define (find-in-photos names threshold marks radius select camera stack)
      (plug-in-hotpix-photos #:run-mode RUN-NONINTERACTIVE #:photos names #:threshold threshold
        #:marks (mark-name marks) #:ring-radius radius #:select select
        #:camera (if (= camera 0) "most" "any") #:stack stack))
    (define (mark-on image names)
      (plug-in-hotpix-photos #:run-mode RUN-NONINTERACTIVE #:image image #:photos names
        #:marks "pixels" #:target "open"))
    (define (find-by-body names body)
      (plug-in-hotpix-photos #:run-mode RUN-NONINTERACTIVE #:photos names #:body body))
    (define (active-layer image) (vector-ref (car (gimp-image-get-selected-layers image)) 0))
    (define (id-of image) image)
    (define (repair image layer source result)
      (plug-in-hotpix-repair #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector layer)
        #:source source #:result (if (= result 0) "layer" "drawable")))
    (define (repair-with run-mode image layer)
      (plug-in-hotpix-repair #:run-mode run-mode #:image image #:drawables (vector layer)))
"""

PRELUDE += """
    (define (lock layer)
      (gimp-item-set-lock-content layer TRUE)
      (gimp-item-set-lock-position layer TRUE)
      (gimp-layer-set-lock-alpha layer TRUE))
    (define (children-of group)
      (let ((found (gimp-item-get-children group))) (vector->list (car (last-pair found)))))
    (define (to-float image) (gimp-image-convert-precision image PRECISION-FLOAT-LINEAR))
    (define (list-of image)
      (caddr (car (gimp-image-get-parasite image "hotpix-defects"))))
    (define (name-of layer) (car (gimp-item-get-name layer)))
    (define (layer-at image i) (vector-ref (layers-of image) i))
    (define (count-layers image) (vector-length (layers-of image)))
    (define (defaults image) (find-in-layers image 1.0 3 12 FALSE FALSE FALSE))
    (define (is-untouched image n)
      (and (not (is-true (gimp-image-is-dirty image)))
           (= (count-layers image) n)
           (is-true (gimp-selection-is-empty image))))

    (define (load-stack names precision)
      (let* ((first (load (car names)))
             (image (car (gimp-image-new-with-precision (width-of first) (height-of first) RGB
                                                        precision))))
        (for-each (lambda (name)
          (gimp-image-insert-layer image
            (car (gimp-file-load-layer RUN-NONINTERACTIVE image name)) 0 0))
          names)
        (gimp-image-delete first)
        image))
    ; Files are loaded once, for each takes GIMP a process; what scripts get are copies.
    (define stacks '())
    (define (stack-of names precision)
      (if (not (assoc names stacks))
          (set! stacks (cons (list names (load-stack names precision)) stacks)))
      (let ((image (car (gimp-image-duplicate (cadr (assoc names stacks))))))
        (gimp-image-clean-all image)
        image))
    (define (delete-stacks)
      (for-each (lambda (stack) (gimp-image-delete (cadr stack))) stacks))
    ; Those in a window stay.
    (define (delete-copies)
      (for-each (lambda (image)
        (if (not (member image (map cadr stacks)))
            (catch 'shown (gimp-image-delete image))))
        (all-images)))

    (define (tell-error path words)
      (let ((out (open-output-file path)))
        (display "Error: " out)
        (for-each (lambda (word) (display word out)) words)
        (close-output-port out)))
    ; Goes on behind an error that nothing in the work catches, and keeps what it says.
    (define (work-to-the-end work out errors)
      (call/cc (lambda (leave)
        (let ((before *error-hook*))
          (set! *error-hook* (lambda words
            (if (more-handlers?)
                (apply throw words)
                (begin
                  (set! *error-hook* before)
                  (tell-error errors words)
                  (leave #f)))))
          (work out)
          (set! *error-hook* before)))))
    (define (run-script work path errors done)
      (let ((out (open-output-file path)))
        (work-to-the-end work out errors)
        (close-output-port out))
      (delete-copies)
      (close-output-port (open-output-file done)))
    ; One script after the other, as they come by a pipe.
    (define (serve pipe)
      (let* ((scripts (open-input-file pipe)))
        (let loop ((script (read scripts)))
          (if (not (eof-object? script))
              (begin
                (eval script)
                (loop (read scripts))))))
      (delete-stacks))
"""


def quote(text):
    escaped = str(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class Host(contextlib.ExitStack):
    """A scratch folder with GIMP's own in it."""

    def __init__(self):
        super().__init__()
        self.session = None
        self.folder = pathlib.Path(self.enter_context(tempfile.TemporaryDirectory()))
        plugins = self.folder / "gimp/plug-ins/hotpix"
        plugins.mkdir(parents=True)
        shutil.copy(PLUGIN, plugins / "hotpix")

    def make_photos(self):
        """A folder of JPEGs, the places of their defects, and the same photos as PNGs."""
        photos = self.folder / "photos"
        size = (f"--width={WIDTH}", f"--height={HEIGHT}", f"--frames={FRAMES}", "--defects=12")
        command = (SIMULATE_PHOTOS, *size, "--quality=95", "--seed=5", photos)
        subprocess.run(command, check=True)
        lines = (photos / "truth.tsv").read_text().splitlines()[1:]
        truth = [tuple(map(int, line.split("\t")[:2])) for line in lines]
        (photos / "truth.tsv").unlink()
        pngs = []
        for photo in sorted(photos.glob("*.JPG")):
            pngs.append(self.folder / f"{photo.stem}.png")
            PIL.Image.open(photo).save(pngs[-1])
        return photos, truth, pngs

    def environment(self, **more):
        folders = {
            f"GIMP{VERSION}_DIRECTORY": str(self.folder / "gimp"),
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_DATA_HOME": str(self.folder / "data"),
        }
        return dict(os.environ, **folders, **({"LC_ALL": "C.UTF-8", "LANGUAGE": ""} | more))

    def command(self, *scripts):
        """GIMP without a window, which runs these and quits."""
        # GIMP 3 needs this, or it stays after an error.
        ending = [] if VERSION == 2 else ["--quit"]
        batches = [word for script in (*scripts, "(gimp-quit 0)") for word in ("-b", script)]
        return [f"gimp-console-{NAME}", "-i", "-d", "-f", *ending, *INTERPRETER, *batches]

    def run_alone(self, script, **environment):
        """What the script writes to its port `out`, and all that a GIMP of its own said."""
        out = self.folder / "out.txt"
        out.unlink(missing_ok=True)
        script = f"""{PRELUDE} (let* ((out (open-output-file {quote(out)})))
            {script} (close-output-port out)) (delete-stacks)"""
        done = subprocess.run(
            self.command(f"(begin {script})"),
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return out.read_text() if out.exists() else "", done.stdout + done.stderr

    def run(self, script):
        """The same in a GIMP that one script after the other is given to. An error ends the script, and
        is in what was said; images that are left are gone for the next."""
        if self.session is None:
            self.session = self.enter_context(Session(self))
        return self.session.run(script)

    def end_session(self):
        """What GIMP said at the end of the scripts that were run, or "" if there were none."""
        session, self.session = self.session, None
        return session.end() if session is not None else ""


class Session(contextlib.ExitStack):
    """One GIMP that runs scripts as they come.

    start: of what runs the script and writes to the log; by default GIMP without a window."""

    def __init__(self, host, start=None):
        super().__init__()
        folder = pathlib.Path(self.enter_context(tempfile.TemporaryDirectory()))
        self.out, self.errors, self.done = (folder / name for name in ("out", "errors", "done"))
        self.log = self.enter_context(open(folder / "log", "w+", encoding="utf-8"))
        os.mkfifo(folder / "scripts")
        served = f"(begin {PRELUDE} (serve {quote(folder / 'scripts')}))"
        if start is not None:
            self.gimp = start(served, self.log)
        else:
            self.gimp = self.enter_context(
                subprocess.Popen(
                    host.command(served),
                    env=host.environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=self.log,
                    stderr=self.log,
                )
            )
            self.callback(self.gimp.kill)
        # Opened for reading, too: it does not wait for GIMP, which may have ended.
        self.pipe = os.fdopen(os.open(folder / "scripts", os.O_RDWR), "w", encoding="utf-8")
        self.callback(self.pipe.close)

    def said_since(self, start):
        with open(self.log.name, encoding="utf-8", errors="replace") as log:
            log.seek(start)
            return log.read()

    def run(self, script):
        for path in (self.out, self.errors, self.done):
            path.unlink(missing_ok=True)
        start = os.path.getsize(self.log.name)
        paths = " ".join(map(quote, (self.out, self.errors, self.done)))
        self.pipe.write(f"(run-script (lambda (out) {script}) {paths})\n")
        self.pipe.flush()
        end = time.monotonic() + PATIENCE
        while not self.done.exists():
            if self.gimp.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"GIMP did not come to an end: {self.said_since(0)}")
            time.sleep(0.01)
        errors = self.errors.read_text() if self.errors.exists() else ""
        return self.out.read_text(), self.said_since(start) + errors

    def end(self):
        self.pipe.close()
        self.gimp.wait(PATIENCE)
        said = self.said_since(0)
        self.close()
        return said


def stack(paths, depth=8):
    """Opens the files as the layers of an image of the first one's size, in a let* to be closed."""
    precision = "PRECISION-U8-GAMMA" if VERSION == 2 else "PRECISION-U8-NON-LINEAR"
    precision = precision.replace("8", str(depth))
    return f"""
        (let* ((image (stack-of (list {" ".join(map(quote, paths))}) {precision})))"""
