"""The tiny Qwen2.5-VL and Qwen2-VL checkpoints, three pages, and their golden vectors.

    python make_vision_golden.py ../../../Tests/OCRInferenceTests/Golden/decoder
"""

import copy
import pathlib
import sys

import torch
import transformers
from PIL import Image

import pages
import tiny_configurations as tiny
from capture import greedy, margin, outputs_of, prefill
from checkpoints import load, published_names, write_checkpoint, write_golden
from ggml_blocks import dequantised
from make_text_golden import choose_prompt, layers_of, random_model
from tiny_tokenizer import VL_CHAT_TEMPLATE, tokenizer_config, tokenizer_json

# Text tokens and pages in the order of the prompt.
CASES = {"text": [24], "square": [5, "square", 8], "tall": [3, "tall", 6], "tiny": [4, "tiny", 7],
         "two": [3, "tiny", 4, "tall", 6]}


def given(case, seed, directory):
    """The processor's output for a prompt of random text tokens around pages."""
    random = torch.Generator().manual_seed(seed)
    names = [part for part in CASES[case] if isinstance(part, str)]
    pixels, grids = pages.pixel_values(directory, names) if names else (None, None)
    ids, images = [], iter(grids if names else [])
    for part in CASES[case]:
        if isinstance(part, int):
            ids += torch.randint(0, 256, (part,), generator=random).tolist()
        else:
            tokens = int(next(images).prod()) // 4
            ids += [tiny.VISION_START, *[tiny.IMAGE_PAD] * tokens, tiny.VISION_END]
    return with_images(torch.tensor([ids]), pixels, grids)


def with_images(ids, pixels, grids):
    inputs = dict(input_ids=ids, attention_mask=torch.ones_like(ids))
    if pixels is not None:  # without mm_token_type_ids transformers 5 takes every position for text
        inputs |= dict(pixel_values=pixels, image_grid_thw=grids,
                       mm_token_type_ids=(ids == tiny.IMAGE_PAD).int())
    return inputs


def chat(model_directory, directory, seed):
    """The same through transformers' own processor: template, tokenizer, pixels and all."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(model_directory)
    processor = transformers.Qwen2_5_VLProcessor(
        image_processor=pages.pil_processor(), tokenizer=tokenizer, chat_template=VL_CHAT_TEMPLATE,
        video_processor=transformers.Qwen2VLVideoProcessor())
    text = processor.apply_chat_template(chat_messages(seed), add_generation_prompt=True, tokenize=False)
    page = Image.open(directory / "tall.png")
    made = processor(text=[text], images=[page], return_tensors="pt")
    ours = with_images(made["input_ids"], *pages.pixel_values(directory, ["tall"]))
    for name in ours:  # our own way of making the inputs is the processor's
        assert torch.equal(ours[name].double(), made[name].double()), name
    return ours, text


def chat_messages(seed):
    text = f"{seed + 1}번 서식을 읽어 주세요. Read the page."
    return [dict(role="user", content=[dict(type="image"), dict(type="text", text=text)])]


def positions(model, inputs):
    if "image_grid_thw" not in inputs:
        return {}
    ids, delta = model.model.get_rope_index(
        inputs["input_ids"], inputs["mm_token_type_ids"], inputs["image_grid_thw"])
    return {"position_ids": ids[:, 0], "rope_delta": delta[0],
            "mm_token_type_ids": inputs["mm_token_type_ids"][0].long()}


def case_golden(model, inputs):
    ids, rows = greedy(model, inputs)
    logits, _ = prefill(model, inputs, {})
    assert torch.allclose(rows[0], logits[-1], atol=1e-5)
    # One pass over everything, positions worked out anew, gives what the cache gave step by step.
    everything = torch.cat([inputs["input_ids"], ids[None, :-1]], 1)
    whole = with_images(everything, inputs.get("pixel_values"), inputs.get("image_grid_thw"))
    with torch.no_grad():
        whole = model(**whole, use_cache=False).logits[0, inputs["input_ids"].shape[1] - 1:]
    assert torch.allclose(whole.float(), rows, atol=1e-4), (whole - rows).abs().max()
    return {"prompt.ids": inputs["input_ids"][0], **positions(model, inputs),
            "greedy.ids": ids, "greedy.logits": rows}


@torch.no_grad()
def tower_golden(model, directory):
    """Each block's output for each page. Qwen2.5-VL's blocks run in window order; the patch embedding
    comes before, and the merger's rows are put back after."""
    visual, tensors = model.model.visual, {}
    for name in pages.SIZES:
        pixels, grid = pages.pixel_values(directory, [name])
        with outputs_of({"patch_embed": visual.patch_embed,
                         **{f"blocks.{i}": block for i, block in enumerate(visual.blocks)}}) as seen:
            features = visual(pixels, grid_thw=grid).pooler_output
        tensors |= {f"vision.{name}.{k}": v.reshape(-1, v.shape[-1]) for k, v in seen.items()}
        tensors[f"vision.{name}.features"] = features
        if hasattr(visual, "window_size"):
            from transformers.vision_utils import get_vision_window_index
            order, bounds = get_vision_window_index(
                grid, spatial_merge_size=2, window_size=visual.window_size, patch_size=14)
            tensors[f"vision.{name}.window_index"] = order
            tensors[f"vision.{name}.cu_window_seqlens"] = bounds.long()
    return tensors


def quantised(model, kind, parts):
    """A float32 copy whose linear weights went through `kind` and back. The patch embedding, a
    convolution whose rows of 1176 do not divide into blocks of 32, stays as stored."""
    model = copy.deepcopy(model)
    ends = [model.get_input_embeddings(), model.get_output_embeddings()]
    vision = [m for m in model.model.visual.modules() if isinstance(m, torch.nn.Linear)]
    layers = [m for m in model.model.language_model.layers.modules() if isinstance(m, torch.nn.Linear)]
    with torch.no_grad():
        for module in {"all": layers + vision + ends, "layers": layers + vision, "decoder": layers}[parts]:
            module.weight.copy_(dequantised(module.weight, kind))
    return model


def quantised_golden(model, inputs):
    out = {}
    for kind in ("q8_0", "q4_0"):
        for parts in ("all", "layers", "decoder"):
            ids, rows = greedy(quantised(model, kind, parts), inputs)
            print(f"  {kind} {parts}: lead {margin(rows):.4f}")
            out[f"{kind}.{parts}.greedy.ids"], out[f"{kind}.{parts}.greedy.logits"] = ids, rows
    return out


def cases_golden(models, directory, chosen_cases):
    tensors = {}
    for case in chosen_cases:
        seed = choose_prompt(models if case == "square" else models[:1],
                             lambda seed: given(case, seed, directory), lead=0.03)
        made = case_golden(models[0], given(case, seed, directory))
        print(f"  {case}: prompt {seed} lead {margin(made['greedy.logits']):.4f}", made["greedy.ids"].tolist())
        tensors |= {f"{case}.{k}": v for k, v in made.items()}
        if case == "square":
            square = given(case, seed, directory)
    _, hidden = prefill(models[0], square, {k: v for k, v in layers_of(models[0]).items() if "hidden" in k})
    hidden["hidden.embedding"] = embedded(models[0], square)  # with the image's rows in their places
    return tensors | {f"square.{k}": v for k, v in hidden.items()}, square


@torch.no_grad()
def embedded(model, inputs):
    rows = model.get_input_embeddings()(inputs["input_ids"])[0].clone()
    features = model.model.visual(inputs["pixel_values"], grid_thw=inputs["image_grid_thw"])
    rows[inputs["mm_token_type_ids"][0] == 1] = features.pooler_output
    return rows


def side_files(preprocessor):
    return [("preprocessor_config.json", preprocessor), ("tokenizer.json", tokenizer_json()),
            ("tokenizer_config.json", tokenizer_config()),
            ("chat_template.json", dict(chat_template=VL_CHAT_TEMPLATE))]


def qwen25_vl(root):
    model = random_model(tiny.QWEN25_VL, seed=4)
    weights = published_names(model)
    old, new = root / "qwen2.5-vl-tiny", root / "qwen2.5-vl-tiny-transformers5"
    write_checkpoint(old, tiny.QWEN25_VL, weights, "BF16", generation=tiny.GENERATION,
                     extra_files=side_files(tiny.PREPROCESSOR))
    renamed = {n.replace("model.", "model.language_model.", 1) if n.startswith("model.")
               else n.replace("visual.", "model.visual.", 1): w for n, w in weights.items()}
    config = transformers.AutoConfig.from_pretrained(old).to_diff_dict()
    config.pop("_name_or_path", None)
    write_checkpoint(new, config, renamed, "F16", generation=tiny.GENERATION, shards=3,
                     extra_files=side_files(tiny.PREPROCESSOR_5))
    models = [load(old), load(old, torch.bfloat16), load(new, torch.float16)]
    for name, value in load(new).state_dict().items():  # both layouts hold the same values
        assert torch.equal(value, models[0].state_dict()[name]), name
    print("qwen2.5-vl-tiny")
    tensors, square = cases_golden(models, root / "pages", CASES)
    for name, narrower in (("bf16", models[1]), ("f16", models[2])):
        tensors[f"square.{name}.greedy.ids"], tensors[f"square.{name}.greedy.logits"] = greedy(narrower, square)
        pixels, grid = square["pixel_values"], square["image_grid_thw"]
        with torch.no_grad():
            features = narrower.model.visual(pixels.to(narrower.dtype), grid_thw=grid).pooler_output
        tensors[f"vision.square.{name}.features"] = features.float()
    tensors |= {f"square.{k}": v for k, v in quantised_golden(models[0], square).items()}
    seed = choose_prompt(models[:1], lambda seed: chat(old, root / "pages", seed)[0], lead=0.03)
    inputs, text = chat(old, root / "pages", seed)
    tensors |= {f"chat.{k}": v for k, v in case_golden(models[0], inputs).items()}
    tensors |= tower_golden(models[0], root / "pages")
    write_golden(root / "qwen2.5-vl-tiny.golden.safetensors", tensors, "make_vision_golden.py",
                 chat_text=text, chat_user_text=chat_messages(seed)[0]["content"][1]["text"])


def qwen2_vl(root):
    model = random_model(tiny.QWEN2_VL, seed=5)
    directory = root / "qwen2-vl-tiny"
    write_checkpoint(directory, tiny.QWEN2_VL, published_names(model), "BF16",
                     generation=tiny.GENERATION, extra_files=side_files(tiny.PREPROCESSOR))
    print("qwen2-vl-tiny")
    model = load(directory)
    tensors, _ = cases_golden([model], root / "pages", ["square", "tall"])
    tensors |= tower_golden(model, root / "pages")
    tensors = {k: v for k, v in tensors.items() if not k.startswith("vision.tall.blocks")}
    write_golden(root / "qwen2-vl-tiny.golden.safetensors", tensors, "make_vision_golden.py")


if __name__ == "__main__":
    torch.set_num_threads(1)
    root = pathlib.Path(sys.argv[1])
    pages.write_pages(root / "pages", root / "pages.golden.safetensors")
    for name in sys.argv[2:] or ["qwen2.5-vl", "qwen2-vl"]:
        {"qwen2.5-vl": qwen25_vl, "qwen2-vl": qwen2_vl}[name](root)
