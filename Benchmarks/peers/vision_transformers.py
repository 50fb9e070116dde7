#!/usr/bin/env python3
"""Times the vision tower of a Qwen2.5-VL checkpoint in transformers: bf16, SDPA, 2 threads.

    vision_transformers.py CHECKPOINT [--repetitions N] [--threads N] [--dtype NAME]

The page is 756 x 1,064 pixels: 54 x 76 patches, 1,026 image tokens. Prints one JSON line for each
repetition, {"test": "vision1026", "seconds": ..., "tokens_per_second": ...}, after one warm-up.
Needs torch and transformers.
"""

import argparse
import json
import time

import torch
from transformers import Qwen2_5_VLForConditionalGeneration

GRID = (1, 76, 54)


def vision_tower(checkpoint, dtype):
    model = Qwen2_5_VLForConditionalGeneration.from_pretrained(
        checkpoint, dtype=dtype, attn_implementation="sdpa")
    return model.model.visual.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoint")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--dtype", default="bfloat16")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    dtype = getattr(torch, options.dtype)
    tower = vision_tower(options.checkpoint, dtype)
    config = tower.config
    patches = GRID[1] * GRID[2]
    values = config.in_channels * config.temporal_patch_size * config.patch_size**2
    pixels = torch.randn(patches, values, generator=torch.Generator().manual_seed(1)).to(dtype)
    grid = torch.tensor([GRID])
    tokens = patches // config.spatial_merge_size**2
    with torch.inference_mode():
        for repetition in range(-1, options.repetitions):
            start = time.perf_counter()
            tower(pixels, grid_thw=grid)
            seconds = time.perf_counter() - start
            if repetition >= 0:
                speed = {"seconds": seconds, "tokens_per_second": tokens / seconds}
                print(json.dumps({"test": f"vision{tokens}"} | speed), flush=True)


if __name__ == "__main__":
    main()
