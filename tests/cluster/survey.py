# SPDX-License-Identifier: GPL-3.0-or-later
"""One set of photos, what one run finds in them, and what a state shows that many runs have made."""

import os
import pathlib
import shutil
import subprocess

import host

CLUSTER_TOOLS = pathlib.Path(os.environ["HOTPIX_CLUSTER_TOOLS"])
SHIM = os.environ["HOTPIX_FAULT_SHIM"]
FRAMES = 26
PROPERTIES = "frames left-out defects variance-minimum variance-maximum variance-mean lowest"


def take_photos(folder):
    return host.simulate(
        folder, "--width=320", "--height=240", f"--frames={FRAMES}", "--defects=12"
    )


class Survey:
    """In a folder, with copies of the photos in photos/ and their list in photos.txt."""

    def __init__(self, machine, photos, folder):
        self.machine = machine
        self.folder = folder
        self.state = folder / "all.fits"
        self.parts = folder / "all.fits.parts"
        self.deadly = folder / "kill-once"
        self.hold = folder / "hold"
        self.command = folder / "magick"
        (folder / "photos").mkdir()
        for photo in photos:
            shutil.copy(photo, folder / "photos")
        self.names = [f"photos/{photo.name}" for photo in photos]
        (folder / "photos.txt").write_text("".join(f"{name}\n" for name in self.names))
        self.write_command()

    def write_command(self, deadly_photo=None):
        """ImageMagick with the module, whatever the environment of whoever starts it. It waits while there
        is a file hold; the first one that reads the deadly photo dies of it, in its middle."""
        lines = [
            f"export {name}='{value}'"
            for name, value in self.machine.environment().items()
            if name.startswith(("MAGICK_", "LC_"))
        ]
        if deadly_photo is not None:
            self.deadly.touch()
            lines.append(f"export LD_PRELOAD='{SHIM}'")
            lines.append(f"export HOTPIX_FAULT_KILL='{deadly_photo}'")
            lines.append(f"export HOTPIX_FAULT_ONCE='{self.deadly}'")
        lines.append(f"while [ -e '{self.hold}' ]; do sleep 0.1; done")
        lines.append(f"exec {self.machine.command} \"$@\"")
        self.command.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        self.command.chmod(0o755)

    def environment(self, photos_a_part, **more):
        """For a script of tools/cluster."""
        return dict(
            os.environ,
            MAGICK=str(self.command),
            PHOTOS_A_PART=str(photos_a_part),
            LC_ALL="C.UTF-8",
            **more,
        )

    def words(self, tool, *logins):
        """The command that makes the state of the list, to be run in the folder."""
        return [str(CLUSTER_TOOLS / tool), "photos.txt", self.state.name, *logins]

    def run(self, words, environment):
        return subprocess.run(
            words,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def read_logs(self):
        return "\n".join(f"{p.name}: {p.read_text()}" for p in sorted(self.parts.glob("*.log")))

    def show(self, *inputs):
        """Picture and properties, and the list, as bytes."""
        listed = self.folder / "hot.tsv"
        words = "\n".join(f"%[hotpix:{name}]" for name in PROPERTIES.split())
        run = self.machine.run(
            *inputs[:-1],
            *("-process", f"hotpix {inputs[-1]} list={listed}"),
            *("-print", words, "-depth", "16", "pnm:-"),
            cwd=self.folder,
        )
        assert (run.status, run.messages) == (0, ""), run.messages
        # It is not that nothing is there to be compared.
        assert len(listed.read_text().splitlines()) > 5, listed.read_text()
        return run.output, listed.read_bytes()

    def show_one_run(self):
        return self.show("-ping", *self.names, "state=one-run.fits")

    def show_state(self):
        return self.show("xc:", f"state={self.state.name}")

    def read_states(self):
        """The state's bytes, and those that one run has left."""
        return self.state.read_bytes(), (self.folder / "one-run.fits").read_bytes()
