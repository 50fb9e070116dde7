"""What a step is judged by; each loss is a mean over tokens, in nats."""

import torch
import torch.nn.functional as F

import tokens
from recipe import Stage

IGNORED = -100


def text_loss(logits, targets):
    """The next token. logits [B, L, vocabulary], targets [B, L] with IGNORED after <eos>."""
    return F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten(), ignore_index=IGNORED)


def ctc_loss(frames, targets):
    """Graves et al. 2006: all the ways the tokens can stand in the frames, in order.

    frames [B, frames, vocabulary]; <pad> is the blank. A text too long for its frames counts 0.
    """
    # A strip without text has no label: <eos> must be seen nowhere, so it is not one.
    lengths = (targets >= 0).sum(1) - 1
    log_probabilities = frames.float().log_softmax(-1).transpose(0, 1)
    frame_counts = torch.full_like(lengths, frames.shape[1])
    total = F.ctc_loss(
        log_probabilities, targets.clamp(min=0), frame_counts, lengths,
        blank=tokens.PAD, reduction="sum", zero_infinity=True,
    )  # fmt: skip
    return total / lengths.sum().clamp(min=1)


def guide_loss(looks, spans):
    """Minus the log of what is looked at where the character stands.

    looks [B, L, C]; spans [B, L, 2]: first and last column of the token's character, or -1, -1.
    """
    column = torch.arange(looks.shape[2], device=looks.device)
    right = (column >= spans[:, :, :1]) & (column <= spans[:, :, 1:])
    known = spans[:, :, 1] >= 0
    mass = (looks * right).sum(-1)
    return -((mass + 1e-5).log() * known).sum() / known.sum().clamp(min=1)


def losses(reader, batch, stage: Stage) -> dict:
    """The losses the stage gives weight to."""
    image = reader.visual(batch.strips)
    found = {}
    if stage.ctc_weight:
        found["ctc"] = ctc_loss(reader.frames(image), batch.targets)
    if stage.text_weight:
        logits, looks = reader.text(image, batch.inputs)
        found["text"] = text_loss(logits, batch.targets)
        if stage.guide_weight and reader.shape.rows == 1:
            guided = [guide_loss(looks[layer], batch.spans) for layer in stage.guide_layers]
            found["guide"] = sum(guided) / len(guided)
    return found


def weighted(found: dict, stage: Stage):
    weights = {"ctc": stage.ctc_weight, "text": stage.text_weight, "guide": stage.guide_weight}
    return sum(weights[name] * loss for name, loss in found.items())
