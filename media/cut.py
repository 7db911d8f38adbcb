"""Cuts the two fonts of the pages: python3 cut.py FOLDER-OF-FONTSOURCE OUT

Archivo is one weight, 870, and wider or narrower; Figtree has its weights from 400 to 800. Letters
that English does without are in a file of their own each: only pages that have one fetch it.
"""

import io
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FEATURES = ["kern", "tnum", "locl"]
SELDOM = "<>[\\]^_`{|}~"
# With what the names of the languages need, which are on each page.
BASE = [*(it for it in range(0x20, 0x7F) if chr(it) not in SELDOM), *map(ord, "\u00a0£¥·×–—‘’“”•…€−ñ")]
MORE = [*map(ord, SELDOM + "¡ª«º»¿‚„Œœ"), *(it for it in range(0xC0, 0x100) if it not in (0xD7, 0xF1, 0xF7))]
FONTS = {
    "archivo": ("archivo/files/archivo-latin-standard-normal.woff2", {"wght": 870, "wdth": (100, 125)}),
    "figtree": ("figtree/files/figtree-latin-wght-normal.woff2", {"wght": (400, 800)}),
}


def cut(source, limits, letters, out):
    font = instancer.instantiateVariableFont(TTFont(source), limits)
    whole = io.BytesIO()
    font.flavor = None
    font.save(whole)
    whole.seek(0)
    font = TTFont(whole)
    options = subset.Options(hinting=False, notdef_outline=True, layout_features=FEATURES)
    options.name_IDs = [1, 2]
    options.drop_tables += ["STAT"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(out)
    print(f"{out.name}: {out.stat().st_size} bytes")


def main():
    fonts, out = map(pathlib.Path, sys.argv[1:])
    for name, (path, limits) in FONTS.items():
        cut(fonts / path, limits, BASE, out / f"{name}.woff2")
        cut(fonts / path, limits, MORE, out / f"{name}-more.woff2")


main()
