# SPDX-License-Identifier: GPL-3.0-or-later
"""What runs on a test's own machine ends with the test, even with one that is killed."""

import pathlib
import subprocess
import sys
import time
import unittest

import private_machine
import tap

# Nobody else sleeps as long.
SECONDS = "86411"
SLEEPERS = 2


def sleep_inside():
    """What the test starts: a machine with a program, and a server that has left its parent, as others do."""
    private_machine.enter()
    subprocess.Popen(["setsid", "sleep", SECONDS])
    subprocess.run(["sleep", SECONDS], check=False)


def setUpModule():
    obstacle = private_machine.find_obstacle(["setsid", "sleep"])
    if obstacle is not None:
        raise unittest.SkipTest(obstacle)


def count_sleepers():
    n = 0
    for file in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            n += file.read_bytes().split(b"\0")[:2] == [b"sleep", SECONDS.encode()]
        except OSError:
            pass
    return n


def wait_for_sleepers(number):
    end = time.monotonic() + 60
    while count_sleepers() != number and time.monotonic() < end:
        time.sleep(0.05)
    return count_sleepers()


class PrivateMachine(unittest.TestCase):
    def test_nothing_outlives_a_test_that_is_killed(self):
        program = subprocess.Popen([sys.executable, __file__, "--sleep"])
        self.addCleanup(program.kill)
        self.assertEqual(wait_for_sleepers(SLEEPERS), SLEEPERS)
        program.kill()
        program.wait()
        self.assertEqual(wait_for_sleepers(0), 0)


if __name__ == "__main__":
    if sys.argv[1:] == ["--sleep"]:
        sleep_inside()
    else:
        tap.main()
