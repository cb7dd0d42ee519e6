# SPDX-License-Identifier: GPL-3.0-or-later
"""Slurm with two nodes on this machine, each a slurmd that has its own name and port."""

import os
import subprocess
import time

NODES = {"near": 27001, "far": 27002}

CONFIGURATION = """\
ClusterName=test
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=26817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
MailProg=/bin/true
SlurmdTimeout=5
KillWait=1
# More processors than there may be.
SlurmdParameters=config_overrides
# A node that comes late or again is used at once.
ReturnToService=2
SchedulerParameters=sched_interval=1
"""
NODE = "NodeName={name} NodeHostname=localhost NodeAddr=127.0.0.1 Port={port} CPUs=4 RealMemory=4096\n"
PARTITION = "PartitionName=all Nodes={nodes} Default=YES State=UP\n"


class SlurmCluster:
    def __init__(self, folder):
        self.folder = folder
        self.programs = {}
        (folder / "state").mkdir(mode=0o700)
        (folder / "munge.key").write_bytes(os.urandom(128))
        (folder / "munge.key").chmod(0o400)
        text = CONFIGURATION.format(folder=folder)
        text += "".join(NODE.format(name=name, port=port) for name, port in NODES.items())
        (folder / "slurm.conf").write_text(text + PARTITION.format(nodes=",".join(NODES)))
        if self.read_version() >= (23, 11):
            # There need be no control groups here; older versions do without by themselves.
            (folder / "cgroup.conf").write_text("CgroupPlugin=disabled\n")

    @staticmethod
    def read_version():
        words = subprocess.run(["slurmd", "-V"], capture_output=True, text=True, check=True).stdout
        year, month = words.split()[1].split(".")[:2]
        return int(year), int(month)

    def environment(self):
        return {"SLURM_CONF": str(self.folder / "slurm.conf")}

    def start(self):
        self.folder.chmod(0o755)
        self._start(
            "munged",
            *("--foreground", "--force", f"--socket={self.folder}/munge.socket"),
            *(f"--key-file={self.folder}/munge.key", f"--pid-file={self.folder}/munged.pid"),
            *(f"--seed-file={self.folder}/munge.seed", f"--log-file={self.folder}/munged.log"),
        )
        self._start("slurmctld", "-D")
        for name in NODES:
            self.start_node(name)
        self.wait_for_idle()

    def wait_for_idle(self):
        self.wait_for(
            lambda said: said.split() == ["idle"] * len(NODES),
            *("sinfo", "--noheader", "--Node", "--format=%T"),
        )

    def start_node(self, name):
        # A node's processes are its own, and gone with it.
        own = ("unshare", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc")
        self._start(*own, "slurmd", "-D", "-N", name, log=f"slurmd-{name}")

    def lose_node(self, name):
        """As when its power fails: whatever ran on it is gone at once, and it says nothing."""
        program = self.programs.pop(f"slurmd-{name}")
        program.kill()
        program.wait()

    def _start(self, program, *words, log=None):
        log = log or program
        with open(self.folder / f"{log}.log", "a", encoding="utf-8") as file:
            self.programs[log] = subprocess.Popen(
                [program, *words],
                stdout=file,
                stderr=file,
                env=dict(os.environ, **self.environment()),
            )

    def read_logs(self):
        return "\n".join(
            f"{path.name}: {path.read_text(errors='replace')[-2000:]}"
            for path in sorted(self.folder.glob("*.log"))
        )

    def ask(self, *words):
        """What a command of Slurm's says, or None where it fails, as it may on a busy machine."""
        done = subprocess.run(
            words,
            env=dict(os.environ, **self.environment()),
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout if done.returncode == 0 else None

    def wait_for(self, is_reached, *words, seconds=120):
        """Until what that command says is so."""
        end = time.monotonic() + seconds
        said = None
        while said is None or not is_reached(said):
            if time.monotonic() > end:
                raise AssertionError(f"{said}\n{self.read_logs()}")
            time.sleep(0.2)
            said = self.ask(*words)

    def wait_for_all(self):
        """Until no job is left in the queue."""
        self.wait_for(lambda said: said == "", "squeue", "--noheader")

    def wait_for_running(self, number):
        self.wait_for(
            lambda said: said.split().count("RUNNING") == number,
            *("squeue", "--noheader", "--array", "--format=%T"),
        )

    def close(self):
        for program in self.programs.values():
            program.kill()
            program.wait()
