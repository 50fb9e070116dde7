#!/usr/bin/env python3
"""Runs every shell block of docs/ci.md as its CI server would, with a built medbench.

    python3 tools/reference/ci/run_recipes.py .build/release/medbench

Needs PyYAML. The blocks run in a folder of their own, twice: without a baseline, then with the one
that the first left. Only the engine, the dataset and the profile are replaced: a program that knows
320 small pages stands in for models/candidate. GitHub's `run` is `bash -e`, with
${{ steps.X.outputs.Y }} filled in; GitLab's `script` is one `bash -eo pipefail`.
"""

import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
READINGS = ["아목시실린 %dmg" % n for n in range(1, 321)]
PROFILE = """
types:
  prescription:
    critical_fields:
      - {key: drug_name, korean_name: 약물명, kind: drug-name}
    worst_document_cer: 0.001
    maximum_cer: 0.9
    maximum_latency_ms: 80000000
"""


def white_page(width, height, dpi):
    """A grey PNG."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    metre = round(dpi / 0.0254)
    rows = (b"\0" + b"\xff" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1))
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def prepare(folder, program, readings):
    """A dataset of as many small prescriptions as there are readings, and ./medbench over it."""
    data = folder / "data"
    data.mkdir()
    (data / "page.png").write_bytes(white_page(60, 84, 300))
    lines = [
        '{"id":"rx-%d","type":"prescription","pages":[{"image":"page.png","transcript":"%s"}],'
        '"fields":[{"name":"drug_name","kind":"drug-name","value":"%s","row":1,"page":0,'
        '"start":0,"end":%d}]}' % (n, text, text.split()[0], len(text.split()[0]))
        for n, text in enumerate(readings, 1)
    ]
    (data / "truth.jsonl").write_text("\n".join(lines) + "\n")
    cases = "".join("  rx-%d/1) echo '%s' ;;\n" % (n, t) for n, t in enumerate(readings, 1))
    (folder / "reader.sh").write_text('#!/bin/sh\ncase "$MEDBENCH_PAGE_ID" in\n%sesac\n' % cases)
    (folder / "reader.sh").chmod(0o755)
    (folder / "profile.yaml").write_text(PROFILE)
    # Whatever the recipe asks for, the small pages and the small reader are taken.
    (folder / "medbench").write_text(
        "#!/usr/bin/env bash\n"
        'words=" $* "\n'
        'words=${words/ --doc-type all / --doc-type prescription }\n'
        'words=${words/ --dpi 150,300 / --dpi 72 }\n'
        'words=${words/ --engine local --model models\\/candidate / }\n'
        'case $words in " run "*) words="$words --engine command --command ./reader.sh --dataset data'
        ' --profiles profile.yaml --warmup 0 --timeout 5";; esac\n'
        "echo \"+ medbench$words\" >&2\n"
        'exec "%s" $words\n' % program
    )
    (folder / "medbench").chmod(0o755)


def run(shell, script, folder, **variables):
    print("\n$ " + script.strip().replace("\n", "\n  "))
    end = subprocess.run(shell + ["-c", script], cwd=folder, env={**os.environ, **variables})
    print("exit", end.returncode)
    return end.returncode


def github(recipe, folder):
    """The steps in order, until one fails; the output of each by its id."""
    outputs = {}
    for step in next(iter(recipe["jobs"].values()))["steps"]:
        if "run" not in step:
            print("\n- " + step["uses"])
            continue
        script = re.sub(
            r"\$\{\{ *steps\.(\w+)\.outputs\.(\w+) *\}\}",
            lambda m: outputs[m[1]][m[2]], step["run"])
        if "${{" in script:
            sys.exit("an expression that this check does not know: " + script)
        output = folder / "github-output"
        output.write_text("")
        if code := run(["bash", "-e"], script, folder, GITHUB_OUTPUT=str(output)):
            return code
        if "id" in step:
            outputs[step["id"]] = dict(
                line.split("=", 1) for line in output.read_text().splitlines())
    return 0


def gitlab(recipe, folder):
    job = next(v for v in recipe.values() if isinstance(v, dict) and "script" in v)
    return run(["bash", "-eo", "pipefail"], "\n".join(job["script"]), folder)


def main():
    program = Path(sys.argv[1]).resolve()
    text = (ROOT / "docs" / "ci.md").read_text()
    recipes = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.S)]
    shells = re.findall(r"```sh\n(.*?)```", text, re.S)
    codes = []
    for name, recipe in (("GitHub", recipes[0]), ("GitLab", recipes[1])):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            prepare(folder, program, READINGS)
            for turn in ("first", "second"):
                print(f"\n==== {name}, {turn} release")
                codes.append((f"{name} {turn}", (github if name == "GitHub" else gitlab)(recipe, folder)))
                print("baseline kept:", sorted(p.name for p in (folder / "baseline").glob("*")))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        prepare(folder, program, READINGS)
        (script,) = shells
        # The first release finds no baseline, as the page says, and names one.
        codes.append(("history first", run(["bash"], script, folder)))
        name = "./medbench history --history history.sqlite --baseline released=RUN"
        assert name in text
        first = next((folder / "results").iterdir()).name
        codes.append(("history named", run(["bash"], name.replace("RUN", first), folder)))
        codes.append(("history second", run(["bash"], script, folder)))
    print()
    for name, code in codes:
        print(name, code)


if __name__ == "__main__":
    main()
