"""A checkpoint of training as the directory that ships: Hugging Face files, bf16, a model card.

    export.py --checkpoint DIR --recipe recipe.toml --output models/medocr-nano
"""

import argparse
import json
import pathlib

import torch
from safetensors.torch import load_file, save_file

import checkpoints
import tokens
from augment import DEVIATION, MEAN
from model_card import model_card
from recipe import ModelShape, read_recipe
from tokens import Vocabulary

PATCH_EMBED = "visual.patch_embed.proj.weight"


def exported_weights(values: dict, shape: ModelShape, dtype=torch.bfloat16) -> dict:
    """The state dict of a Hugging Face checkpoint."""
    weights = {}
    for name, value in values.items():
        if name.startswith("ctc."):
            continue
        if name == PATCH_EMBED:
            p = shape.patch  # 3 equal channels, 2 equal frames
            value = (value.view(-1, 1, 1, p, p) / 6).expand(-1, 3, 2, p, p)
        weights[name] = value.to(dtype).contiguous()
    return weights


def imported_weights(directory) -> dict:
    """The other way: what training starts from when it goes on from an exported model."""
    weights = load_file(pathlib.Path(directory) / "model.safetensors")
    weights = {name: value.float() for name, value in weights.items()}
    weights[PATCH_EMBED] = weights[PATCH_EMBED].sum((1, 2)).flatten(1)
    return weights


def configuration(shape: ModelShape) -> dict:
    return {
        "architectures": ["Qwen2_5_VLForConditionalGeneration"],
        "model_type": "qwen2_5_vl",
        "hidden_size": shape.width,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.kv_heads,
        "intermediate_size": shape.mlp,
        "vocab_size": shape.vocabulary,
        "rms_norm_eps": shape.norm_epsilon,
        "rope_theta": shape.rope_theta,
        "rope_scaling": {"type": "mrope", "mrope_section": list(shape.mrope_section)},
        "tie_word_embeddings": True,
        "hidden_act": "silu",
        "max_position_embeddings": 2048,
        "use_sliding_window": False,
        "vision_start_token_id": tokens.VISION_START,
        "vision_end_token_id": tokens.VISION_END,
        "image_token_id": tokens.IMAGE,
        "video_token_id": tokens.VIDEO,
        "bos_token_id": tokens.PAD,
        "eos_token_id": tokens.EOS,
        "pad_token_id": tokens.PAD,
        "torch_dtype": "bfloat16",
        "vision_config": {
            "model_type": "qwen2_5_vl",
            "depth": shape.vision_layers,
            "hidden_size": shape.vision_width,
            "num_heads": shape.vision_heads,
            "intermediate_size": shape.vision_mlp,
            "in_chans": 3,
            "in_channels": 3,
            "out_hidden_size": shape.width,
            "patch_size": shape.patch,
            "spatial_patch_size": shape.patch,
            "spatial_merge_size": shape.merge,
            "temporal_patch_size": 2,
            "window_size": shape.token_pixels * 4,
            # Every layer sees the whole strip, so the window is never used.
            "fullatt_block_indexes": list(range(shape.vision_layers)),
            "tokens_per_second": 2,
            "hidden_act": "silu",
        },
    }


def other_files(shape: ModelShape, vocabulary: Vocabulary) -> dict:
    """Every JSON file of the directory by its name."""
    return {
        "config.json": configuration(shape),
        "generation_config.json": {
            "eos_token_id": tokens.EOS,
            "pad_token_id": tokens.PAD,
            "do_sample": False,
            "max_new_tokens": 256,
        },
        "preprocessor_config.json": {
            "image_mean": [MEAN] * 3,
            "image_std": [DEVIATION] * 3,
            "patch_size": shape.patch,
            "merge_size": shape.merge,
            "temporal_patch_size": 2,
            "do_resize": False,
            "image_processor_type": "Qwen2VLImageProcessor",
        },
        "tokenizer.json": vocabulary.tokenizer_json(),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "eos_token": "<eos>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "clean_up_tokenization_spaces": False,
        },
        "medbench.json": {
            "input": "line",
            "strip_height": shape.strip_height,
            "ink_height": shape.strip_height * 3 // 4,
            "max_width": 896 * shape.strip_height // 32,
            "gap": 0.5,
            "batch": 64,
        },
    }


def export(run, recipe, output, dtype=torch.bfloat16):
    """Writes the directory of what lies in the output folder of a run."""
    state = checkpoints.read(run)
    if state is None:
        raise SystemExit(f"{run}: holds no {checkpoints.NAME}; train first")
    shape, output = state["shape"], pathlib.Path(output)
    values = {name: master["value"] for name, master in state["masters"].items()}
    vocabulary = Vocabulary("")
    vocabulary.tokens = state["tokens"]
    vocabulary.ids = {token: i for i, token in enumerate(state["tokens"])}
    output.mkdir(parents=True, exist_ok=True)
    weights = exported_weights(values, shape, dtype)
    save_file(weights, output / "model.safetensors", metadata={"format": "pt"})
    (output / "model.safetensors").chmod(0o644)
    for name, content in other_files(shape, vocabulary).items():
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (output / name).write_text(text + "\n", encoding="utf-8")
    card = model_card(run, state, recipe, sum(w.numel() for w in weights.values()))
    (output / "README.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--checkpoint", required=True, help="the output folder of train.py")
    parser.add_argument("--recipe", default=pathlib.Path(__file__).with_name("recipe.toml"))
    parser.add_argument("--output", required=True)
    options = parser.parse_args()
    export(options.checkpoint, read_recipe(options.recipe), options.output)
