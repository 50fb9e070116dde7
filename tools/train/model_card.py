"""README.md of the exported directory."""

import json
import pathlib

import tokens


def log_records(run) -> list:
    """The run's log without what a kill undid: where a start goes back, what came after is gone."""
    path = pathlib.Path(run) / "log.jsonl"
    kept = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        record = json.loads(line)
        if "started" in record:
            kept = [old for old in kept if old["step"] <= record["step"]]
        kept.append(record)
    return kept


def groups_table(groups: dict) -> list:
    """Markdown rows of an evaluation's groups, largest first."""
    rows = ["| lines | how many | CER | exact |", "|---|---|---|---|"]
    for kind, count in sorted(groups.items(), key=lambda item: -item[1]["lines"]):
        exact = count["exact"] / count["lines"]
        rows.append(f"| {kind} | {count['lines']:,} | {count['cer']:.2%} | {exact:.1%} |")
    return rows


def files_learnt_from(run) -> list:
    """The header of every lines file the run saw, by name."""
    headers = {}
    for record in log_records(run):
        headers.update(record.get("headers", {}))
    return sorted(headers.items())


def model_card(run, state, recipe, parameters) -> str:
    shape, seen = state["shape"], state["seen"]
    log = log_records(run)
    evaluations = [r["evaluation"]["groups"] for r in log if "evaluation" in r]
    last = next((r for r in reversed(log) if "norm" in r), {})
    losses = ", ".join(f"{k} {last[k]:.3f}" for k in ("text", "ctc", "guide") if k in last)
    symbols = len(state["tokens"]) - len(tokens.SPECIALS)
    card = f"""\
# medocr-nano

Reads one line of a Korean medical page: a `Qwen2_5_VLForConditionalGeneration` of {parameters:,}
parameters in bf16, trained from nothing by `tools/train`. `medbench` finds a page's lines and cuts
the strips as `medbench.json` says; transformers loads the directory as it is (pass
`mm_token_type_ids`, 1 at the image tokens: without it positions are silently wrong).

- Strip: {shape.strip_height} px high, a multiple of {shape.token_pixels} px wide, grey in three channels, (x / 255 - 0.75) / 0.25.
- Prompt: `<|vision_start|>`, an image token for each {shape.token_pixels} x {shape.token_pixels} px, `<|vision_end|>`; then text up to `<eos>`.
- Tokens: {symbols} conjoining jamo, ASCII characters and symbols (NFD); a reading is composed to NFC.
- Vision: {shape.vision_width} wide, {shape.vision_layers} layers, {shape.vision_heads} heads, each sees the whole strip. Decoder: {shape.width} wide, {shape.layers} layers, {shape.heads} heads, {shape.kv_heads} of keys.

## What it learnt from

Fictional pages only, drawn and degraded by `medbench dataset generate --split train` and cut into
lines by `medbench dataset lines`, set in free fonts (SIL Open Font License, Artistic License). No
patient's data and no page of the test split is in it. It carries the project's licence.

`recipe.toml`: sha256 `{state["recipe_sha256"]}`.

"""
    card += "\n".join(
        ["| lines file | lines | its header |", "|---|---|---|"]
        + [
            f"| {name} | {facts['lines']:,} | `{json.dumps(facts['header'], ensure_ascii=False)}` |"
            for name, facts in files_learnt_from(run)
        ]
    )
    card += f"""

## Training

{state["minutes"]:.0f} minutes, {state["step"]:,} steps, {seen["lines"]:,} strips, {seen["characters"]:,} characters. Losses at the end,
nats a token: {losses}.
"""
    if evaluations:
        table = "\n".join(groups_table(evaluations[-1]))
        card += f"\nHeld-out lines, greedy, by PyTorch in bf16:\n\n{table}\n"
    card += "\nThe curve and whole pages through the whole pipeline: `docs/reference-model.md`.\n"
    return card
