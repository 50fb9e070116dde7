"""What a run needs to go on after any kill, in one file that is replaced whole."""

import os
import pathlib

import torch

from recipe import ModelShape

NAME = "checkpoint.pt"


def write(directory, **state):
    path = pathlib.Path(directory) / NAME
    part = path.with_suffix(".part")
    with open(part, "wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def read(directory) -> dict | None:
    """None where there is none yet."""
    path = pathlib.Path(directory) / NAME
    if not path.exists():
        return None
    with torch.serialization.safe_globals([ModelShape]):
        # Ours, written above; holds numpy arrays beside tensors.
        return torch.load(path, weights_only=False, map_location="cpu")
