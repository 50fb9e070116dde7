"""Runs a model in transformers, eager attention, and keeps what a decoder of ours must equal."""

import contextlib

import torch

STEPS = 17  # the prefill's token and 16 decode steps


@contextlib.contextmanager
def outputs_of(modules):
    """The output of each module of {name: module} during one forward pass."""
    seen = {}

    def keeper(name):
        def keep(module, inputs, output):
            seen[name] = (output[0] if isinstance(output, tuple) else output).detach().float()
        return keep

    hooks = [module.register_forward_hook(keeper(name)) for name, module in modules.items()]
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


@torch.no_grad()
def greedy(model, inputs, steps=STEPS):
    """ids [steps] and logits [steps, vocabulary] of greedy decoding that no stop token ends: row 0
    is the prefill's last position, row k follows from feeding ids[k - 1]."""
    model.generation_config.eos_token_id = None
    model.generation_config.pad_token_id = 0
    out = model.generate(**inputs, max_new_tokens=steps, do_sample=False, use_cache=True,
                         output_logits=True, return_dict_in_generate=True)
    n = inputs["input_ids"].shape[1]
    ids = out.sequences[0, n:]
    logits = torch.stack([row[0].float() for row in out.logits])
    assert torch.equal(logits.argmax(-1), ids)
    return ids, logits


def margin(logits):
    """The smallest lead of the best over the second-best logit of any row."""
    best = logits.topk(2, -1).values
    return float((best[:, 0] - best[:, 1]).min())


@torch.no_grad()
def prefill(model, inputs, modules):
    """logits [n, vocabulary] of every prompt position, and the output of each named module."""
    with outputs_of(modules) as seen:
        logits = model(**inputs, use_cache=False).logits[0].float()
    return logits, {name: value.reshape(-1, value.shape[-1]) for name, value in seen.items()}
