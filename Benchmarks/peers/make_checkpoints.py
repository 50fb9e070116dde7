#!/usr/bin/env python3
"""Random-weight checkpoints of published shapes, for timing engines against each other.

    make_checkpoints.py DIRECTORY [NAME ...] [--tokenizer DIR] [--seed N]

Writes DIRECTORY/NAME/{config.json,generation_config.json,model.safetensors} in bf16, with the tensor
names of the published files. A random weight takes as long to multiply as a trained one, so
speed needs no download; what such a model says is noise. Tensors are drawn and written in pieces of a
few MB, so memory stays small. The same seed gives the same bytes. `--tokenizer` copies the
tokenizer files beside each checkpoint (converters and engines want them; they are not ours to
commit). Needs numpy.
"""

import argparse
import json
import math
import pathlib
import shutil
import zlib

import numpy

SIGMA = 0.02
PIECE = 1 << 22  # elements drawn at a time

QWEN2_5 = {
    "architectures": ["Qwen2ForCausalLM"],
    "attention_dropout": 0.0,
    "bos_token_id": 151643,
    "eos_token_id": 151645,
    "hidden_act": "silu",
    "initializer_range": SIGMA,
    "max_position_embeddings": 32768,
    "max_window_layers": 28,
    "model_type": "qwen2",
    "rms_norm_eps": 1e-06,
    "rope_theta": 1000000.0,
    "sliding_window": 32768,
    "tie_word_embeddings": True,
    "torch_dtype": "bfloat16",
    "use_cache": True,
    "use_sliding_window": False,
    "vocab_size": 151936,
}

CONFIGS = {
    "qwen2.5-0.5b": QWEN2_5 | {
        "hidden_size": 896,
        "intermediate_size": 4864,
        "num_hidden_layers": 24,
        "num_attention_heads": 14,
        "num_key_value_heads": 2,
    },
    "qwen2.5-1.5b": QWEN2_5 | {
        "hidden_size": 1536,
        "intermediate_size": 8960,
        "num_hidden_layers": 28,
        "num_attention_heads": 12,
        "num_key_value_heads": 2,
    },
    # The vision tower of Qwen2.5-VL-3B whole; its 36 decoder layers cut to two, which is enough
    # for the checkpoint to load.
    "qwen2.5-vl-3b-vision": QWEN2_5 | {
        "architectures": ["Qwen2_5_VLForConditionalGeneration"],
        "model_type": "qwen2_5_vl",
        "hidden_size": 2048,
        "intermediate_size": 11008,
        "num_hidden_layers": 2,
        "max_window_layers": 2,
        "max_position_embeddings": 128000,
        "num_attention_heads": 16,
        "num_key_value_heads": 2,
        "rope_scaling": {"type": "mrope", "mrope_section": [16, 24, 24]},
        "vision_start_token_id": 151652,
        "vision_end_token_id": 151653,
        "vision_token_id": 151654,
        "image_token_id": 151655,
        "video_token_id": 151656,
        "vision_config": {
            "model_type": "qwen2_5_vl",
            "depth": 32,
            "hidden_act": "silu",
            "hidden_size": 1280,
            "intermediate_size": 3420,
            "num_heads": 16,
            "in_chans": 3,
            "in_channels": 3,
            "out_hidden_size": 2048,
            "patch_size": 14,
            "spatial_merge_size": 2,
            "spatial_patch_size": 14,
            "temporal_patch_size": 2,
            "tokens_per_second": 2,
            "window_size": 112,
            "fullatt_block_indexes": [7, 15, 23, 31],
        },
    },
}

PREPROCESSOR = {
    "min_pixels": 3136,
    "max_pixels": 12845056,
    "patch_size": 14,
    "temporal_patch_size": 2,
    "merge_size": 2,
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_std": [0.26862954, 0.26130258, 0.27577711],
    "image_processor_type": "Qwen2VLImageProcessor",
    "processor_class": "Qwen2_5_VLProcessor",
}


def text_shapes(config):
    hidden, inner = config["hidden_size"], config["intermediate_size"]
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]
    kv = hidden // heads * kv_heads
    yield "model.embed_tokens.weight", (config["vocab_size"], hidden)
    for n in range(config["num_hidden_layers"]):
        layer = f"model.layers.{n}."
        yield layer + "input_layernorm.weight", (hidden,)
        for name, rows in ("q", hidden), ("k", kv), ("v", kv):
            yield f"{layer}self_attn.{name}_proj.weight", (rows, hidden)
            yield f"{layer}self_attn.{name}_proj.bias", (rows,)
        yield layer + "self_attn.o_proj.weight", (hidden, hidden)
        yield layer + "post_attention_layernorm.weight", (hidden,)
        yield layer + "mlp.gate_proj.weight", (inner, hidden)
        yield layer + "mlp.up_proj.weight", (inner, hidden)
        yield layer + "mlp.down_proj.weight", (hidden, inner)
    yield "model.norm.weight", (hidden,)


def vision_shapes(vision):
    hidden, inner = vision["hidden_size"], vision["intermediate_size"]
    patch, merged = vision["patch_size"], hidden * vision["spatial_merge_size"] ** 2
    yield "visual.patch_embed.proj.weight", (
        hidden, vision["in_channels"], vision["temporal_patch_size"], patch, patch)
    for n in range(vision["depth"]):
        block = f"visual.blocks.{n}."
        yield block + "norm1.weight", (hidden,)
        yield block + "attn.qkv.weight", (3 * hidden, hidden)
        yield block + "attn.qkv.bias", (3 * hidden,)
        yield block + "attn.proj.weight", (hidden, hidden)
        yield block + "attn.proj.bias", (hidden,)
        yield block + "norm2.weight", (hidden,)
        for name, shape in (
            ("gate", (inner, hidden)), ("up", (inner, hidden)), ("down", (hidden, inner))):
            yield f"{block}mlp.{name}_proj.weight", shape
            yield f"{block}mlp.{name}_proj.bias", shape[:1]
    yield "visual.merger.ln_q.weight", (hidden,)
    yield "visual.merger.mlp.0.weight", (merged, merged)
    yield "visual.merger.mlp.0.bias", (merged,)
    yield "visual.merger.mlp.2.weight", (vision["out_hidden_size"], merged)
    yield "visual.merger.mlp.2.bias", (vision["out_hidden_size"],)


def bf16(values):
    """f32 to bf16 bits, to nearest, ties to even."""
    bits = values.view(numpy.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("<u2")


def is_norm(name):
    return "norm" in name or "ln_q" in name


def write_safetensors(path, shapes, seed):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, shape in shapes:
        end = offset + 2 * math.prod(shape)
        header[name] = {"dtype": "BF16", "shape": list(shape), "data_offsets": [offset, end]}
        offset = end
    encoded = json.dumps(header, separators=(",", ":")).encode()
    encoded += b" " * (-len(encoded) % 8)
    with open(path, "wb") as file:
        file.write(len(encoded).to_bytes(8, "little"))
        file.write(encoded)
        for name, shape in shapes:
            # Seeded by name, so that one tensor's numbers do not depend on those before it.
            draw = numpy.random.Generator(numpy.random.SFC64([seed, zlib.crc32(name.encode())]))
            left = math.prod(shape)
            while left:
                count = min(left, PIECE)
                values = draw.standard_normal(count, dtype=numpy.float32) * numpy.float32(SIGMA)
                file.write(bf16(values + numpy.float32(1) if is_norm(name) else values).tobytes())
                left -= count


def write_checkpoint(directory, config, seed, tokenizer):
    directory.mkdir(parents=True, exist_ok=True)
    generation = {key: config[key] for key in ("bos_token_id", "eos_token_id")}
    documents = {"config.json": config, "generation_config.json": generation}
    shapes = list(text_shapes(config))
    if "vision_config" in config:
        shapes += vision_shapes(config["vision_config"])
        documents["preprocessor_config.json"] = PREPROCESSOR
    for name, document in documents.items():
        (directory / name).write_text(json.dumps(document, indent=2) + "\n")
    write_safetensors(directory / "model.safetensors", shapes, seed)
    for name in ("tokenizer.json", "tokenizer_config.json") if tokenizer else ():
        shutil.copyfile(tokenizer / name, directory / name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CONFIGS))
    parser.add_argument("--tokenizer", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--seed", type=int, default=20250101)
    options = parser.parse_args()
    for name in options.names or CONFIGS:
        if name not in CONFIGS:
            parser.error(f"no shape {name!r}; there are: {', '.join(CONFIGS)}")
        write_checkpoint(options.directory / name, CONFIGS[name], options.seed, options.tokenizer)
        print(options.directory / name, flush=True)


if __name__ == "__main__":
    main()
