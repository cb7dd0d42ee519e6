# SPDX-License-Identifier: GPL-3.0-or-later
"""What a measurement ran on, in lines that can stand above its table."""

import os
import pathlib
import shutil
import subprocess

VECTORS = ("avx512bw", "avx2", "sse4_2")


def processor_facts():
    """The model's name and the flags of the first processor; empty where /proc does not tell."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return "", set()
    facts = dict(
        (part.strip() for part in line.split(":", 1)) for line in lines[::-1] if ":" in line
    )
    return facts.get("model name", ""), set(facts.get("flags", "").split())


def kind_of_machine(flags):
    """By systemd where it is installed, else by the flag that a hypervisor sets."""
    kind = ""
    if shutil.which("systemd-detect-virt"):
        done = subprocess.run(
            ["systemd-detect-virt", "--vm"], capture_output=True, text=True, check=False
        )
        kind = done.stdout.strip()
    if kind not in ("", "none"):
        return f"virtual ({kind})"
    return "virtual, by its processor's flags" if "hypervisor" in flags else "a real machine"


def describe():
    model, flags = processor_facts()
    vectors = next((name for name in VECTORS if name in flags), "none known")
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    one, five, _ = os.getloadavg()
    return "\n".join(
        (
            f"processor: {model or os.uname().machine}, {len(os.sched_getaffinity(0))} for this process,"
            f" vectors: {vectors}",
            f"machine: {kind_of_machine(flags)}, {gigabytes:.0f} GiB, pages of"
            f" {os.sysconf('SC_PAGE_SIZE')} bytes, Linux {os.uname().release}",
            f"load before: {one:.1f} over a minute, {five:.1f} over five",
        )
    )
