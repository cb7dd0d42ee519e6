# SPDX-License-Identifier: GPL-3.0-or-later
"""ImageMagick's security policy and limits hold for files that the module opens itself."""

import contextlib
import os
import subprocess
import time
import unittest

import host
import tap

HOST = host.Host()


setUpModule = HOST.require
tearDownModule = HOST.close


class Policy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(host.scratch())
        size = ("--width=96", "--height=64")
        cls.photos = host.simulate(cls.folder / "photos", *size, "--frames=6")
        cls.other = host.simulate(
            cls.folder / "private", *size, "--frames=1", "--seed=7", "--serial=0001"
        )[0]
        cls.all = "\n".join(map(str, [*cls.photos, cls.other])).encode()

    def run_with(self, policies, *words, stdin=None):
        """Runs the command under these policies, beside the system's own."""
        settings = self.folder / "settings"
        settings.mkdir(exist_ok=True)
        lines = "".join(f"  <policy {policy}/>\n" for policy in policies)
        (settings / "policy.xml").write_text(f"<policymap>\n{lines}</policymap>\n")
        environment = {"MAGICK_CONFIGURE_PATH": str(settings)}
        return HOST.run(*words, stdin=stdin, environment=environment)

    def count(self, policies, words="hotpix files=@-"):
        """How many photos are counted and left out, and the messages."""
        print_words = ("-print", "%[hotpix:frames] %[hotpix:left-out]", "null:")
        run = self.run_with(policies, "xc:", "-process", words, *print_words, stdin=self.all)
        return run.output.decode(), run.messages

    def test_all_is_allowed_without(self):
        self.assertEqual(self.count([]), ("7 0", ""))

    def test_a_forbidden_format(self):
        for domain in ("coder", "module"):
            output, messages = self.count([f'domain="{domain}" rights="none" pattern="JPEG"'])
            self.assertEqual(output, "", domain)
            self.assertIn(
                "left out: each of 7 photos is in the format JPEG, which ImageMagick's", messages
            )
            self.assertIn("0 of the 7 given can be used", messages)

    def test_a_forbidden_folder(self):
        policy = f'domain="path" rights="none" pattern="{self.folder}/private/*"'
        output, messages = self.count([policy])
        self.assertEqual(output, "6 1")
        self.assertIn(f"left out: {self.other.name} is where ImageMagick's", messages)

    def test_a_link_into_a_forbidden_folder(self):
        link = self.folder / "link.JPG"
        link.symlink_to(self.other)
        names = "\n".join(map(str, [*self.photos, link])).encode()
        policy = f'domain="path" rights="none" pattern="{self.folder}/private/*"'
        run = self.run_with(
            [policy], "xc:", "-process", "hotpix files=@-", "null:", stdin=names
        )
        self.assertIn(f"left out: {link.name} is where", run.messages)

    def test_a_tiff_where_only_a_folder_of_photos_is_allowed(self):
        tiffs = []
        for path in self.photos[:3]:
            tiffs.append(path.with_suffix(".tif"))
            HOST.run(path, "-strip", tiffs[-1])
        policies = [
            'domain="path" rights="none" pattern="/*"',
            f'domain="path" rights="read" pattern="{self.folder}/photos/*"',
        ]
        words = "hotpix " + " ".join(f"files={path}" for path in tiffs)
        run = self.run_with(
            policies, "xc:", "-process", words, "-print", "%[hotpix:frames]", "null:"
        )
        self.assertEqual((run.status, run.output), (0, b"3"), run.messages)
        for path in tiffs:
            path.unlink()

    def test_a_forbidden_list_of_photos(self):
        listed = self.folder / "photos.txt"
        listed.write_bytes(self.all)
        for specification, pattern in ((f"@{listed}", listed), ("@-", "-")):
            policy = f'domain="path" rights="none" pattern="{pattern}"'
            output, messages = self.count([policy], f"hotpix files={specification}")
            self.assertEqual(output, "")
            self.assertIn(f"hotpix: the list {specification} is where", messages)

    def test_a_forbidden_list_of_defects(self):
        target = self.folder / "hot.tsv"
        target.write_text("an older list")
        policy = f'domain="path" rights="read" pattern="{target}"'
        output, messages = self.count([policy], f"hotpix files=@- list={target}")
        self.assertEqual(output, "")
        self.assertIn(f"hotpix: the list {target} is where", messages)
        self.assertIn("forbids writing", messages)
        self.assertEqual(target.read_text(), "an older list")

    def test_a_forbidden_module(self):
        out = self.folder / "out.png"
        out.write_bytes(b"an older result")
        words = ("xc:", "-process", "hotpix files=@-")
        policy = 'domain="filter" rights="none" pattern="hotpix"'
        run = self.run_with([policy], *words, "null:", stdin=self.all)
        self.assertNotEqual(run.status, 0)
        self.assertNotIn("left out", run.messages)

    def test_the_limits_of_width_and_height(self):
        for limit in ("width", "height"):
            print_words = ("-print", "%[hotpix:frames]", "null:")
            words = ("-limit", limit, "50", "xc:", "-process", "hotpix files=@-", *print_words)
            run = HOST.run(*words, stdin=self.all)
            self.assertEqual((run.status, run.output), (1, b""))
            self.assertIn("is 96 x 64 pixels, beyond ImageMagick's limits of", run.messages)

    def test_the_limit_of_time(self):
        names = "\n".join([*map(str, self.photos)] * 5000).encode()
        process = ("xc:", "-process", "hotpix files=@- count-again=yes threads=1", "null:")
        run = HOST.run("-limit", "time", "1", *process, stdin=names)
        self.assertNotEqual(run.status, 0)
        self.assertIn("stopped at ImageMagick's time limit", run.messages)

    def count_threads(self, *words, environment=None, preexec=None):
        """The most threads that the command was seen to read photos with, beside its first one."""
        process = subprocess.Popen(
            [HOST.command, *words, "xc:", "-process", f"hotpix files={self.large}/*.JPG", "null:"],
            env={**HOST.environment(), **(environment or {})},
            preexec_fn=preexec,
        )
        most = 0
        while process.poll() is None:
            with contextlib.suppress(FileNotFoundError):
                most = max(most, len(os.listdir(f"/proc/{process.pid}/task")))
            time.sleep(0.001)
        self.assertEqual(process.returncode, 0)
        return most - 1

    @unittest.skipUnless(
        os.path.isdir("/proc/self/task") and len(os.sched_getaffinity(0)) > 1,
        "threads are counted on several processors, and where /proc tells them",
    )
    def test_as_many_threads_as_processors_unless_a_user_limits_them(self):
        self.large = self.folder / "large"
        host.simulate(self.large, "--width=1200", "--height=800", "--frames=24")
        processors = len(os.sched_getaffinity(0))
        one = min(os.sched_getaffinity(0))
        self.assertEqual(self.count_threads(), processors)
        self.assertEqual(self.count_threads("-limit", "thread", "1"), 1)
        for variable in ("MAGICK_THREAD_LIMIT", "OMP_NUM_THREADS"):
            self.assertEqual(self.count_threads(environment={variable: "1"}), 1, variable)
        settings = self.folder / "one-thread"
        settings.mkdir()
        policy = '<policymap><policy domain="resource" name="thread" value="1"/></policymap>'
        (settings / "policy.xml").write_text(policy)
        environment = {"MAGICK_CONFIGURE_PATH": str(settings)}
        self.assertEqual(self.count_threads(environment=environment), 1)
        self.assertEqual(self.count_threads(preexec=lambda: os.sched_setaffinity(0, [one])), 1)

    def test_the_limit_of_a_list(self):
        words = ("-limit", "list-length", "6", "xc:", "-process", "hotpix files=@-", "null:")
        run = HOST.run(*words, stdin=self.all)
        self.assertEqual(run.status, 1)
        self.assertIn("7 photos are beyond ImageMagick's limit list-length of 6", run.messages)


if __name__ == "__main__":
    tap.main()
