"""Pictures of the lines that the model reads worst, as the engine cut them.

    ./medbench dataset lines build/judged/datasets/fresh --dpi 300 --degradation scan --output build/judged/worst.lines
    python3 tools/train/worst_lines.py --lines build/judged/worst.lines --limit 600

Reads strips with models/medocr-nano, bf16 as it ships, and puts the worst of each document type
into docs/images/worst-lines/ and, with what stands on the page and what was read, between
`<!-- worst -->` and `<!-- /worst -->` of docs/reference-model.md.
"""

import argparse
import pathlib
import struct
import zlib

import torch

from evaluate import Validation, distance, kinds
from export import imported_weights
from model import LineReader
from recipe import fitted, read_recipe
from tokens import Vocabulary

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/reference-model.md"
PICTURES = ROOT / "docs/images/worst-lines"


def shipped_reader(directory, strip_height: int) -> tuple[LineReader, Vocabulary]:
    vocabulary = Vocabulary.of_model(directory)
    recipe = read_recipe(pathlib.Path(__file__).with_name("recipe.toml"))
    weights = imported_weights(directory)
    rows = weights["model.embed_tokens.weight"].shape[0]
    reader = LineReader(fitted(recipe.model, rows, strip_height))
    reader.load_state_dict(weights, strict=False)
    return reader.to(torch.bfloat16).eval(), vocabulary


def png(pixels) -> bytes:
    """Grey, 8 bits (ISO/IEC 15948). pixels u8 [height, width]."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    height, width = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )  # fmt: skip


def worst_of(validation: Validation, readings: list, most: int) -> dict:
    """Of each document type, the lines with the most errors: (errors, line, reading)."""
    types: dict = {}
    for line, reading in zip(validation.lines, readings):
        errors = distance(line.text, reading)
        types.setdefault(kinds(line.facts)[2], []).append((errors, line, reading))
    return {
        kind: sorted((row for row in rows if row[0]), key=lambda row: -row[0])[:most]
        for kind, rows in sorted(types.items())
    }


def cell(text: str) -> str:
    """Inside a table's cell."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("`", "'") or "(nothing)"


def section(validation: Validation, readings: list, most: int) -> str:
    wrong = sum(line.text != reading for line, reading in zip(validation.lines, readings))
    text = f"Of {len(readings):,} strips, {wrong:,} are not read exactly. The worst of each type:\n"
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for kind, rows in worst_of(validation, readings, most).items():
        if not rows:
            continue
        text += f"\n**{kind}**\n\n| strip | on the page | read |\n| --- | --- | --- |\n"
        for number, (_, line, reading) in enumerate(rows, 1):
            path = PICTURES / f"{kind}-{number}.png"
            path.write_bytes(png(line.pixels))
            picture = f"![{line.facts['page']}]({path.relative_to(DOCUMENT.parent)})"
            text += f"| {picture} | {cell(line.text)} | {cell(reading)} |\n"
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lines", required=True)
    parser.add_argument("--model", default=ROOT / "models/medocr-nano")
    parser.add_argument("--most", type=int, default=4, help="pictures of each document type")
    parser.add_argument("--limit", type=int, help="strips, drawn by chance; by default all")
    options = parser.parse_args()
    vocabulary = Vocabulary.of_model(options.model)
    validation = Validation(options.lines, vocabulary, limit=options.limit, seed=0)
    reader, vocabulary = shipped_reader(options.model, validation.lines[0].pixels.shape[0])
    readings = validation.readings(reader)
    found = section(validation, readings, options.most)
    before, rest = DOCUMENT.read_text().split("<!-- worst -->", 1)
    after = rest.split("<!-- /worst -->", 1)[1]
    DOCUMENT.write_text(before + "<!-- worst -->\n" + found + "<!-- /worst -->" + after)


if __name__ == "__main__":
    main()
