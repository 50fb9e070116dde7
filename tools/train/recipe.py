"""recipe.toml as plain values."""

import dataclasses
import hashlib
import pathlib
import tomllib
from dataclasses import dataclass


@dataclass(frozen=True)
class ModelShape:
    patch: int
    merge: int
    vision_width: int
    vision_layers: int
    vision_heads: int
    vision_mlp: int
    width: int
    layers: int
    heads: int
    kv_heads: int
    mlp: int
    mrope_section: tuple
    rope_theta: float
    ctc_frames: int
    vocabulary: int = 0
    strip_height: int = 32
    norm_epsilon: float = 1e-6

    @property
    def token_pixels(self) -> int:
        """Width and height of the square an image token stands for."""
        return self.patch * self.merge

    @property
    def rows(self) -> int:
        """Rows of image tokens in a strip."""
        return self.strip_height // self.token_pixels

    @property
    def head_width(self) -> int:
        return self.width // self.heads


@dataclass(frozen=True)
class Stage:
    """What is learnt for a part of the time; a weight of 0 leaves that part of the model alone."""

    max_width: int
    text_weight: float
    ctc_weight: float
    guide_weight: float
    share: float = 1.0
    at_most_minutes: float = float("inf")
    guide_layers: tuple = ()


@dataclass(frozen=True)
class Recipe:
    seed: int
    model: ModelShape
    tower: Stage
    reader: Stage
    batches: dict
    optimizer: dict
    augment: dict
    sha256: str


def read_recipe(path) -> Recipe:
    data = pathlib.Path(path).read_bytes()
    tables = tomllib.loads(data.decode())

    def value(kind, table):
        return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in table.items()})

    return Recipe(
        seed=tables["seed"],
        model=value(ModelShape, tables["model"]),
        tower=value(Stage, tables["tower"]),
        reader=value(Stage, tables["reader"]),
        batches=tables["batches"],
        optimizer=tables["optimizer"],
        augment=tables["augment"],
        sha256=hashlib.sha256(data).hexdigest(),
    )


def fitted(shape: ModelShape, vocabulary: int, strip_height: int) -> ModelShape:
    """The shape for a vocabulary (rounded up to 16) and the height of the strips at hand."""
    return dataclasses.replace(
        shape, vocabulary=-(-vocabulary // 16) * 16, strip_height=strip_height
    )
