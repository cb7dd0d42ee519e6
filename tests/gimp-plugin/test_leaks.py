# SPDX-License-Identifier: GPL-3.0-or-later
"""The plug-in's process inside the real GIMP, looked at by valgrind: nothing of ours is lost, nothing is read
that was not written."""

import shutil
import unittest
import xml.etree.ElementTree

import tap
from gimp_host import Host, quote, stack


def functions_of(error):
    """From the innermost out, as (object file, function)."""
    frames = error.find("stack").findall("frame")
    return [(frame.findtext("obj", ""), frame.findtext("fn", "")) for frame in frames]


# What libraries keep from when they are set up to their end, and what GIMP 3.0 loses at each call for an
# array.
OF_OTHERS = {
    "gegl_init",
    "gimp_ui_init",
    "dlopen",
    "_dl_open",
    "_gimp_gp_params_to_value_array",
}


def is_ours(error):
    functions = functions_of(error)
    return any(file.endswith("/hotpix") for file, _ in functions) and not any(
        function in OF_OTHERS for _, function in functions
    )


@unittest.skipUnless(shutil.which("valgrind"), "valgrind is not installed")
class Leaks(unittest.TestCase):
    def test_layers_photos_and_a_failure_leave_nothing_behind(self):
        host = self.enterContext(Host())
        photos, _, pngs = host.make_photos()
        reports = host.folder / "reports"
        reports.mkdir()
        text, said = host.run(
            stack(pngs[:10])
            + f"""
            (find-in-layers image 1.0 3 12 TRUE TRUE FALSE)
            (gimp-image-delete
              (car (find-in-photos (list {quote(photos)} {quote(pngs[0])}) 1.0 3 12 TRUE 0 TRUE)))
            (display "done" out)
            (catch 'failed (find-in-photos (list {quote(photos / "none")}) 1.0 3 12 TRUE 0 TRUE))
            (gimp-image-delete image))""",
            GIMP_PLUGIN_DEBUG_WRAP="hotpix,run",
            GIMP_PLUGIN_DEBUG_WRAPPER="valgrind --leak-check=full --show-leak-kinds=definite --xml=yes "
            f"--num-callers=40 --xml-file={reports}/%p.xml",
        )
        self.assertEqual(text, "done", said)
        self.assertNotIn("GeglBuffers leaked", said)
        found = sorted(reports.glob("*.xml"))
        self.assertEqual(len(found), 3, said)
        ours = [
            f"{error.findtext('kind')} in {' of '.join(name for _, name in functions_of(error))}"
            for report in found
            for error in xml.etree.ElementTree.parse(report).findall("error")
            if is_ours(error)
        ]
        self.assertFalse(ours, "\n".join(ours))


if __name__ == "__main__":
    tap.main()
