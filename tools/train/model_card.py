"""README.md of the exported directory."""

import json
import pathlib


def log_records(run) -> list:
    path = pathlib.Path(run) / "log.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def model_card(run, state, recipe, parameters) -> str:
    return ""
