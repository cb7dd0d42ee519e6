# SPDX-License-Identifier: GPL-3.0-or-later
"""The plug-in's process inside the real GIMP, under valgrind: nothing of ours is lost, nothing is read
that was not written."""

import pathlib
import unittest

import PIL.Image

import tap
import valgrind
from gimp_host import Host, quote, stack

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = [path.name for path in (*ROOT.glob("core/**/*.c"), *ROOT.glob("gimp-plugin/**/*.c"))]
# What libraries keep from when they are set up to their end, and what GIMP 3.0 loses at each call for an
# array.
OF_OTHERS = (
    "gegl_init",
    "gimp_ui_init",
    "dlopen",
    "_dl_open",
    "_gimp_gp_params_to_value_array",
    # Which sets a class up: that of metadata has names registered that stay.
    "g_type_class_get",
    "g_type_class_ref",
)


@unittest.skipUnless(valgrind.IS_HERE, "valgrind is not installed")
class Leaks(unittest.TestCase):
    def test_layers_photos_and_a_failure_leave_nothing_behind(self):
        host = self.enterContext(Host())
        photos, _, pngs = host.make_photos()
        tiff = host.folder / "loaded-by-gimp.tif"
        PIL.Image.open(pngs[0]).save(tiff)
        reports = host.folder / "reports"
        reports.mkdir()
        text, said = host.run_alone(
            stack(pngs[:10])
            + f"""
            (find-in-layers image 1.0 3 12 TRUE TRUE FALSE)
            (gimp-image-delete
              (car (find-in-photos (list {quote(photos)} {quote(tiff)}) 1.0 3 12 TRUE 0 TRUE)))
            (display "done" out)
            (catch 'failed (find-in-photos (list {quote(photos / "none")}) 1.0 3 12 TRUE 0 TRUE))
            (gimp-image-delete image))""",
            GIMP_PLUGIN_DEBUG_WRAP="hotpix,run",
            GIMP_PLUGIN_DEBUG_WRAPPER=" ".join(valgrind.prefix(f"{reports}/%p.log")),
        )
        self.assertEqual(text, "done", said)
        self.assertNotIn("GeglBuffers leaked", said)
        logs = sorted(reports.glob("*.log"))
        self.assertEqual(len(logs), 3, said)
        for log in logs:
            found = valgrind.findings(log, ["hotpix", *FILES], OF_OTHERS)
            self.assertFalse(found, "\n\n".join(found))


if __name__ == "__main__":
    tap.main()
