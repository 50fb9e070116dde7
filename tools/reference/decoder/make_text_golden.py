"""The tiny text checkpoints and their golden vectors.

    python make_text_golden.py ../../../Tests/OCRInferenceTests/Golden/decoder [qwen2 llama gpt-neox]
"""

import copy
import pathlib
import sys
import tempfile

import torch
import transformers

import tiny_configurations as tiny
from capture import greedy, margin, prefill
from checkpoints import load, published_names, write_checkpoint, write_golden, write_json
from ggml_blocks import dequantised
from random_weights import fill

PROMPT = 24


def prompt(seed):
    return torch.randint(0, 256, (1, PROMPT), generator=torch.Generator().manual_seed(seed))


def inputs(ids):
    return dict(input_ids=ids, attention_mask=torch.ones_like(ids))


def linear_weights(model, embeddings):
    """Every matrix that q8_0 or q4_0 replaces; the embedding and the head only where asked."""
    ends = {id(model.get_input_embeddings()), id(model.get_output_embeddings())}
    for module in model.modules():
        if isinstance(module, (torch.nn.Linear, torch.nn.Embedding)):
            if embeddings or id(module) not in ends:
                yield module


def quantised(model, kind, embeddings):
    """A float32 copy whose weights went through `kind` and back."""
    model = copy.deepcopy(model)
    with torch.no_grad():
        done = set()
        for module in linear_weights(model, embeddings):
            if id(module.weight) not in done:  # a tied head is its embedding
                done.add(id(module.weight))
                module.weight.copy_(dequantised(module.weight, kind))
    return model


def choose_prompt(models, make=lambda seed: inputs(prompt(seed)), lead=0.05):
    """The first seed whose greedy ids all `models` (one set of weights in several dtypes) agree on,
    varied, free of special tokens, with a clear lead of the best logit in float32."""
    for seed in range(400):
        ids, logits = greedy(models[0], make(seed))
        if margin(logits) < lead or len(set(ids.tolist())) < 10 or int(ids.max()) >= 268:
            continue
        if all(torch.equal(greedy(model, make(seed))[0], ids) for model in models[1:]):
            return seed
    raise SystemExit("no prompt found")


def layers_of(model):
    backbone = model.gpt_neox if hasattr(model, "gpt_neox") else model.model
    backbone = getattr(backbone, "language_model", backbone)
    final = getattr(backbone, "final_layer_norm", None) or backbone.norm
    modules = {"hidden.embedding": model.get_input_embeddings(), "hidden.norm": final}
    for i, layer in enumerate(backbone.layers):
        modules[f"hidden.layers.{i}"] = layer
        modules[f"layers.{i}.attention"] = getattr(layer, "self_attn", None) or layer.attention
        modules[f"layers.{i}.mlp"] = layer.mlp
    return modules


def golden(model, given):
    """The tensors every text golden file holds."""
    logits, hidden = prefill(model, given, layers_of(model))
    ids, rows = greedy(model, given)
    assert torch.allclose(rows[0], logits[-1], atol=1e-5)
    # One pass over everything gives what the cache gave step by step: the reference agrees with itself.
    whole = dict(input_ids=torch.cat([given["input_ids"], ids[None, :-1]], 1))
    whole = model(**whole, use_cache=False).logits[0, given["input_ids"].shape[1] - 1:]
    assert torch.allclose(whole.float(), rows, atol=1e-4), (whole - rows).abs().max()
    return {"prompt.ids": given["input_ids"][0], **hidden, "logits": logits,
            "greedy.ids": ids, "greedy.logits": rows}


def quantised_golden(model, given):
    out = {}
    for kind in ("q8_0", "q4_0"):
        for name, embeddings in (("all", True), ("layers", False)):
            ids, rows = greedy(quantised(model, kind, embeddings), given)
            print(f"  {kind} {name}: lead {margin(rows):.4f}")
            out[f"{kind}.{name}.greedy.ids"], out[f"{kind}.{name}.greedy.logits"] = ids, rows
    return out


def random_model(config, seed):
    with tempfile.TemporaryDirectory() as directory:
        write_json(pathlib.Path(directory) / "config.json", config)
        config = transformers.AutoConfig.from_pretrained(directory)
    config._attn_implementation = "eager"
    model = getattr(transformers, config.architectures[0])(config).eval()
    fill(model, seed)
    return model


def qwen2(root):
    model = random_model(tiny.QWEN2, seed=1)
    weights = published_names(model)
    for dtype, name in (("F32", "qwen2-tiny"), ("BF16", "qwen2-tiny-bf16"), ("F16", "qwen2-tiny-f16")):
        write_checkpoint(root / name, tiny.QWEN2, weights, dtype, generation=tiny.GENERATION)
    model = load(root / "qwen2-tiny")
    narrow = {"bf16": load(root / "qwen2-tiny-bf16", torch.bfloat16),
              "f16": load(root / "qwen2-tiny-f16", torch.float16)}
    seed = choose_prompt([model, *narrow.values()])
    given = inputs(prompt(seed))
    tensors = golden(model, given)
    print("qwen2-tiny: prompt", seed, "lead", margin(tensors["greedy.logits"]),
          "spread", float(tensors["logits"].std()), tensors["greedy.ids"].tolist())
    for name, narrower in narrow.items():
        ids, tensors[f"{name}.greedy.logits"] = greedy(narrower, given)
        tensors[f"{name}.greedy.ids"] = ids
    tensors |= quantised_golden(model, given)
    write_golden(root / "qwen2-tiny.golden.safetensors", tensors, "make_text_golden.py")


def llama(root):
    model = random_model(tiny.LLAMA, seed=2)
    directory = root / "llama-tiny"
    write_checkpoint(directory, tiny.LLAMA, published_names(model), "BF16", generation=tiny.GENERATION)
    seed = choose_prompt([load(directory), load(directory, torch.bfloat16)])
    for variant, config in (("", tiny.LLAMA), ("linear", tiny.LLAMA_LINEAR), ("plain", tiny.LLAMA_PLAIN)):
        write_variant(root, directory, variant, config, seed)


def gpt_neox(root):
    model = random_model(tiny.GPT_NEOX, seed=7)
    weights = published_names(model)
    # Buffers that the published pythia files carry and transformers leaves aside.
    context = tiny.GPT_NEOX["max_position_embeddings"]
    for i in range(tiny.GPT_NEOX["num_hidden_layers"]):
        name = f"gpt_neox.layers.{i}.attention."
        weights[name + "bias"] = torch.ones(context, context).tril().to(torch.uint8)[None, None]
        weights[name + "masked_bias"] = torch.tensor(-1e9)
        weights[name + "rotary_emb.inv_freq"] = torch.tensor([1.0, 0.01])
    directory = root / "gpt-neox-tiny"
    write_checkpoint(directory, tiny.GPT_NEOX, weights, "F16", generation=tiny.GENERATION)
    seed = choose_prompt([load(directory), load(directory, torch.float16)])
    for variant, config in (("", tiny.GPT_NEOX), ("sequential", tiny.GPT_NEOX_SEQUENTIAL)):
        write_variant(root, directory, variant, config, seed)


def write_variant(root, directory, variant, config, seed):
    """Golden vectors of the directory's weights under another config.json, kept in the directory as
    config.VARIANT.json."""
    model = load(directory)
    name = directory.name
    if variant:
        write_json(directory / f"config.{variant}.json", config)
        weights, model = model.state_dict(), random_model(config, seed=0)
        model.load_state_dict(weights)
        name += "." + variant
        seed = choose_prompt([model])
    tensors = golden(model, inputs(prompt(seed)))
    if variant:
        tensors = {k: v for k, v in tensors.items() if k.startswith(("prompt", "greedy", "logits"))}
    print(f"{name}: prompt {seed} lead {margin(tensors['greedy.logits']):.4f}",
          "spread", float(tensors["logits"].std()), tensors["greedy.ids"].tolist())
    write_golden(root / f"{name}.golden.safetensors", tensors, "make_text_golden.py")


if __name__ == "__main__":
    torch.set_num_threads(1)
    root = pathlib.Path(sys.argv[1])
    makers = {"qwen2": qwen2, "llama": llama, "gpt-neox": gpt_neox}
    for name in sys.argv[2:] or makers:
        makers[name](root)
