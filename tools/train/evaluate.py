"""Held-out lines, read greedily: character errors and exact lines, in all and by kind of line."""

import random

import numpy as np
import torch

import tokens
from augment import normalised
from lines_file import LinesFile


def distance(truth: str, reading: str) -> int:
    """Levenshtein's, in code points of NFC text."""
    if truth == reading:
        return 0
    row = list(range(len(reading) + 1))
    for i, expected in enumerate(truth, 1):
        diagonal, row[0] = row[0], i
        for j, found in enumerate(reading, 1):
            cost = min(row[j] + 1, row[j - 1] + 1, diagonal + (expected != found))
            diagonal, row[j] = row[j], cost
    return row[-1]


def kinds(facts: dict) -> list:
    """The groups a line is counted in."""
    document = facts["page"].split("/")[0]  # prescription-0001/1
    page_type = document.rstrip("0123456789").rstrip("-")
    return [f"{facts['dpi']} DPI", facts["degradation"], page_type]


class Validation:
    def __init__(self, path, vocabulary, limit, seed):
        file = LinesFile(path, lambda text: len(text))
        chosen = list(range(len(file)))
        random.Random(seed).shuffle(chosen)
        self.lines = [file.line(index) for index in chosen[:limit]]
        self.vocabulary = vocabulary

    def score(self, reader, through_ctc=False) -> dict:
        readings = self.readings(reader, through_ctc)
        groups = {}
        for line, reading in zip(self.lines, readings):
            errors = distance(line.text, reading)
            for kind in ["all"] + kinds(line.facts):
                count = groups.setdefault(kind, {"lines": 0, "exact": 0, "characters": 0, "errors": 0})
                count["lines"] += 1
                count["exact"] += line.text == reading
                count["characters"] += len(line.text)
                count["errors"] += errors
        for count in groups.values():
            count["cer"] = round(count["errors"] / max(1, count["characters"]), 5)
        wrong = [(l.text, r) for l, r in zip(self.lines, readings) if l.text != r]
        return {"groups": groups, "wrong": wrong[:8]}

    @torch.no_grad()
    def readings(self, reader, through_ctc=False, batch=64) -> list:
        like = reader.model.embed_tokens.weight
        by_width = {}
        for index, line in enumerate(self.lines):
            by_width.setdefault(line.pixels.shape[1], []).append(index)
        readings = [""] * len(self.lines)
        for width, indices in by_width.items():
            for start in range(0, len(indices), batch):
                part = indices[start : start + batch]
                strips = torch.from_numpy(np.stack([self.lines[i].pixels for i in part]))
                strips = normalised(strips).to(like)
                ids = read_by_ctc(reader, strips) if through_ctc else reader.read(
                    strips, limit=8 * width // reader.shape.token_pixels + 8
                )
                for index, row in zip(part, ids):
                    readings[index] = self.vocabulary.decode(row)
        return readings


def read_by_ctc(reader, strips) -> list:
    """The best of each sub-frame, repeats and blanks left out."""
    best = reader.frames(reader.visual(strips)).argmax(-1)
    changed = torch.ones_like(best, dtype=torch.bool)
    changed[:, 1:] = best[:, 1:] != best[:, :-1]
    kept = changed & (best != tokens.PAD)
    return [row[mask].tolist() for row, mask in zip(best, kept)]
