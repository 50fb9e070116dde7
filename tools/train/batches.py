"""Lines of like width as arrays, every line once before any comes again.

Which lines a step gets depends on the seed, the step and what was drawn before; `drawn` is kept in
the checkpoint. Files that appear in the meantime join the round that is under way.
"""

import pathlib
import sys
from dataclasses import dataclass

import numpy as np
import torch

import tokens
from lines_file import Line, LinesFile, LinesFileError
from losses import IGNORED


@dataclass
class Batch:
    strips: torch.Tensor  # u8 [B, height, width]; normalised floats once augmented
    inputs: torch.Tensor  # [B, L]: <|vision_end|> and the text
    targets: torch.Tensor  # [B, L]: the text, <eos>, IGNORED
    extents: torch.Tensor  # f32 [B, L, 2]: left and right of each target's character; -1: none
    characters: int
    spans: torch.Tensor = None  # [B, L, 2]: first and last column of image tokens; -1: none

    def placed(self, strips, scale, token_pixels, device):
        """With the strips as the model takes them, `scale` times as wide as they were."""
        last = strips.shape[2] // token_pixels - 1
        known = self.extents[:, :, 1:] > 0
        columns = (self.extents * scale - torch.tensor([0.0, 1e-3])) / token_pixels
        columns = columns.floor().clamp(0, last).masked_fill(~known, -1)
        return Batch(
            strips, self.inputs.to(device), self.targets.to(device), self.extents,
            self.characters, columns.long().to(device),
        )  # fmt: skip


class Lines:
    """Every line of the lines files at some paths."""

    def __init__(self, paths, vocabulary, settings, seed):
        self.paths = [pathlib.Path(path) for path in paths]
        self.vocabulary, self.settings, self.seed = vocabulary, settings, seed
        self.files, self.drawn, self.unknown = {}, {}, set()
        self.queue, self.queue_width = [], None
        self.rescan()

    def rescan(self):
        """Takes in new files and new lines of old ones; true where there were any."""
        found = []
        for path in self.paths:
            found += sorted(path.glob("**/*.lines")) if path.is_dir() else [path]
        before = len(self)
        for path in found:
            name = str(path)
            if path.stat().st_size < 4096:
                continue  # only just begun
            try:
                if name in self.files:
                    self.files[name].refresh()
                else:
                    self.files[name] = LinesFile(path, self._token_count)
            except LinesFileError as error:  # must not end a night's run
                print(f"train: left out: {error}", file=sys.stderr)
                continue
            old = self.drawn.get(name, np.zeros(0, bool))
            new = np.zeros(len(self.files[name]), bool)
            new[: len(old)] = old[: len(new)]
            self.drawn[name] = new
        if len(self) > before:
            self.queue = []
        return len(self) > before

    def __len__(self):
        return sum(len(file) for file in self.files.values())

    def headers(self):
        """Of each file, for the log: how many lines, and what it was made with."""
        return {
            pathlib.Path(name).name: {"lines": len(file), "header": file.header}
            for name, file in self.files.items()
        }

    @property
    def strip_height(self):
        heights = {file.header["strip_height"] for file in self.files.values()}
        if len(heights) != 1:  # none, or two kinds
            raise SystemExit(f"lines files of one strip height are needed, found {sorted(heights)}")
        return heights.pop()

    def _token_count(self, text):
        unknown = self.vocabulary.unknown(text)
        self.unknown |= unknown
        count = len(self.vocabulary.encode(text)[0]) if not unknown else None
        return None if unknown or count > self.settings["max_tokens"] else count

    def batch(self, step, max_width) -> Batch:
        """The step's lines; those wider than max_width are cut at spaces."""
        rng = np.random.default_rng((self.seed, step))
        if self.queue_width != max_width or not self.queue:
            self._fill_queue(rng, max_width)
        width, chosen = self.queue.pop()
        lines = []
        for name, index in chosen:
            self.drawn[name][index] = True
            line = self.files[name].line(index)
            lines.append(line if line.pixels.shape[1] <= width else cut(line, width, rng))
        lines += self._empty_lines(rng, width, round(len(chosen) * self.settings["empty_share"]))
        return assembled([line for line in lines if line is not None], width, self.vocabulary)

    def _fill_queue(self, rng, max_width):
        if all(drawn[file.tokens > 0].all() for file, drawn in self._both()):
            for drawn in self.drawn.values():
                drawn[:] = False
        entries = []  # (width, tokens, file, line)
        names = list(self.files)
        for number, (file, drawn) in enumerate(self._both()):
            index = np.flatnonzero(~drawn & (file.tokens > 0))
            width = np.minimum(file.widths[index], max_width)
            columns = (width, file.tokens[index], np.full(len(index), number), index)
            entries.append(np.stack(columns, 1))
        entries = np.concatenate(entries)
        if not len(entries):
            raise SystemExit("the lines files hold no line with text that can be used")
        self.queue, self.queue_width = [], max_width
        for width in np.unique(entries[:, 0]):
            group = rng.permutation(entries[entries[:, 0] == width])
            size = max(1, self.settings["pixels"] // (self.strip_height * int(width)))
            # Texts of like length share a step: sorted within stretches of eight steps.
            for start in range(0, len(group), 8 * size):
                stretch = group[start : start + 8 * size]
                stretch = stretch[np.argsort(stretch[:, 1], kind="stable")]
                for part in range(0, len(stretch), size):
                    chosen = [(names[n], i) for _, _, n, i in stretch[part : part + size]]
                    self.queue.append((int(width), chosen))
        self.queue = [self.queue[i] for i in rng.permutation(len(self.queue))]

    def _empty_lines(self, rng, width, count):
        candidates = []
        for file, _ in self._both():
            index = np.flatnonzero((file.tokens == 0) & (file.widths <= width))
            candidates += [(file, i) for i in rng.permutation(index)[:count]]
        chosen = rng.permutation(len(candidates))[:count]
        return [candidates[i][0].line(candidates[i][1]) for i in chosen]

    def _both(self):
        return [(self.files[name], self.drawn[name]) for name in self.files]

    def state(self):
        return {name: np.packbits(drawn) for name, drawn in self.drawn.items()}

    def load(self, state):
        for name, packed in state.items():
            if name in self.drawn:
                old = np.unpackbits(packed).astype(bool)[: len(self.drawn[name])]
                self.drawn[name][: len(old)] = old
        self.queue = []


def cut(line: Line, width, rng) -> Line | None:
    """Some words of a line, in a strip of that width; None where a single word is too wide."""
    spaces = [i for i, character in enumerate(line.text) if character == " "]
    edges = [0.0] + [float(line.extents[i].mean()) for i in spaces] + [line.pixels.shape[1]]
    starts, ends = [0] + [i + 1 for i in spaces], spaces + [len(line.text)]
    first = int(rng.integers(len(starts)))
    lasts = [k for k in range(first, len(ends)) if edges[k + 1] - edges[first] <= width]
    if not lasts:
        return None
    left, right = int(edges[first]), int(edges[lasts[-1] + 1])
    kept = slice(starts[first], ends[lasts[-1]])
    extents = np.clip(line.extents[kept] - left, 0, right - left)
    return Line(line.pixels[:, left:right], line.text[kept], extents, line.facts)


def assembled(lines, width, vocabulary) -> Batch:
    height = lines[0].pixels.shape[0]
    encoded = [vocabulary.encode(line.text) for line in lines]
    length = 1 + max(len(ids) for ids, _ in encoded)
    strips = np.full((len(lines), height, width), 255, np.uint8)
    inputs = np.full((len(lines), length), tokens.PAD, np.int64)
    targets = np.full((len(lines), length), IGNORED, np.int64)
    extents = np.full((len(lines), length, 2), -1, np.float32)
    inputs[:, 0] = tokens.VISION_END
    for row, (line, (ids, characters)) in enumerate(zip(lines, encoded)):
        strips[row, :, : line.pixels.shape[1]] = line.pixels
        inputs[row, 1 : 1 + len(ids)] = ids
        targets[row, : len(ids)] = ids
        targets[row, len(ids)] = tokens.EOS
        extents[row, : len(ids)] = line.extents[characters]
    arrays = (torch.from_numpy(array) for array in (strips, inputs, targets, extents))
    return Batch(*arrays, characters=sum(len(line.text) for line in lines))
