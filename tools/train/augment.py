"""What scanners do to a strip beyond what its page already went through, a batch at a time.

Everything is drawn from one generator, so a step's strips depend on the seed and the step alone.
"""

import torch
import torch.nn.functional as F

MEAN, DEVIATION = 0.75, 0.25  # of preprocessor_config.json


def normalised(strips):
    """u8 [B, height, width] -> float32 as the model takes it."""
    return (strips.float() / 255 - MEAN) / DEVIATION


def augmented(strips, settings, max_width, generator):
    """u8 [B, height, width] -> float32 [B, height, width'], normalised; and width' scale.

    The horizontal scale is the batch's, so that no text leaves its strip; the rest is each strip's.
    """
    device = strips.device

    def uniform(low, high, count=len(strips)):
        return low + (high - low) * torch.rand(count, generator=generator).to(device)

    def some(share):
        """Which strips are changed in this way."""
        chosen = torch.rand(len(strips), generator=generator) < share * settings["share"]
        return chosen.nonzero().flatten().to(device)

    paper, scale = moved(strips.float() / 255, settings, max_width, uniform)

    chosen = some(settings["soften"])
    if len(chosen):
        factor = float(uniform(1.2, 2.2, 1))
        paper[chosen] = softened(paper[chosen], factor)
    chosen = some(settings["blur"])
    if len(chosen):
        paper[chosen] = blurred(paper[chosen], uniform(0.3, 0.9, len(chosen)))
    chosen = some(settings["contrast"])
    if len(chosen):
        ink, white = uniform(0, 0.35, len(chosen)), uniform(0.82, 1, len(chosen))
        paper[chosen] = ink[:, None, None] + paper[chosen] * (white - ink)[:, None, None]
    chosen = some(settings["noise"])
    if len(chosen):
        grain = torch.randn(paper[chosen].shape, generator=generator).to(device)
        paper[chosen] += grain * uniform(0.008, 0.055, len(chosen))[:, None, None]
    chosen = some(settings["threshold"])
    if len(chosen):
        level = uniform(0.4, 0.75, len(chosen))[:, None, None]
        paper[chosen] = (paper[chosen] > level).float()
    return (paper.clamp(0, 1) - MEAN) / DEVIATION, scale


def moved(paper, settings, max_width, uniform):
    """Rescaled, shifted, sheared, and drifting up or down along the line."""
    B, height, width = paper.shape
    scale = min(float(uniform(*settings["rescale"], 1)), max_width / width)
    new_width = min(-(-int(width * scale) // 32) * 32, max_width)
    changed = (uniform(0, 1) < settings["share"]).float()
    if not changed.any():
        return paper, 1.0
    reach = new_width / (scale * width)
    # Where each pixel of the new strip lies in the old one, in units of half its size.
    place = paper.new_zeros(B, 2, 3)
    place[:, 0, 0] = reach
    place[:, 0, 1] = changed * uniform(-1, 1) * settings["shear"] * height / width
    place[:, 0, 2] = reach - 1
    tall = 1 + changed * (uniform(*settings["rescale"]) - 1)
    place[:, 1, 0] = changed * uniform(-1, 1) * settings["drift"] * 2 / height / tall
    place[:, 1, 1] = 1 / tall
    place[:, 1, 2] = changed * uniform(-1, 1) * settings["shift"] * 2 / height / tall
    grid = F.affine_grid(place, (B, 1, height, new_width), align_corners=False)
    new = F.grid_sample(paper[:, None], grid, padding_mode="border", align_corners=False)
    return new[:, 0], scale


def softened(paper, factor):
    """Seen at a lower resolution."""
    height, width = paper.shape[1:]
    small = F.interpolate(paper[:, None], (int(height / factor), int(width / factor)), mode="area")
    return F.interpolate(small, (height, width), mode="bilinear", align_corners=False)[:, 0]


def blurred(paper, deviations):
    """A Gaussian of 5 x 5, of each strip's deviation in pixels."""
    reach = torch.arange(-2, 3, device=paper.device)
    kernel = torch.exp(-0.5 * (reach / deviations[:, None]) ** 2)
    kernel = kernel / kernel.sum(1, keepdim=True)
    B = len(paper)
    paper = F.pad(paper[None], (2, 2, 2, 2), mode="replicate")
    paper = F.conv2d(paper, kernel.view(B, 1, 1, 5), groups=B)
    return F.conv2d(paper, kernel.view(B, 1, 5, 1), groups=B)[0]
