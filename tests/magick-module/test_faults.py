# SPDX-License-Identifier: GPL-3.0-or-later
"""What the system can do to a run, and what the run leaves behind."""

import os
import resource
import signal
import subprocess
import time
import unittest

import host
import oracle
import tap

HOST = host.Host()
SHIM = os.environ["HOTPIX_FAULT_SHIM"]


setUpModule = HOST.require
tearDownModule = HOST.close


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        size = ("--width=320", "--height=240", "--quality=95")
        cls.photos = host.simulate(cls.folder / "photos", *size, "--frames=20", "--defects=12")
        cls.small = host.simulate(
            cls.folder / "small", "--width=32", "--height=32", "--frames=12", "--defects=0"
        )

    def setUp(self):
        """An older list and an older result, alone in a folder."""
        self.place = self.enterContext(host.scratch())
        self.list = self.place / "hot.tsv"
        self.list.write_text("an older list")
        self.out = self.place / "out.png"
        self.out.write_bytes(b"an older result")

    def words(self, arguments="", out=None):
        process = f"hotpix list={self.list} {arguments}"
        return ("-ping", *self.photos, "-process", process, out or self.out)

    def whole_list(self):
        run = HOST.run("-ping", *self.photos, "-process", "hotpix list=-", "null:")
        self.assertEqual((run.status, run.messages), (0, ""))
        return run.output.decode()

    def assert_nothing_lost(self):
        self.assertEqual(self.list.read_text(), "an older list")
        self.assertEqual(self.out.read_bytes(), b"an older result")
        self.assert_nothing_beside()

    def assert_nothing_beside(self):
        self.assertEqual(sorted(p.name for p in self.place.iterdir()), ["hot.tsv", "out.png"])

    def shim(self, **faults):
        library = ":".join(filter(None, [host.SANITIZER, SHIM]))
        return {
            "LD_PRELOAD": library,
            **{f"HOTPIX_FAULT_{k}": str(v) for k, v in faults.items()},
        }

    def test_a_disk_that_fills(self):
        for most in (0, 1, 100):
            run = HOST.run(*self.words(), preexec=host.bytes_to_files(most))
            self.assertEqual(run.status, 1, run.messages)
            self.assertIn(f"hotpix: cannot write the list to {self.list}", run.messages)
            self.assert_nothing_lost()

    def test_a_full_device_and_a_full_standard_output(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [HOST.command, *map(str, self.photos), "-process", "hotpix list=-", self.out],
                env=HOST.environment(),
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"cannot write the list to standard output: No space", done.stderr)
        self.assert_nothing_lost()

    def test_a_pipe_that_is_closed_early(self):
        reading, writing = os.pipe()
        os.close(reading)
        words = ("-ping", *self.photos, "-process", "hotpix list=-", self.out)
        for handler in (signal.SIG_DFL, signal.SIG_IGN):
            done = subprocess.run(
                [HOST.command, *map(str, words)],
                env=HOST.environment(),
                stdout=writing,
                stderr=subprocess.PIPE,
                preexec_fn=lambda: signal.signal(signal.SIGPIPE, handler),
                check=False,
            )
            self.assertNotEqual(done.returncode, 0)
            self.assert_nothing_lost()
        self.assertIn(
            b"cannot write the list to standard output: Broken pipe", done.stderr
        )
        os.close(writing)

    def test_a_folder_that_nothing_can_be_made_in(self):
        run = HOST.run("-ping", *self.photos, "-process", "hotpix list=/proc/hot.tsv", self.out)
        self.assertEqual(run.status, 1)
        self.assertIn("hotpix: cannot write the list to /proc/hot.tsv", run.messages)
        self.assert_nothing_lost()

    def test_photos_on_a_read_only_mount(self):
        mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
        within = ("unshare", "--mount", "sh", "-c", mount, "sh", self.folder)
        if subprocess.run([*within, "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("this system lets nobody mount here")
        target = self.folder / "hot.tsv"
        words = (HOST.command, "-ping", *self.photos, "-process")
        run = HOST.run(*within[1:], *words, "hotpix list=-", "null:", command=within[0])
        self.assertEqual(
            (run.status, run.output.decode()), (0, self.whole_list()), run.messages
        )
        run = HOST.run(
            *within[1:], *words, f"hotpix list={target}", self.out, command=within[0]
        )
        self.assertEqual(run.status, 1)
        self.assertIn(f"cannot write the list to {target}", run.messages)
        self.assertIn("Read-only file system", run.messages)
        self.assert_nothing_lost()

    def test_a_photo_that_cannot_be_read_to_its_end(self):
        broken = self.photos[7]
        expected = 4 * oracle.variance_of(oracle.Files(p for p in self.photos if p != broken))
        image = self.place / "image.pnm"
        words = ("xc:", "-process", f"hotpix files={self.photos[0].parent}/*.JPG")
        run = HOST.run(*words, "-depth", "16", image, environment=self.shim(READ=broken))
        self.assertEqual(run.status, 0, run.messages)
        self.assertIn(f"left out: {broken.name} cannot be read: Input/output", run.messages)
        distance = oracle.largest_distance(oracle.read_pnm(image.read_bytes()), expected)
        self.assertLessEqual(distance, 1)

    def test_threads_that_cannot_be_started(self):
        for most in (0, 1, 3):
            run = HOST.run(
                *self.words("threads=4"),
                environment={**self.shim(THREADS=most), "MAGICK_THREAD_LIMIT": "1"},
            )
            self.assertEqual((run.status, run.messages), (0, ""))
            self.assertEqual(self.list.read_text(), self.whole_list())

    def test_an_interrupt_at_any_moment(self):
        whole = self.whole_list()
        start = time.monotonic()
        HOST.run(*self.words(out="null:"))
        seconds = time.monotonic() - start
        n_interrupted = 0
        for moment in range(1, 13):
            self.list.write_text("an older list")
            process = subprocess.Popen(
                [HOST.command, *map(str, self.words(out="null:"))],
                env=HOST.environment(),
                stderr=subprocess.DEVNULL,
            )
            time.sleep(seconds * moment / 12)
            process.send_signal(signal.SIGINT)
            status = process.wait(60)
            self.assertIn(self.list.read_text(), ("an older list", whole))
            if status != 0:
                n_interrupted += 1
            else:
                self.assertEqual(self.list.read_text(), whole)
            self.assert_nothing_beside()
        self.assertGreater(n_interrupted, 3)

    @unittest.skipIf(host.SANITIZER, "the address sanitizer takes more memory than the limits")
    def test_a_system_without_memory(self):
        """GLib and ImageMagick end the program for small things; nothing is half-written then."""
        whole = self.whole_list()
        ends = set()
        for megabytes in (*range(10, 60, 4), *range(60, 460, 40), 1000):
            self.list.write_text("an older list")

            def limit():
                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
                resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

            run = HOST.run(*self.words("threads=2", out="null:"), preexec=limit)
            ends.add(run.status)
            text = self.list.read_text()
            self.assertEqual(text, whole if run.status == 0 else "an older list")
            self.assert_nothing_beside()
        self.assertGreater(len(ends), 1)

    def test_ten_thousand_photos_and_few_open_files(self):
        folder = self.place / "many"
        folder.mkdir()
        for i in range(10000):
            (folder / f"{i:05}.JPG").symlink_to(self.small[i % 12])

        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))

        words = ("-process", f"hotpix files={folder}/*.JPG count-again=yes threads=8")
        run = HOST.run("xc:", *words, "-print", "%[hotpix:frames]", "null:", preexec=limit)
        self.assertEqual((run.status, run.output), (0, b"10000"), run.messages)


if __name__ == "__main__":
    tap.main()
