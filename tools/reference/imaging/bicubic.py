"""Writes Tests/PageImagingTests/Golden/bicubic.json: noise pages resized by Pillow.

    python3 bicubic.py ../../../Tests/PageImagingTests/Golden/bicubic.json       (needs Pillow)

The noise is drawn again by the test (a 32-bit linear congruential generator, upper byte), so only
Pillow's results are stored. "black-and-white" noise is what makes the cubic overshoot.
Rows are resized before columns here because Pillow 13 alone turns the order round where the height
shrinks much more than the width, which no change of DPI does.
"""

import base64
import json
import pathlib
import sys

import PIL
from PIL import Image


def noise(count, seed, black_and_white):
    state, out = seed, bytearray()
    for _ in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        level = state >> 24
        out.append((255 if level >= 128 else 0) if black_and_white else level)
    return bytes(out)


CASES = [
    ((37, 29), (17, 13)), ((37, 29), (74, 58)), ((37, 29), (1, 1)), ((37, 29), (37, 5)),
    ((37, 29), (100, 29)), ((37, 29), (36, 28)), ((1, 1), (3, 2)), ((2, 3), (5, 1)),
    ((124, 175), (62, 87)), ((124, 175), (30, 42)), ((24, 35), (50, 73)),
]

cases = []
for index, (source, target) in enumerate(CASES):
    for channels, mode in ((1, "L"), (3, "RGB")):
        for black_and_white in (False, True):
            seed = 1000 + 4 * index + channels
            page = Image.frombytes(
                mode, source, noise(source[0] * source[1] * channels, seed, black_and_white))
            resized = (page.resize((target[0], source[1]), Image.BICUBIC)
                       .resize(target, Image.BICUBIC).tobytes())
            cases.append({
                "source": source, "target": target, "channels": channels, "seed": seed,
                "blackAndWhite": black_and_white,
                "samples": base64.b64encode(resized).decode()})

pathlib.Path(sys.argv[1]).write_text(json.dumps(
    {"script": "tools/reference/imaging/bicubic.py", "pillow": PIL.__version__, "cases": cases},
    indent=0) + "\n")
