"""Judges models/medocr-nano on whole pages through the whole pipeline, cell by cell.

    python3 tools/train/judge.py                    # every cell that is not judged yet
    python3 tools/train/judge.py --only quantised   # one family of cells
    python3 tools/train/judge.py --limit 5          # a first look: five documents a type

Each cell is one `medbench run`; its results stay under build/judged/MODEL-HASH and are not run again.
`figures.py` turns them into the tables of docs/reference-model.md. Standard library only.
"""

import argparse
import hashlib
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = ROOT / "models/medocr-nano"
BUILD = ROOT / "build/judged"
PRINT = "prescription,lab-result,diagnosis,discharge-summary"

# Datasets that are written when a cell first needs them. The seeds were not looked at while anything was tuned.
DATASETS = {
    "fresh": ["--split", "test", "--seed", "20261121", "--count", "20", "--extents"],
    "unseen-fonts": ["--split", "test", "--seed", "4711", "--count", "20", "--fonts", "unseen",
                     "--doc-type", PRINT],
    "shipped": ["--split", "test", "--seed", "1", "--count", "50", "--extents"],
    "counterfactual": ["--split", "test", "--seed", "99", "--count", "20", "--doc-type",
                       "prescription,lab-result", "--counterfactual"],
}

# name: (family, dataset, arguments of `medbench run`)
CELLS = {
    "scan": ("scan", None, ["--doc-type", "all", "--dpi", "72,150,300", "--degradation", "scan"]),
    "fresh": ("fresh", "fresh",
              ["--doc-type", "all", "--dpi", "72,150,300", "--degradation", "scan"]),
    "unseen-fonts": ("unseen-fonts", "unseen-fonts",
                     ["--doc-type", PRINT, "--dpi", "72,150,300", "--degradation", "scan"]),
    "counterfactual": ("counterfactual", "counterfactual",
                       ["--doc-type", "prescription,lab-result", "--dpi", "300", "--degradation",
                        "scan"]),
    "clean": ("clean", None, ["--doc-type", "all", "--dpi", "72,150,300", "--degradation", "clean",
                              "--limit", "10"]),
    "fax": ("fax", None, ["--doc-type", "all", "--dpi", "150,300", "--degradation", "fax",
                          "--limit", "10"]),
    "photo": ("photo", None, ["--doc-type", "all", "--dpi", "150,300", "--degradation", "photo",
                              "--limit", "10"]),
    # The same documents, stored otherwise.
    "bf16": ("quantised", None, ["--doc-type", "all", "--dpi", "300", "--degradation", "scan",
                                 "--limit", "10"]),
    "q8_0": ("quantised", None, ["--doc-type", "all", "--dpi", "300", "--degradation", "scan",
                                 "--limit", "10", "--quantize", "q8_0"]),
    "q4_0": ("quantised", None, ["--doc-type", "all", "--dpi", "300", "--degradation", "scan",
                                 "--limit", "10", "--quantize", "q4_0"]),
    # The same pages for both, few enough for Tesseract's seconds.
    "peer-nano": ("peer", None, ["--doc-type", "all", "--dpi", "150,300", "--degradation", "scan",
                                 "--limit", "4"]),
    "peer-tesseract": ("peer", None, ["--doc-type", "all", "--dpi", "150,300", "--degradation", "scan",
                                      "--limit", "4", "--engine", "tesseract"]),
}

# What the line finder loses, with a perfect reader in the model's place.
LOSSES = {
    "lines-scan": ("shipped", ["--dpi", "72,150,300", "--degradation", "scan", "--limit", "20"]),
    "lines-clean": ("shipped", ["--dpi", "150,300", "--degradation", "clean", "--limit", "20"]),
    "lines-fresh": ("fresh", ["--dpi", "72,150,300", "--degradation", "scan"]),
}


def fingerprint() -> str:
    return hashlib.sha256((MODEL / "model.safetensors").read_bytes()).hexdigest()[:12]


def dataset(name: str) -> pathlib.Path:
    path = BUILD / "datasets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        medbench("dataset", "generate", *DATASETS[name], str(path))
    return path


def medbench(*arguments: str) -> int:
    """0 is PASS and 1 is FAIL: both are a judgement. Anything else stops the judging."""
    command = [str(ROOT / "medbench"), *arguments]
    print("+ medbench", *arguments, file=sys.stderr, flush=True)
    status = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL).returncode
    if status not in (0, 1):
        sys.exit(f"judge.py: exit {status} of: {' '.join(command)}")
    return status


def judge(name: str, arguments: list[str], source: str | None, limit: int | None) -> None:
    directory = BUILD / fingerprint() / name
    if list(directory.glob("*/results.json")):
        return
    where = ["--dataset", str(dataset(source))] if source else []
    bound = ["--limit", str(limit)] if limit and "--limit" not in arguments else []
    medbench("run", *arguments, *where, *bound, "--output", str(directory))


def measure_losses(name: str, source: str, arguments: list[str]) -> None:
    # Of the line finder alone: the same for every model, new with every change of the finder.
    target = BUILD / f"{name}.json"
    if target.exists():
        return
    medbench("dataset", "lines", str(dataset(source)), *arguments, "--summary-only",
             "--json", str(target))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--only", help="a family: scan, clean, fresh, quantised, peer, lines ...")
    parser.add_argument("--limit", type=int, help="documents of each type")
    chosen = parser.parse_args()
    for name, (family, source, arguments) in CELLS.items():
        if chosen.only in (None, family):
            judge(name, arguments, source, chosen.limit)
    for name, (source, arguments) in LOSSES.items():
        if chosen.only in (None, "lines"):
            measure_losses(name, source, arguments)


if __name__ == "__main__":
    main()
