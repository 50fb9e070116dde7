"""Holds an exported directory against transformers: the same logits, the same text.

    check_export.py --checkpoint RUN --recipe recipe.toml --lines FILE

The weights are written in float32 for it, so that what is compared is the arithmetic.
"""

import argparse
import pathlib
import tempfile

import torch
from transformers import AutoTokenizer, Qwen2_5_VLForConditionalGeneration

import checkpoints
import tokens
from augment import normalised
from export import export, imported_weights
from lines_file import LinesFile
from model import LineReader
from recipe import read_recipe
from tokens import Vocabulary

TOLERANCE = 1e-3


def inputs_of(strip, shape):
    """What transformers takes for a strip [height, width], normalised."""
    p, m = shape.patch, shape.merge
    rows, columns = strip.shape[0] // p, strip.shape[1] // p
    patches = strip.view(rows // m, m, p, columns // m, m, p).permute(0, 3, 1, 4, 2, 5)
    patches = patches.reshape(-1, 1, 1, p, p).expand(-1, 3, 2, p, p).flatten(1)
    image = [tokens.IMAGE] * (rows * columns // m**2)
    ids = torch.tensor([[tokens.VISION_START, *image, tokens.VISION_END]])
    return {
        "input_ids": ids,
        "attention_mask": torch.ones_like(ids),
        "pixel_values": patches,
        "image_grid_thw": torch.tensor([[1, rows, columns]]),
        # transformers 5 takes every position for text without it.
        "mm_token_type_ids": (ids == tokens.IMAGE).int(),
    }


@torch.no_grad()
def check(run, recipe, lines_path, count):
    with tempfile.TemporaryDirectory() as directory:
        export(run, recipe, directory, torch.float32)
        theirs = Qwen2_5_VLForConditionalGeneration.from_pretrained(
            directory, dtype=torch.float32, attn_implementation="eager"
        ).eval()
        tokenizer = AutoTokenizer.from_pretrained(directory)
        ours = LineReader(checkpoints.read(run)["shape"])
        ours.load_state_dict(imported_weights(directory), strict=False)
        vocabulary = Vocabulary.of_model(directory)
    file = LinesFile(lines_path, len)
    worst, different = 0.0, 0
    for index in range(0, len(file), max(1, len(file) // count)):
        line = file.line(index)
        strip = normalised(torch.from_numpy(line.pixels.copy()))
        prompt = inputs_of(strip, ours.shape)
        read = ours.read(strip[None], limit=256)[0]
        image = ours.visual(strip[None])
        text = torch.tensor([[tokens.VISION_END, *read]])
        logits, _ = ours.text(image, text)
        whole = dict(prompt, input_ids=torch.cat([prompt["input_ids"], text[:, 1:]], 1))
        whole["attention_mask"] = torch.ones_like(whole["input_ids"])
        whole["mm_token_type_ids"] = (whole["input_ids"] == tokens.IMAGE).int()
        expected = theirs(**whole).logits[:, -text.shape[1] :]
        worst = max(worst, float((logits - expected).abs().max()))
        written = theirs.generate(**prompt, max_new_tokens=256, do_sample=False)
        written = written[0, prompt["input_ids"].shape[1] :].tolist()
        written = written[: written.index(tokens.EOS)] if tokens.EOS in written else written
        different += written != read
        if tokenizer(line.text).input_ids != vocabulary.encode(line.text)[0]:
            raise SystemExit("the tokenizer decomposes a text otherwise than training did")
    print(f"largest difference of a logit {worst:.2e}, texts that differ {different}")
    if worst > TOLERANCE or different:
        raise SystemExit("the exported directory does not compute what was trained")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--recipe", default=pathlib.Path(__file__).with_name("recipe.toml"))
    parser.add_argument("--lines", required=True)
    parser.add_argument("--count", type=int, default=12)
    options = parser.parse_args()
    check(options.checkpoint, read_recipe(options.recipe), options.lines, options.count)
