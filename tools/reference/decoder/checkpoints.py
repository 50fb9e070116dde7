"""Hugging Face model directories and golden files, written so that two runs give the same bytes."""

import json
import pathlib

import torch
import transformers
from safetensors.torch import save

DTYPES = {"F32": torch.float32, "BF16": torch.bfloat16, "F16": torch.float16}
DTYPE_NAMES = {"F32": "float32", "BF16": "bfloat16", "F16": "float16"}


def save_file(tensors, path, metadata):
    """safetensors' own bytes, but with the header's keys in a fixed order (its own shuffles them)."""
    data = save(tensors, metadata)
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data[8 + size:])


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def published_names(model):
    """{published (transformers 4) name: float32 tensor} without the copy of a tied head."""
    tied = model.config.tie_word_embeddings
    weights = {}
    for name, value in model.state_dict().items():
        name = name.replace("model.language_model.", "model.").replace("model.visual.", "visual.")
        if not (tied and name == "lm_head.weight"):
            weights[name] = value.detach().clone().contiguous()
    return weights


def write_checkpoint(directory, config, weights, dtype, *, generation, extra_files=(), shards=1):
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    key = "dtype" if "dtype" in config else "torch_dtype"
    write_json(directory / "config.json", config | {key: DTYPE_NAMES[dtype]})
    write_json(directory / "generation_config.json", generation)
    for name, content in extra_files:
        write_json(directory / name, content)
    weights = {n: w.to(DTYPES[dtype]) if w.is_floating_point() else w for n, w in weights.items()}
    if shards == 1:
        save_file(weights, directory / "model.safetensors", metadata={"format": "pt"})
        return
    names, index = list(weights), {}
    for i in range(shards):
        file = f"model-{i + 1:05}-of-{shards:05}.safetensors"
        part = names[i * len(names) // shards:(i + 1) * len(names) // shards]
        save_file({n: weights[n] for n in part}, directory / file, metadata={"format": "pt"})
        index |= {n: file for n in part}
    total = sum(w.numel() * w.element_size() for w in weights.values())
    write_json(directory / "model.safetensors.index.json",
               {"metadata": {"total_size": total}, "weight_map": dict(sorted(index.items()))})


def write_golden(path, tensors, script, **notes):
    tensors = {name: value.contiguous() for name, value in tensors.items()}
    save_file(tensors, path, metadata={
        "script": f"tools/reference/decoder/{script}", "attention": "eager",
        "torch": torch.__version__, "transformers": transformers.__version__,
        **{k: str(v) for k, v in notes.items()}})


def load(directory, dtype=torch.float32):
    """The model as a user of transformers loads it; every weight must be found, none left over."""
    import logging
    logging.getLogger("transformers").setLevel(logging.ERROR)
    config = transformers.AutoConfig.from_pretrained(directory)
    kind = getattr(transformers, config.architectures[0])
    model, report = kind.from_pretrained(
        directory, dtype=dtype, attn_implementation="eager", output_loading_info=True)
    assert not report["missing_keys"] and not report["mismatched_keys"], report
    assert not report["unexpected_keys"], report
    return model.eval()
