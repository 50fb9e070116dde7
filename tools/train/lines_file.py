"""The lines file that `medbench dataset lines` writes, memory-mapped.

    "medbench-lines-1\\n", u32 n, n bytes of JSON header, then records until the end:
    u32 json bytes, u32 pixel bytes, JSON, pixels (grey u8, height x width, row by row)

All integers are little-endian. A file that is still being written is read as far as its records
are whole; `refresh` reads on.
"""

import json
import mmap
import pathlib
import struct
from dataclasses import dataclass

import numpy as np

MAGIC = b"medbench-lines-1\n"


class LinesFileError(Exception):
    pass


@dataclass(frozen=True)
class Line:
    pixels: np.ndarray  # u8 [height, width]
    text: str
    extents: np.ndarray  # f32 [characters, 2]: left and right of each, strip pixels
    facts: dict  # the record's JSON


class LinesFile:
    def __init__(self, path, token_count):
        """token_count: the length of a text in tokens, or None for a text not to be used."""
        self.path = pathlib.Path(path)
        self.token_count = token_count
        self.unusable = 0
        self.map = self._mapped()
        self.header, self.end = self._read_header()
        self.offsets = np.zeros(0, np.int64)  # of each record
        self.widths = np.zeros(0, np.int32)
        self.tokens = np.zeros(0, np.int32)  # 0: the strip holds no text
        self.refresh()

    def __len__(self):
        return len(self.offsets)

    def refresh(self):
        """Takes in the records that were added since."""
        self.map = self._mapped()
        offsets, widths, tokens = [], [], []
        while (record := self._record(self.end)) is not None:
            facts, pixels = record
            count = self.token_count(facts["text"])
            if count is None:
                self.unusable += 1
            else:
                offsets.append(self.end)
                widths.append(facts["width"])
                tokens.append(count)
            self.end = pixels.stop
        self.offsets = np.append(self.offsets, np.array(offsets, np.int64))
        self.widths = np.append(self.widths, np.array(widths, np.int32))
        self.tokens = np.append(self.tokens, np.array(tokens, np.int32))

    def line(self, index) -> Line:
        facts, place = self._record(int(self.offsets[index]))
        pixels = np.frombuffer(self.map, np.uint8, place.stop - place.start, place.start)
        extents = np.array(facts["extents"], np.float32).reshape(-1, 2)
        shape = (facts["height"], facts["width"])
        return Line(pixels.reshape(shape), facts["text"], extents, facts)

    def _mapped(self):
        with open(self.path, "rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def _read_header(self):
        if self.map[: len(MAGIC)] != MAGIC:
            raise LinesFileError(f"{self.path}: is no lines file (made by medbench dataset lines)")
        start = len(MAGIC) + 4
        (size,) = struct.unpack_from("<I", self.map, len(MAGIC))
        return json.loads(self.map[start : start + size]), start + size

    def _record(self, offset):
        """A record's JSON and the place of its pixels; None where the file ends before its end."""
        if offset + 8 > len(self.map):
            return None
        json_size, pixel_size = struct.unpack_from("<II", self.map, offset)
        start = offset + 8 + json_size
        if start + pixel_size > len(self.map):
            return None
        facts = json.loads(self.map[offset + 8 : start])
        if pixel_size != facts["width"] * facts["height"]:
            raise LinesFileError(f"{self.path}: the record at byte {offset} has another size of pixels")
        if len(facts["extents"]) != 2 * len(facts["text"]):
            raise LinesFileError(f"{self.path}: the record at byte {offset} lacks extents")
        return facts, slice(start, start + pixel_size)
