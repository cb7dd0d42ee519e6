# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/cluster/with-parallel with two logins: whatever happens on its way, the state shows what one run
does."""

import os
import signal
import subprocess
import time
import unittest

import private_machine

PROGRAMS = ("parallel", "rsync", "ssh", "ssh-keygen", "sshd")
if __name__ == "__main__":
    private_machine.enter(*PROGRAMS)

import host
import survey
import tap
from ssh_logins import LOGINS, SshLogins

HOST = host.Host()


def setUpModule():
    private_machine.require(*PROGRAMS)
    HOST.require()


tearDownModule = HOST.close


class WithParallel(unittest.TestCase):
    """26 photos by 4 are 7 parts."""

    @classmethod
    def setUpClass(cls):
        cls.photos = survey.take_photos(cls.enterClassContext(host.scratch()))
        cls.logins = SshLogins(cls.enterClassContext(host.scratch()))
        cls.addClassCleanup(cls.logins.close)
        cls.logins.start()

    def setUp(self):
        self.survey = survey.Survey(HOST, self.photos, self.enterContext(host.scratch()))
        self.place = self.enterContext(host.scratch())
        self.words = self.survey.words("with-parallel", *LOGINS)
        self.environment = self.survey.environment(
            4,
            FOLDER=str(self.place),
            HOME=str(self.place),
            PARALLEL_SSH=f"ssh -F {self.logins.config}",
        )

    def read_log(self):
        """Of each part that was done: its number and login."""
        lines = (self.survey.parts / "log").read_text().splitlines()[1:]
        return [(int(line.split("\t")[0]), line.split("\t")[1]) for line in lines]

    def assert_as_one_run(self):
        done = self.survey.run(self.words, self.environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.survey.show_state(), self.survey.show_one_run())
        self.assertEqual(*self.survey.read_states())
        # Photos do not stay on a login.
        self.assertEqual(list(self.place.rglob("*.JPG")), [])

    def test_a_part_that_is_killed_is_run_again(self):
        self.survey.write_command(deadly_photo=self.survey.names[9])
        self.assert_as_one_run()
        self.assertFalse(self.survey.deadly.exists())
        self.assertEqual(sorted(part for part, _ in self.read_log()), list(range(1, 8)))
        self.assertEqual({login for _, login in self.read_log()}, set(LOGINS))

    def test_what_was_done_before_an_interrupt_is_kept(self):
        run = subprocess.Popen(
            self.words,
            cwd=self.survey.folder,
            env=self.environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while not (self.survey.parts / "log").exists() or len(self.read_log()) < 2:
            self.assertIsNone(run.poll())
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        before = self.read_log()
        self.assertLess(len(before), 7)
        self.assert_as_one_run()
        self.assertEqual(self.read_log()[: len(before)], before)
        self.assertEqual(sorted(part for part, _ in self.read_log()), list(range(1, 8)))

    def test_parts_of_another_list_are_not_taken(self):
        self.survey.parts.mkdir()
        (self.survey.parts / "job").write_text("photos/other.JPG\n")
        done = self.survey.run(self.words, self.environment)
        self.assertEqual(done.returncode, 1)
        self.assertIn("the parts in all.fits.parts are of another list than photos.txt", done.stderr)


if __name__ == "__main__":
    tap.main()
