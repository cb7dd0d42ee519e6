# SPDX-License-Identifier: GPL-3.0-or-later
"""Two logins by ssh, both to a server of the test's own."""

import pathlib
import subprocess
import time

LOGINS = ("near", "far")
PORT = 2222


class SshLogins:
    def __init__(self, folder):
        self.folder = folder
        self.config = folder / "ssh_config"
        for key in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True
            )
        # Where it keeps the one whom it trusts with nothing.
        pathlib.Path("/run/sshd").mkdir(exist_ok=True)
        (folder / "sshd_config").write_text(
            f"Port {PORT}\nListenAddress 127.0.0.1\nHostKey {folder}/host\n"
            f"AuthorizedKeysFile {folder}/user.pub\nStrictModes no\nUsePAM no\nPidFile none\n"
        )
        self.config.write_text(
            f"Host {' '.join(LOGINS)}\n HostName 127.0.0.1\n Port {PORT}\n"
            f" IdentityFile {folder}/user\n UserKnownHostsFile {folder}/known\n"
            " StrictHostKeyChecking accept-new\n LogLevel ERROR\n"
            # As docs/clusters.md advises.
            f" ControlMaster auto\n ControlPath {folder}/%n\n ControlPersist 60\n"
        )
        self.server = None

    def start(self):
        # It wants to be called by its whole path.
        path = subprocess.run(["which", "sshd"], capture_output=True, text=True, check=True)
        self.server = subprocess.Popen(
            [path.stdout.strip(), "-D", "-e", "-f", self.folder / "sshd_config"],
            stderr=open(self.folder / "sshd.log", "w"),
        )
        for _ in range(100):
            if self.run("near", "true").returncode == 0:
                return
            time.sleep(0.1)
        raise AssertionError((self.folder / "sshd.log").read_text())

    def run(self, login, command):
        return subprocess.run(
            ["ssh", "-F", self.config, login, command], capture_output=True, check=False
        )

    def close(self):
        if self.server is not None:
            self.server.kill()
            self.server.wait()
