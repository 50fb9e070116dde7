"""Logits of the tiny checkpoints under each cache policy, teacher-forced.

    python make_kv_golden.py ../../../Tests/OCRInferenceTests/Golden

Reads the checkpoints of Golden/decoder and writes Golden/kv. Needs what ../decoder/requirements.txt names.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "decoder"))
from checkpoints import load, save_file  # noqa: E402

from eviction import Full, SmallNorm, Streaming, Window, gpt_neox, llama  # noqa: E402

TOKENS = 40
KEPT = 12  # the last rows' logits: by then every policy has dropped rows many times
# In 2 layers: of fix_size_l2 one layer is skipped, or none.
POLICIES = {
    "streaming.4.8": Streaming(4, 8), "streaming.1.5": Streaming(1, 5), "recent.12": Window(12),
    "l2.12.skip.0": SmallNorm(12, {0}), "l2.6": SmallNorm(6, set()),
}


@torch.no_grad()
def golden(directory, run, seed):
    model = load(directory)
    # None twice: equal tokens have keys of equal norm in the first layer, and which of them stays is a rounding's choice.
    ids = torch.randperm(256, generator=torch.Generator().manual_seed(seed))[:TOKENS]
    # With everything kept this code computes what transformers does.
    whole = model(input_ids=ids[None], use_cache=False).logits[0]
    error = (run(model, ids, Full()) - whole).abs().max()
    assert error < 1e-4 * whole.abs().max(), error
    tensors = {"ids": ids}
    for name, policy in POLICIES.items():
        logits = run(model, ids, policy)
        tensors[name] = logits[-KEPT:].contiguous()
        apart = (logits - whole)[-KEPT:].abs().max() / whole.abs().max()
        print(f"{directory.name} {name}: {float(apart):.3f} of the largest logit from the full cache's")
    return tensors


def main(root):
    (root / "kv").mkdir(exist_ok=True)
    for name, run, seed in (("llama-tiny", llama, 11), ("gpt-neox-tiny", gpt_neox, 12)):
        save_file(golden(root / "decoder" / name, run, seed), root / "kv" / f"{name}.golden.safetensors",
                  metadata={"script": "tools/reference/kv/make_kv_golden.py", "torch": torch.__version__})


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(pathlib.Path(sys.argv[1]))
