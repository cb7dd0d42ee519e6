# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/cluster/with-slurm on a real Slurm: whatever happens on its way, the state shows what one run does."""

import re
import unittest

import private_machine

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "scontrol")
if __name__ == "__main__":
    private_machine.enter(*PROGRAMS)

import host
import survey
import tap
from slurm_cluster import SlurmCluster

HOST = host.Host()


def setUpModule():
    private_machine.require(*PROGRAMS)
    HOST.require()


tearDownModule = HOST.close


class WithSlurm(unittest.TestCase):
    """26 photos by 4 are 7 parts, whose states by 3 are 3, and by 3 again one."""

    @classmethod
    def setUpClass(cls):
        cls.photos = survey.take_photos(cls.enterClassContext(host.scratch()))
        cls.cluster = SlurmCluster(cls.enterClassContext(host.scratch()))
        cls.addClassCleanup(cls.cluster.close)
        cls.cluster.start()

    def setUp(self):
        self.survey = survey.Survey(HOST, self.photos, self.enterContext(host.scratch()))

    def submit(self, **values):
        """Of each level of the tree, how many tasks were submitted, of how many."""
        done = self.survey.run(
            self.survey.words("with-slurm"),
            {
                **self.survey.environment(4, STATES_A_MERGE="3", **values),
                **self.cluster.environment(),
            },
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return re.findall(r", (\d+ of \d+) tasks", done.stdout)

    def assert_as_one_run(self):
        logs = self.survey.read_logs() + self.cluster.read_logs()
        self.assertTrue(self.survey.state.exists(), logs)
        self.assertEqual(self.survey.show_state(), self.survey.show_one_run())
        self.assertEqual(*self.survey.read_states())

    def test_a_part_that_is_killed_is_run_again(self):
        self.survey.write_command(deadly_photo=self.survey.names[9])
        self.assertEqual(self.submit(), ["7 of 7", "3 of 3", "1 of 1"])
        self.cluster.wait_for_all()
        self.assertFalse(self.survey.deadly.exists())
        self.assert_as_one_run()
        self.assertEqual(self.submit(), [])

    def test_a_lost_node_loses_nothing(self):
        self.survey.hold.touch()
        self.submit()
        self.cluster.wait_for_running(2)
        self.cluster.lose_node("far")
        self.survey.hold.unlink()
        self.cluster.wait_for_all()
        self.assert_as_one_run()
        self.cluster.start_node("far")
        self.cluster.wait_for_idle()

    def test_what_a_failed_part_leaves_missing_is_submitted_again(self):
        self.survey.write_command(deadly_photo=self.survey.names[9])
        self.submit(TRIES="0")
        self.cluster.wait_for_all()
        self.assertFalse(self.survey.deadly.exists())
        self.assertFalse(self.survey.state.exists())
        self.assertEqual(self.submit(), ["1 of 7", "3 of 3", "1 of 1"])
        self.cluster.wait_for_all()
        self.assert_as_one_run()

    def test_parts_of_another_list_are_not_taken(self):
        self.survey.parts.mkdir()
        (self.survey.parts / "job").write_text("photos/other.JPG\n")
        done = self.survey.run(self.survey.words("with-slurm"), self.survey.environment(4))
        self.assertEqual(done.returncode, 1)
        self.assertIn("the parts in all.fits.parts are of another list than photos.txt", done.stderr)


if __name__ == "__main__":
    tap.main()
