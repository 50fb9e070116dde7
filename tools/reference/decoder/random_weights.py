"""Random weights whose logits have a spread of about 2 and whose attention is not uniform.

Each value is exact in bf16, f16 and f32 alike (8 significant bits, a multiple of 2^-17), so one set
of weights makes a checkpoint in any dtype and the float32 reference holds for all of them.
"""

import zlib

import numpy as np
import torch


def exact_everywhere(x):
    x = torch.round(x.bfloat16().float() * 2**17) / 2**17
    assert torch.equal(x, x.bfloat16().float()) and torch.equal(x, x.half().float())
    return x


def random_weight(name, shape, seed):
    draws = np.random.default_rng([seed, zlib.crc32(name.encode())])
    x = torch.from_numpy(draws.standard_normal(shape).astype(np.float32))
    if "norm" in name or "ln_q" in name:
        return exact_everywhere(1 + 0.2 * x if name.endswith("weight") else 0.2 * x)
    if name.endswith("bias"):
        return exact_everywhere(0.3 * x)
    fan_in = int(np.prod(shape[1:]))
    gain = 1.0
    if any(part in name for part in ("q_proj", "k_proj", "qkv", "query_key_value")):
        gain = 1.5
    if "lm_head" in name or "embed_out" in name or "embed_tokens" in name:
        gain = 2.0
    if "4h" in name:  # wide enough for the exact GELU to stand apart from its tanh approximation
        gain = 1.6
    if "patch_embed" in name:
        gain = 1.5
    return exact_everywhere(gain / fan_in**0.5 * x)


def fill(model, seed):
    """Replaces every parameter of `model` by its random value; tied ones are drawn once."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(random_weight(name, tuple(parameter.shape), seed))
