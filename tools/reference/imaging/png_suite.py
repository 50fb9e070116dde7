"""Writes Tests/PageImagingTests/Golden/png: one tiny PNG of every colour type, depth and interlace,
and expected.json with the pixels each must be read as.

    python3 png_suite.py ../../../Tests/PageImagingTests/Golden/png     (needs Pillow and numpy)

8-bit expectations are Pillow's own (transparency pasted over white); 16-bit ones are laid over
white at 16 bits, rounded to v / 257 and checked here to be within one level of Pillow, two under alpha.
"""

import json
import pathlib
import struct
import sys
import zlib

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 11, 7
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
          (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(
        ">I", zlib.crc32(kind + data))


def packed(row, depth):
    """One row of samples as PNG bytes."""
    if depth == 16:
        return row.astype(">u2").tobytes()
    bits = "".join(format(int(v), f"0{depth}b") for v in row.ravel())
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def filtered(rows, bytes_per_pixel, first):
    """Rows with their filter bytes; the five filters take turns."""
    out, above = b"", bytes(len(rows[0]))
    for number, row in enumerate(rows):
        kind = (number + first) % 5
        left = bytes(bytes_per_pixel) + row[:-bytes_per_pixel] if len(row) > bytes_per_pixel \
            else bytes(len(row))
        corner = bytes(bytes_per_pixel) + above[:-bytes_per_pixel] \
            if len(row) > bytes_per_pixel else bytes(len(row))

        def predicted(i):
            a, b, c = left[i], above[i], corner[i]
            if kind == 4:
                p = a + b - c
                return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            return [0, a, b, (a + b) // 2][kind]

        out += bytes([kind]) + bytes((row[i] - predicted(i)) & 255 for i in range(len(row)))
        above = row
    return out


def png(pixels, color_type, depth, interlaced, extra=()):
    height, width, channels = pixels.shape
    bytes_per_pixel = max(1, channels * depth // 8)
    data = b""
    for number, (x, y, dx, dy) in enumerate(PASSES if interlaced else [(0, 0, 1, 1)]):
        part = pixels[y::dy, x::dx]
        if part.size:
            data += filtered([packed(row, depth) for row in part], bytes_per_pixel, number)
    compressed = zlib.compress(data, 9)
    half = len(compressed) // 2  # two IDAT chunks
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0,
                                         int(interlaced)))
            + b"".join(chunk(*e) for e in extra)
            + chunk(b"IDAT", compressed[:half]) + chunk(b"IDAT", compressed[half:])
            + chunk(b"tEXt", b"Comment\0after the pixels") + chunk(b"IEND", b""))


def pillow_pixels(path, grey):
    image = Image.open(path)
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image).astype(int) >> 8).astype(np.uint8))
    if image.mode in ("LA", "RGBA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        page = Image.new("RGB", image.size, "white")
        page.paste(image, mask=image.getchannel("A"))
        image = page
    return np.asarray(image.convert("RGB"))[..., :1 if grey else 3]


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(20260101)
    expected = {}

    def add(name, color_type, depth, interlaced, extra=(), grey_palette=False, dpi=None,
            key=None):
        channels = CHANNELS[color_type]
        pixels = random.integers(0, 1 << depth, (HEIGHT, WIDTH, channels))
        if key is not None:
            pixels[1::2, ::3] = key
        path = folder / f"{name}.png"
        path.write_bytes(png(pixels, color_type, depth, interlaced, extra))
        grey = color_type in (0, 4) or grey_palette
        if depth == 16:
            wanted = pixels[..., :1 if grey else 3]
            if color_type in (4, 6):
                alpha = pixels[..., -1:]
                wanted = (wanted * alpha + 32767) // 65535 + 65535 - alpha
            wanted = (wanted * 2 + 257) // 514
            theirs = pillow_pixels(path, grey)
            allowed = 2 if color_type in (4, 6) else 1  # alpha is rounded too
            assert np.abs(theirs.astype(int) - wanted).max() <= allowed, name
        else:
            wanted = pillow_pixels(path, grey)
        expected[name] = {"channels": 1 if grey else 3, "dpi": dpi,
                          "samples": wanted.astype(np.uint8).tobytes().hex()}

    def phys(x, y, unit=1):
        return (b"pHYs", struct.pack(">IIB", x, y, unit))

    def palette(depth, grey=False):
        entries = random.integers(0, 256, (1 << depth, 3))
        if grey:
            entries[:, 1:] = entries[:, :1]
        return (b"PLTE", entries.astype(np.uint8).tobytes())

    for interlaced in (False, True):
        suffix = "-interlaced" if interlaced else ""
        for depth in (1, 2, 4, 8, 16):
            add(f"grey{depth}{suffix}", 0, depth, interlaced)
        for depth in (1, 2, 4, 8):
            add(f"palette{depth}{suffix}", 3, depth, interlaced, [palette(depth)])
        for depth in (8, 16):
            add(f"rgb{depth}{suffix}", 2, depth, interlaced)
            add(f"grey-alpha{depth}{suffix}", 4, depth, interlaced)
            add(f"rgba{depth}{suffix}", 6, depth, interlaced)
    add("grey-palette4", 3, 4, False, [palette(4, grey=True)], grey_palette=True)
    add("palette4-transparent", 3, 4, False,
        [palette(4), (b"tRNS", bytes(range(0, 160, 10)))])
    add("grey-palette8-transparent", 3, 8, True,
        [palette(8, grey=True), (b"tRNS", bytes(range(100)))], grey_palette=True)
    add("grey8-transparent", 0, 8, False, [(b"tRNS", struct.pack(">H", 77))], key=77)
    add("rgb8-transparent", 2, 8, False, [(b"tRNS", struct.pack(">HHH", 9, 99, 199))],
        key=[9, 99, 199])
    # Gamma and profiles are ignored, as Pillow ignores them.
    add("grey8-gamma", 0, 8, False, [(b"gAMA", struct.pack(">I", 100000))])
    add("rgb8-broken-profile", 2, 8, False, [(b"iCCP", b"x\0\0not zlib")])
    add("grey8-300dpi", 0, 8, False, [phys(11811, 11811)], dpi=300)
    add("grey8-72dpi", 0, 8, False, [phys(2834, 2835)], dpi=72)
    add("grey8-aspect-only", 0, 8, False, [phys(1, 1, unit=0)])

    (folder / "expected.json").write_text(json.dumps(
        {"script": "tools/reference/imaging/png_suite.py", "width": WIDTH, "height": HEIGHT,
         "pages": expected}, indent=1) + "\n")


main(pathlib.Path(sys.argv[1]))
