# SPDX-License-Identifier: GPL-3.0-or-later
"""The plug-in in GIMP's own window, on a screen that nobody sees, worked by keys as a user would.

Where HOTPIX_SCREENSHOTS names a folder, pictures of what was seen are left there."""

import io
import os
import pathlib
import shutil
import subprocess
import time
import unittest

import languages
import numpy
import PIL.Image
import tap
from gimp_host import (
    FRAMES,
    HEIGHT,
    INTERPRETER,
    NAME,
    PRELUDE,
    VERSION,
    WIDTH,
    Host,
    Session,
    quote,
    stack,
)

TOOLS = ("Xvfb", "xdotool", "openbox")
PATIENCE = 600  # seconds for a window to come, or to go, on a machine that others use, too
# Beside the progress bar of GIMP's window as it opens on an empty screen.
CANCEL_BUTTON = {"2.10": ("980", "870"), "3.0": ("667", "602")}.get(NAME)
MANY = 3000  # photos of 6 megapixels, which take long enough to be cancelled
# Filters, Enhance, and the entry, by their underlined letters.
MENU = {
    "layers": ["alt+r", "h", "l"],
    "photos": ["alt+r", "h", "o"],
    "repair": ["alt+r", "h", "x"],
}


def start(*command, **options):
    quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | options
    return subprocess.Popen(command, **({"stdout": subprocess.DEVNULL} | quiet))


class Screen:
    """A screen of its own with a window manager; its programs end with it."""

    def __init__(self):
        self.programs = []
        server = start(
            *("Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"),
            # Else it starts anew when its last client goes, and takes those with it that just come.
            "-noreset",
            stdout=subprocess.PIPE,
        )
        self.programs.append(server)
        self.display = ":" + server.stdout.readline().decode().strip()
        self.environment = {"DISPLAY": self.display}
        self.start_window_manager()

    def start_window_manager(self):
        """Without one, keys go to windows at random."""
        end = time.monotonic() + PATIENCE
        manager = self.start("openbox")
        while not self.ask("get_num_desktops"):
            if time.monotonic() > end:
                raise AssertionError("openbox does not manage the windows")
            if manager.poll() is not None:
                manager = self.start("openbox")
            time.sleep(0.1)

    def start(self, *command, environment=None, **options):
        environment = dict(environment or os.environ, **self.environment)
        self.programs.append(start(*command, env=environment, **options))
        return self.programs[-1]

    def close(self):
        for program in reversed(self.programs):
            program.terminate()
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
            if program.stdout is not None:
                program.stdout.close()

    def ask(self, *arguments):
        """What xdotool answers; "" where it waits for a window that is gone."""
        try:
            done = subprocess.run(
                ["xdotool", *arguments],
                env=dict(os.environ, **self.environment),
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ""
        return done.stdout.strip()

    def find(self, title, patience=PATIENCE):
        """The window whose title matches, when it has come."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = self.ask("search", "--onlyvisible", "--name", title).split()
            if found:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"no window {title} has come: {self.titles()}")

    def is_there(self, window, title):
        return window in self.ask("search", "--onlyvisible", "--name", title).split()

    def is_gone(self, window, title, patience):
        end = time.monotonic() + patience
        while self.is_there(window, title):
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        return True

    def titles(self):
        windows = self.ask("search", "--onlyvisible", "--name", ".").split()
        return [self.ask("getwindowname", window) for window in windows]

    def activate(self, title):
        window = self.find(title)
        self.ask("windowactivate", "--sync", window)
        return window

    def press(self, *keys, pause=0.2):
        for key in keys:
            self.ask("key", key)
            time.sleep(pause)

    def answer(self, title, key):
        """Presses a key in a dialog until it is gone; what has the focus at first is GTK's."""
        end = time.monotonic() + PATIENCE
        window = self.activate(title)
        patience = 2
        while True:
            self.ask("windowactivate", "--sync", window)
            self.press(key)
            if self.is_gone(window, title, patience):
                return
            if time.monotonic() > end:
                raise AssertionError(f"{title} stays in spite of {key}")
            patience *= 2

    def picture(self, name):
        folder = os.environ.get("HOTPIX_SCREENSHOTS")
        if folder:
            # Windows also report the windows under the pointer.
            self.ask("mousemove", "1279", "899")
            time.sleep(2)
            path = pathlib.Path(folder) / f"{name}-{NAME}.png"
            environment = dict(os.environ, **self.environment)
            subprocess.run(["import", "-window", "root", path], env=environment, check=False)


@unittest.skipUnless(all(map(shutil.which, TOOLS)), f"{' or '.join(TOOLS)} is not installed")
@unittest.skipUnless(
    NAME and shutil.which(f"gimp-{NAME}"), "GIMP with a window is not installed"
)
class Windows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = cls.enterClassContext(Host())
        cls.photos, cls.truth, cls.pngs = cls.host.make_photos()
        done = subprocess.run([f"gimp-{NAME}", "--version"], capture_output=True, check=True)
        cls.version = done.stdout.decode().split()[-1]

    def setUp(self):
        self.screen = Screen()
        self.addCleanup(self.screen.close)

    def open_gimp(self, script, log=None, files=(), **environment):
        # So that no window but GIMP's own comes up; of an earlier test's it would offer to save the image.
        shutil.rmtree(self.host.folder / "gimp/backups", ignore_errors=True)
        settings = self.host.folder / "gimp/gimprc"
        settings.write_text(
            f'(check-updates no)\n(show-welcome-dialog no)\n(config-version "{self.version}")\n'
        )
        return self.screen.start(
            *(f"gimp-{NAME}", "-d", "-f", "-s", "-n", *INTERPRETER),
            *("-b", f"(begin {PRELUDE} {script})"),
            *map(str, files),
            environment=self.host.environment(**environment),
            **({} if log is None else {"stdout": log, "stderr": log}),
        )

    def open_session(self, *files):
        """GIMP with these files in its window, to which scripts can be given besides."""
        session = Session(self.host, lambda script, log: self.open_gimp(script, log, files))
        self.addCleanup(session.close)
        return session

    def open_stack(self, **environment):
        shown = stack(self.pngs) + "(gimp-display-new image))"
        self.open_gimp(shown, **environment)
        return self.screen.activate(f"{FRAMES} layers.* {WIDTH}x{HEIGHT}.*GIMP")

    def choose(self, entry, title):
        """Opens a dialog from the menu. Keys that come before GIMP is ready, or meet another menu, are
        pressed again."""
        window = self.screen.ask("getactivewindow")
        for patience in (1, 2, 4, 8, 16, 32, 64):
            self.screen.ask("windowactivate", "--sync", window)
            self.screen.press(*MENU[entry], pause=patience / 5)
            try:
                self.screen.find(title, patience)
                break
            except AssertionError:
                self.screen.press("Escape", "Escape", "Escape")
        return self.screen.activate(title)

    def test_layers_by_the_menu_and_ok_marks_the_image_in_one_step_of_undo(self):
        self.open_stack()
        self.choose("layers", "^Find Hot Pixels in Layers$")
        self.screen.picture("layers-dialog")
        self.screen.answer("^Find Hot Pixels in Layers$", "alt+o")
        self.screen.activate(f"{FRAMES + 2} layers")
        self.screen.picture("layers-marked")
        self.screen.press("ctrl+z")
        self.screen.find(f"{FRAMES} layers")

    def test_cancel_leaves_the_image_as_it_was(self):
        window = self.open_stack()
        self.choose("layers", "^Find Hot Pixels in Layers$")
        self.screen.answer("^Find Hot Pixels in Layers$", "Escape")
        title = self.screen.ask("getwindowname", window)
        self.assertIn(f"{FRAMES} layers", title)
        self.assertFalse(title.startswith("*"), title)

    def choose_folder(self, folder):
        self.choose("photos", "^Find Hot Pixels in Photos$")
        self.screen.press("alt+f")
        self.screen.activate("^Add a Folder of Photos$")
        time.sleep(1)
        self.screen.ask("type", "--delay", "120", str(folder))
        time.sleep(1)
        self.screen.picture("folder-dialog")
        self.screen.answer("^Add a Folder of Photos$", "Return")
        self.screen.activate("^Find Hot Pixels in Photos$")

    def test_photos_by_the_menu_with_no_image_open(self):
        self.open_gimp("")
        self.screen.activate("GNU Image Manipulation Program")
        self.choose_folder(self.photos)
        self.screen.picture("photos-dialog")
        self.screen.answer("^Find Hot Pixels in Photos$", "alt+o")
        self.screen.activate(f"{self.photos.name} hotpix.*5 layers.* {WIDTH}x{HEIGHT}.*GIMP")
        self.screen.picture("photos-marked")

    def test_one_photo_of_a_folder_to_a_mended_photo_by_keys_alone(self):
        """Find, marked on the photo, and repair: two dialogs, each with OK."""
        photo = sorted(self.photos.glob("*.JPG"))[0]
        session = self.open_session(photo)
        self.screen.activate(f"{photo.stem}.*GIMP")
        # It begins with the photo's own folder.
        self.choose("photos", "^Find Hot Pixels in Photos$")
        self.screen.picture("on-photo-dialog")
        self.screen.answer("^Find Hot Pixels in Photos$", "alt+o")
        # The photo, the group, and the marks in it.
        self.screen.activate(f"{photo.stem}.*3 layers")
        self.screen.picture("on-photo-marked")
        self.choose("repair", "^Repair Hot Pixels$")
        self.screen.picture("repair-dialog")
        self.screen.answer("^Repair Hot Pixels$", "alt+o")
        self.screen.activate(f"{photo.stem}.*4 layers")
        self.screen.picture("repaired")
        pictures = [self.host.folder / name for name in ("before.png", "after.png")]
        before, after = map(quote, pictures)
        text, said = session.run(
            f"""(let* ((image (car (all-images))) (whole (car (gimp-image-duplicate image))))
                  (display (map name-of (vector->list (layers-of image))) out)
                  (gimp-image-remove-layer whole (layer-at whole 0))
                  (let ((copy (car (gimp-image-duplicate whole))))
                    (gimp-image-remove-layer copy (layer-at copy 0))
                    (save copy (layer-at copy 0) {before}))
                  (gimp-image-flatten whole)
                  (save whole (layer-at whole 0) {after}))"""
        )
        self.assertRegex(text, r"^\(Hot pixels: .*\) Repaired \(\d+\) ", said)
        before, after = (
            numpy.asarray(PIL.Image.open(path).convert("RGB")) for path in pictures
        )
        changed = (before != after).any(axis=2)
        n_seen = sum(
            changed[max(y - 3, 0) : y + 4, max(x - 3, 0) : x + 4].any() for x, y in self.truth
        )
        self.assertGreater(n_seen, 7)
        # What the repair of the file itself changes: blocks around defects, and nothing farther off.
        for x, y in self.truth:
            changed[max(y - 24, 0) : y + 25, max(x - 24, 0) : x + 25] = False
        self.assertEqual(numpy.count_nonzero(changed), 0)

    def test_one_layer_leads_to_the_photos(self):
        self.open_session(self.pngs[0])
        self.screen.activate(f"{self.pngs[0].stem}.*GIMP")
        self.choose("layers", "^Find Hot Pixels in Layers$")
        self.screen.picture("one-layer")
        self.screen.answer("^Find Hot Pixels in Layers$", "Return")
        self.screen.activate("^Find Hot Pixels in Photos$")

    def plug_ins(self):
        """The processes of the plug-in that are at work."""
        program = str(self.host.folder / "gimp/plug-ins/hotpix/hotpix")
        found = subprocess.run(
            ["pgrep", "-f", f"^{program} .*-run"], capture_output=True, check=False
        )
        return found.stdout.split()

    def make_many(self):
        """A folder of small files that take long to decode. Each has a quantisation table of its own, for a
        photo that is another one's copy is not read at all."""
        folder = self.host.folder / "many"
        folder.mkdir()
        image = io.BytesIO()
        PIL.Image.linear_gradient("L").resize((3000, 2000)).convert("RGB").save(
            image, "JPEG", quality=10
        )
        photo = bytearray(image.getvalue())
        last = photo.index(b"\xff\xdb") + 4 + 64
        for i in range(MANY):
            photo[last - 1], photo[last] = 1 + i // 250, 1 + i % 250
            (folder / f"{i:05}.JPG").write_bytes(photo)
        return folder

    @unittest.skipUnless(CANCEL_BUTTON, f"it is not known where GIMP {NAME} has its button")
    def test_cancelling_ends_the_work_at_once(self):
        many = self.make_many()
        window = self.open_stack()
        self.choose_folder(many)
        self.screen.answer("^Find Hot Pixels in Photos$", "alt+o")
        # The bar beside the button comes with the first progress.
        time.sleep(2)
        self.assertTrue(self.plug_ins(), "the work is done before it could be cancelled")
        self.screen.ask("windowactivate", "--sync", window)
        self.screen.picture("at-work")
        pressed = time.monotonic()
        again = 0
        while self.plug_ins():
            self.assertLess(time.monotonic() - pressed, PATIENCE)
            # A click that comes before the button does is lost.
            if time.monotonic() - pressed >= again:
                self.screen.ask("mousemove", *CANCEL_BUTTON, "click", "1")
                again += 2
            time.sleep(0.05)
        print(f"# cancelled after {time.monotonic() - pressed:.2f} s")
        # GIMP shows the image's name again when it has taken the job's end in.
        self.screen.find(f"{FRAMES} layers")
        # That it was not done instead.
        self.assertFalse([title for title in self.screen.titles() if "2 layers" in title])

    def test_the_dialog_speaks_the_users_language(self):
        """Called by a script, as the menus have other letters then."""
        call = (
            "(plug-in-hotpix-layers RUN-INTERACTIVE image 0 1.0 3 12 FALSE FALSE FALSE FALSE)"
        )
        if VERSION == 3:
            call = "(plug-in-hotpix-layers #:run-mode RUN-INTERACTIVE #:image image)"
        shown = stack(self.pngs[:2]) + f"(gimp-display-new image) {call})"
        for name, title in (
            ("nl_NL", "^Hotpixels zoeken in lagen$"),
            ("de_DE", "^Hotpixel in Ebenen finden$"),
        ):
            with self.subTest(name):
                environment = languages.environment(self.host.folder / "locales", name)
                gimp = self.open_gimp(shown, **environment)
                self.screen.activate(title)
                self.screen.picture(f"layers-dialog-{name}")
                gimp.kill()

    @unittest.skipUnless(
        os.environ.get("HOTPIX_SCREENSHOTS"), "HOTPIX_SCREENSHOTS names no folder"
    )
    def test_every_dialog_in_every_language_for_someone_to_look_at(self):
        calls = {
            "photos": (
                '(plug-in-hotpix-photos RUN-INTERACTIVE image 0 (quote ()) 1.0 3 12 FALSE 0 FALSE 0 FALSE "")',
                "(plug-in-hotpix-photos #:run-mode RUN-INTERACTIVE #:image image)",
            ),
            "repair": (
                '(plug-in-hotpix-repair RUN-INTERACTIVE image (layer-at image 0) "" 1.0 0 0 "")',
                "(plug-in-hotpix-repair #:run-mode RUN-INTERACTIVE #:image image #:drawables (vector (layer-at image 0)))",
            ),
        }
        for name in ("en_US", "nl_NL", "de_DE"):
            for dialog, words in calls.items():
                environment = (
                    {}
                    if name == "en_US"
                    else languages.environment(self.host.folder / "locales", name)
                )
                shown = f"(let* ((image (load {quote(self.pngs[0])}))) (gimp-display-new image) {words[VERSION - 2]})"
                gimp = self.open_gimp(shown, **environment)
                self.screen.find("^(Find|Repair|Hotpixel)")
                self.screen.picture(f"{dialog}-dialog-{name}")
                gimp.kill()
                gimp.wait()


if __name__ == "__main__":
    tap.main()
