"""Three small pages, drawn from seeded numbers, and what transformers' image processor makes of them.

square: 5 x 5 image tokens, so that windows of 2 x 2 have a ragged right and bottom edge;
tall: 3 x 7, ragged both ways; tiny: 2 x 2, one window, enlarged.
"""

import numpy as np
import torch
from PIL import Image
from transformers import Qwen2VLImageProcessor
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from checkpoints import write_golden
from tiny_configurations import PREPROCESSOR

SIZES = {"square": (150, 145), "tall": (90, 190), "tiny": (53, 49)}  # width, height
STRIDE = 13


def draw(name):
    width, height = SIZES[name]
    random = np.random.default_rng([11, width])
    y, x = np.mgrid[0:height, 0:width]
    page = np.stack([235 - 0.1 * x, 225 - 0.05 * y, 245 - 0.08 * (x + y)], -1)
    for _ in range(width * height // 300):  # strokes of ink, and a few coloured ones
        left, top = random.integers(0, width - 4), random.integers(0, height - 3)
        wide, high = random.integers(1, 14), random.integers(1, 6)
        ink = random.integers(0, 90, 3) + (random.random(3) < 0.15) * 120
        page[top:top + high, left:left + wide] = ink
    return Image.fromarray(page.round().clip(0, 255).astype(np.uint8))


def pil_processor():
    """The slow processor: Pillow's bicubic on uint8, then rescaling and normalising in float."""
    kept = {k: v for k, v in PREPROCESSOR.items() if not k.endswith(("type", "class"))}
    return Qwen2VLImageProcessorPil(**kept)


def write_pages(directory, golden_path):
    directory.mkdir(parents=True, exist_ok=True)
    slow, tensors, notes = pil_processor(), {}, {}
    fast = Qwen2VLImageProcessor(**{k: v for k, v in PREPROCESSOR.items() if not k.endswith(("type", "class"))})
    for name in SIZES:
        draw(name).save(directory / f"{name}.png", optimize=True)
        page = Image.open(directory / f"{name}.png")
        made = slow(images=[page], return_tensors="pt")
        pixels, grid = made["pixel_values"], made["image_grid_thw"]
        h, w = (int(n) * 14 for n in grid[0, 1:])
        resized = page.resize((w, h), Image.Resampling.BICUBIC)
        resized.save(directory / f"{name}.resized.png", optimize=True)
        resized = torch.from_numpy(np.array(resized))
        assert torch.equal(pixels, patches(resized)), "the processor's order, spelled out, differs"
        tensors |= {
            f"{name}.image_grid_thw": grid[0],
            f"{name}.pixel_values.every{STRIDE}": pixels.flatten()[::STRIDE],
            f"{name}.pixel_values.row_sums": pixels.double().sum(1).float(),
            f"{name}.pixel_values.row_square_sums": pixels.double().square().sum(1).float()}
        other = fast(images=[page], return_tensors="pt")["pixel_values"]
        notes[f"{name}.torchvision_mean_square_difference"] = float((other - pixels).square().mean())
    print(notes)
    write_golden(golden_path, tensors, "make_vision_golden.py",
                 processor="Qwen2VLImageProcessorPil", **notes)


def patches(resized):
    """pixel_values [patches, 1176] of a resized page [h, w, 3]: (x * 1/255 - mean) / std, then the
    patches of each 2 x 2 block together, each patch [channel, frame, row, column], both frames equal."""
    from transformers.image_transforms import normalize, rescale
    image = rescale(resized.permute(2, 0, 1).numpy(), 1 / 255, dtype=np.float32)
    image = normalize(image, PREPROCESSOR["image_mean"], PREPROCESSOR["image_std"])
    c, h, w = image.shape
    image = torch.from_numpy(np.ascontiguousarray(image))
    x = image.view(c, h // 28, 2, 14, w // 28, 2, 14).permute(1, 4, 2, 5, 0, 3, 6)
    x = x.reshape(-1, c, 1, 14, 14).expand(-1, c, 2, 14, 14)
    return x.reshape(-1, c * 2 * 14 * 14)


def pixel_values(directory, names):
    """pixel_values [patches, 1176] and image_grid_thw [images, 3] of the named pages."""
    pages = [Image.open(directory / f"{name}.png") for name in names]
    made = pil_processor()(images=pages, return_tensors="pt")
    return made["pixel_values"], made["image_grid_thw"]
