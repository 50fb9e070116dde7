"""Trains the line reader for a number of minutes; goes on where it was when started again.

    train.py --recipe recipe.toml --data DIR --validation FILE --output DIR --minutes 240

DIR of the output: checkpoint.pt (every two minutes), log.jsonl (a line every 15 seconds).
"""

import argparse
import json
import os
import pathlib
import signal
import time
from concurrent.futures import ThreadPoolExecutor

# Threads that spin while they wait lose whole time slices where anything else runs: 9 s a step
# instead of 2 beside a compiler. Read when torch is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch

import checkpoints
from augment import augmented
from batches import Lines
from evaluate import Validation
from export import imported_weights
from losses import losses, weighted
from model import LineReader
from muon import Optimizer
from recipe import Recipe, fitted, read_recipe
from tokens import Vocabulary

HERE = pathlib.Path(__file__).parent


class Run:
    def __init__(self, arguments):
        self.arguments = arguments
        self.recipe: Recipe = read_recipe(arguments.recipe)
        self.device = torch.device(arguments.device)
        self.output = pathlib.Path(arguments.output)
        self.output.mkdir(parents=True, exist_ok=True)
        self.vocabulary = (
            Vocabulary.of_model(arguments.start) if arguments.start else Vocabulary.read()
        )
        self.lines = Lines(
            arguments.data, self.vocabulary, self.recipe.batches, self.recipe.seed
        )
        self.shape = fitted(self.recipe.model, len(self.vocabulary), self.lines.strip_height)
        self.minutes = self.step = self.stage_step = 0
        self.stage_name = "tower"
        self.seen = {"lines": 0, "characters": 0}

        torch.manual_seed(self.recipe.seed)
        reader = LineReader(self.shape)
        if arguments.start:
            reader.load_state_dict(imported_weights(arguments.start), strict=False)
        settings = self.recipe.optimizer
        self.reader = reader.to(self.device)
        # The masters are taken before the weights are rounded.
        self.optimizer = Optimizer.of(self.reader, settings["weight_decay"], settings["clip"])
        self.reader.to(torch.bfloat16)
        if (state := checkpoints.read(self.output)) is not None:
            self._load(state)
        if arguments.compile:
            for block in [*self.reader.visual.blocks, *self.reader.model.layers]:
                block.compile(dynamic=True)
        self.validation = arguments.validation and Validation(
            arguments.validation, self.vocabulary, arguments.validation_lines, self.recipe.seed
        )

    # The state of a run

    def save(self):
        checkpoints.write(
            self.output, masters=self.optimizer.state(), shape=self.shape, minutes=self.minutes,
            tokens=self.vocabulary.tokens, step=self.step, stage_step=self.stage_step,
            stage_name=self.stage_name, seen=self.seen, drawn=self.lines.state(),
            recipe_sha256=self.recipe.sha256,
        )  # fmt: skip

    def _load(self, state):
        if state["tokens"] != self.vocabulary.tokens or state["shape"] != self.shape:
            raise SystemExit(
                f"{self.output}: was trained with another vocabulary, shape or strip height; "
                "give another --output, or put these back"
            )
        self.optimizer.load(state["masters"])
        self.lines.load(state["drawn"])
        self.minutes, self.step, self.stage_step = (
            state["minutes"], state["step"], state["stage_step"],
        )  # fmt: skip
        self.stage_name, self.seen = state["stage_name"], state["seen"]

    def log(self, **record):
        record = {"minutes": round(self.minutes, 2), "step": self.step, **record}
        line = json.dumps(record, ensure_ascii=False)
        print(line, flush=True)
        with open(self.output / "log.jsonl", "a", encoding="utf-8") as file:
            file.write(line + "\n")

    # The plan of a run

    @property
    def stage(self):
        return self.recipe.tower if self.stage_name == "tower" else self.recipe.reader

    def choose_stage(self):
        tower = self.recipe.tower
        limit = min(tower.share * self.arguments.minutes, tower.at_most_minutes)
        alone = self.arguments.only == "tower" or self.minutes < limit
        name = "tower" if alone else "reader"
        if name != self.stage_name:
            self.stage_name, self.stage_step = name, 0
            self.log(stage=name)

    @property
    def max_width(self):
        """The recipe speaks of strips 32 pixels high."""
        return self.stage.max_width * self.shape.strip_height // 32

    @property
    def rate(self):
        """Of the learning rates: up over the first steps of a stage, level, down at the end.

        Warm-up, stable, decay (Hu et al. 2024, MiniCPM): a run that is given more minutes before its
        decay began has lost nothing.
        """
        settings = self.recipe.optimizer
        left = max(0.0, 1 - self.minutes / self.arguments.minutes) / settings["decay_share"]
        warm = min(1.0, (self.stage_step + 1) / settings["warmup_steps"])
        return warm * (settings["final"] + (1 - settings["final"]) * min(1.0, left))

    # Training

    def learn(self, batch) -> dict:
        generator = torch.Generator().manual_seed(self.recipe.seed * 1_000_003 + self.step)
        strips, scale = augmented(
            batch.strips.to(self.device), self.recipe.augment, self.max_width, generator
        )
        pixels = self.shape.token_pixels
        batch = batch.placed(strips.to(torch.bfloat16), scale, pixels, self.device)
        found = losses(self.reader, batch, self.stage)
        weighted(found, self.stage).backward()
        settings, rate = self.recipe.optimizer, self.rate
        norm = self.optimizer.step(settings["adamw"] * rate, settings["muon"] * rate)
        self.step += 1
        self.stage_step += 1
        self.seen["lines"] += len(batch.strips)
        self.seen["characters"] += batch.characters
        return {name: float(loss.detach()) for name, loss in found.items()} | {"norm": norm}

    def train(self):
        self.log(
            started=time.strftime("%Y-%m-%dT%H:%M:%S"), recipe_sha256=self.recipe.sha256,
            lines=len(self.lines), vocabulary=len(self.vocabulary), of=self.arguments.minutes,
            unusable=sum(file.unusable for file in self.lines.files.values()),
            unknown="".join(sorted(self.lines.unknown)), headers=self.lines.headers(),
        )  # fmt: skip
        clock, before = time.monotonic, self.minutes
        start = clock()
        due = {"log": start + 15, "save": start + 120, "rescan": start + 180}
        due["evaluate"] = start + 60 * self.arguments.evaluate_every
        recent, last_seen, last_time = [], dict(self.seen), start
        with ThreadPoolExecutor(1) as loading:
            coming = loading.submit(self.lines.batch, self.step, self.max_width)
            while self.minutes < self.arguments.minutes and not stopping:
                self.choose_stage()
                batch = coming.result()
                if clock() > due["rescan"]:
                    due["rescan"] = clock() + 180
                    if self.lines.rescan():
                        self.log(lines=len(self.lines), headers=self.lines.headers())
                coming = loading.submit(self.lines.batch, self.step + 1, self.max_width)
                recent.append(self.learn(batch))
                now = clock()
                self.minutes = before + (now - start) / 60
                if now > due["log"]:
                    seconds = now - last_time
                    speed = {
                        f"{name}_s": round((self.seen[name] - last_seen[name]) / seconds, 1)
                        for name in self.seen
                    }
                    self.log(
                        stage=self.stage_name, **self.seen, **mean(recent), **speed,
                        rate=round(self.rate, 4),
                    )  # fmt: skip
                    recent, last_seen, last_time = [], dict(self.seen), now
                    due["log"] = now + 15
                if now > due["save"]:
                    self.save()
                    due["save"] = clock() + 120
                if self.validation and now > due["evaluate"]:
                    self.evaluate()
                    due["evaluate"] = clock() + 60 * self.arguments.evaluate_every
        self.save()
        if self.validation:
            self.evaluate()

    def evaluate(self):
        start = time.monotonic()
        score = self.validation.score(self.reader, through_ctc=not self.stage.text_weight)
        self.log(evaluation=score, seconds=round(time.monotonic() - start, 1), seen=self.seen)


def mean(records) -> dict:
    names = {name for record in records for name in record}
    values = {name: [r[name] for r in records if name in r] for name in sorted(names)}
    return {name: round(sum(v) / len(v), 4) for name, v in values.items()}


stopping = False


def stop(*_):
    """A run that is told to end saves what it has first."""
    global stopping
    stopping = True


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--recipe", default=HERE / "recipe.toml")
    parser.add_argument("--data", nargs="+", required=True, help="lines files, or folders of them")
    parser.add_argument("--validation", help="a lines file that is not learnt from")
    parser.add_argument("--validation-lines", type=int, default=400)
    parser.add_argument("--output", required=True)
    parser.add_argument("--minutes", type=float, required=True, help="in all, over every start")
    parser.add_argument("--evaluate-every", type=float, default=8, help="minutes")
    parser.add_argument("--start", help="an exported model to start from (fine-tuning)")
    parser.add_argument("--only", choices=["tower"], help="the first stage alone, as a probe")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args()


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    options = arguments()
    torch.set_num_threads(options.threads)
    Run(options).train()
