# SPDX-License-Identifier: GPL-3.0-or-later
"""The man page, made of what reference.md says: make_man.py REFERENCE VERSION OUTPUT."""

import pathlib
import re
import sys

SECTIONS = ("Arguments", "Image properties", "The list of defects")
HEAD = """.TH HOTPIX 7 "" "hotpix {version}" "Miscellaneous"
.SH NAME
hotpix \\- find hot, stuck and dead pixels in ordinary photos
.SH SYNOPSIS
.B magick \\-ping
.I PHOTO\\fR...
.B \\-process \\(aqhotpix
.RI [ ARGUMENT = VALUE ]...\\fB\\(aq
.I OUTPUT
.PP
.B convert \\-ping
.I PHOTO\\fR...
.B \\-process \\(aqhotpix
.RI [ ARGUMENT = VALUE ]...\\fB\\(aq
.I OUTPUT
.PP
.B magick xc: \\-process \\(aqhotpix help\\(aq null:
.SH DESCRIPTION
hotpix is a process module of ImageMagick 7 and 6, and a plug-in of GIMP 3 and 2.10 under Filters > Enhance.
Over many photos of different scenes, a broken pixel is the one that does not follow the scene.
With ImageMagick 6 the command is convert.
"""


def escape(text):
    """Plain text as roff takes it."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return "\\&" + text if text.startswith(".") else text


def inline(text):
    """Links become their words, code and strong words bold."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    parts = re.split(r"(`[^`]+`|\*\*[^*]+\*\*)", text)
    return "".join(
        f"\\fB{escape(part.strip('`*'))}\\fR" if part[:1] in ("`", "*") and part[1:] else escape(part)
        for part in parts
    )


def table(rows):
    """Each row an entry of its first cell, with what the others say."""
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    lines = []
    for first, *others in cells[2:]:
        lines += [".TP", inline(first), "\n.br\n".join(map(inline, filter(None, others)))]
    return lines


def section(title, text):
    lines = [f".SH {title.upper()}"]
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        rows = block.splitlines()
        if rows[0].startswith("|"):
            lines += table(rows)
        elif rows[0].startswith("    "):
            lines += [".PP", ".RS", ".nf", *(escape(row[4:]) for row in rows), ".fi", ".RE"]
        elif rows[0].startswith("#"):
            lines += [f".SS {inline(rows[0].lstrip('# '))}"]
        elif rows[0].startswith("- "):
            for item in re.split(r"^- ", block, flags=re.MULTILINE)[1:]:
                lines += [".IP \\(bu 2", inline(" ".join(item.split()))]
        else:
            lines += [".PP", inline(" ".join(block.split()))]
    return lines


def main():
    reference, version, output = sys.argv[1:]
    text = pathlib.Path(reference).read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2]))
    lines = [HEAD.format(version=version).rstrip("\n")]
    for title in SECTIONS:
        lines += section(title, sections[title])
    lines += [".SH SEE ALSO", "\\fBImageMagick\\fR(1), \\fBgimp\\fR(1)"]
    pathlib.Path(output).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
