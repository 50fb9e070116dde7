"""Reads the committed strips with the committed checkpoint in transformers, float32, and checks the ids
of strips.json; then writes golden vectors of two strips and what each dtype reads.

    python make_line_reader_golden.py ../../../Tests/OCRInferenceTests/Golden/line-reader
"""

import copy
import json
import pathlib
import re
import sys
import unicodedata

import torch
from PIL import Image
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from checkpoints import load, write_golden, write_json
from ggml_blocks import dequantised

VISION_START, VISION_END, IMAGE_PAD, EOS = 2, 3, 4, 1
IN_DETAIL = ("clean-0.png", "degraded-2.png")


def inputs(processor, path):
    """The prompt is <|vision_start|>, one <|image_pad|> per 32 px of width, <|vision_end|>: no text."""
    image = Image.open(path)
    made = processor(images=[image.convert("RGB")], return_tensors="pt")
    tokens = int(made["image_grid_thw"].prod()) // 4
    assert tokens == image.width // 32 and image.height == 32
    ids = torch.tensor([[VISION_START, *[IMAGE_PAD] * tokens, VISION_END]])
    return dict(input_ids=ids, attention_mask=torch.ones_like(ids),
                mm_token_type_ids=(ids == IMAGE_PAD).int(), **made)


@torch.no_grad()
def read(model, given, logits=False):
    out = model.generate(**given, max_new_tokens=256, do_sample=False, output_logits=True,
                         return_dict_in_generate=True)
    ids = out.sequences[0, given["input_ids"].shape[1]:].tolist()
    rows = torch.stack([row[0].float() for row in out.logits])
    return (ids, rows) if logits else ids


def text(ids, vocabulary):
    return unicodedata.normalize("NFC", "".join(vocabulary[i] for i in ids if i > 7)).strip()


def quantised(model, kind, ends):
    """Every linear weight in both towers (and the tied embedding where `ends`) through `kind` and
    back; the patch embedding stays."""
    model = copy.deepcopy(model)
    with torch.no_grad():
        for module in [*model.model.modules()]:
            if isinstance(module, torch.nn.Linear) or (ends and isinstance(module, torch.nn.Embedding)):
                module.weight.copy_(dequantised(module.weight, kind))
    assert model.lm_head.weight is model.get_input_embeddings().weight
    return model


def edits(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def main(root):
    strips = json.loads((root / "strips.json").read_text())
    vocabulary = json.loads((root / "vocab_list.json").read_text())
    kept = json.loads((root / "preprocessor_config.json").read_text())
    kept.pop("image_processor_type")
    processor = Qwen2VLImageProcessorPil(**kept)
    model = load(root)
    tensors, summary = {}, {}
    for strip in strips:
        given = inputs(processor, root / "strips" / strip["file"])
        ids, rows = read(model, given, logits=True)
        best = rows.topk(2, -1).values
        strip["lead"] = round(float((best[:, 0] - best[:, 1]).min()), 4)
        assert ids[-1] == EOS and ids[:-1] == strip["tokens"], strip["file"]
        assert text(ids, vocabulary) == strip["reading"], strip["file"]
        if strip["file"] in IN_DETAIL:
            name, pixels = strip["file"][:-4], given["pixel_values"]
            position_ids, delta = model.model.get_rope_index(
                given["input_ids"], given["mm_token_type_ids"], given["image_grid_thw"])
            with torch.no_grad():
                features = model.model.visual(pixels, grid_thw=given["image_grid_thw"]).pooler_output
            tensors |= {
                f"{name}.prompt.ids": given["input_ids"][0], f"{name}.position_ids": position_ids[:, 0],
                f"{name}.rope_delta": delta[0], f"{name}.image_grid_thw": given["image_grid_thw"][0],
                f"{name}.pixel_values.every13": pixels.flatten()[::13],
                f"{name}.features": features, f"{name}.greedy.ids": torch.tensor(ids),
                f"{name}.greedy.logits": rows}
    print("float32: all", len(strips), "strips read to the ids of strips.json; smallest lead",
          min(strip["lead"] for strip in strips))
    variants = {"bf16": copy.deepcopy(model).bfloat16(), "f16": copy.deepcopy(model).half()}
    variants |= {f"{kind}.{name}": quantised(model, kind, ends) for kind in ("q8_0", "q4_0")
                 for name, ends in (("all", True), ("layers", False))}
    for name, variant in {"f32": model, **variants}.items():
        changed, wrong = {}, 0
        for strip in strips:
            given = inputs(processor, root / "strips" / strip["file"])
            ids = read(variant, given)
            ids = ids[:-1] if ids[-1] == EOS else ids
            wrong += edits(strip["truth"], text(ids, vocabulary))
            if ids != strip["tokens"]:
                changed[strip["file"]] = ids
        characters = sum(len(strip["truth"]) for strip in strips)
        summary[name] = dict(cer=round(wrong / characters, 6), edits=wrong, characters=characters,
                             other_ids=changed)
        print(name, wrong, "/", characters, "ids differ in", list(changed))
    summary = dict(script="tools/reference/decoder/make_line_reader_golden.py", dtypes=summary,
                   leads={strip["file"]: strip["lead"] for strip in strips})
    write_json(root / "readings.json", summary)
    lists = re.compile(r"\[\s*([\d,\s]+?)\s*\]")  # ids on one line
    kept = (root / "readings.json").read_text()
    (root / "readings.json").write_text(
        lists.sub(lambda found: "[" + re.sub(r"\s+", " ", found[1]) + "]", kept))
    write_golden(root / "golden.safetensors", tensors, "make_line_reader_golden.py")


if __name__ == "__main__":
    torch.set_num_threads(2)
    main(pathlib.Path(sys.argv[1]))
