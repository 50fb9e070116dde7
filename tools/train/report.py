"""Writes what a run did into docs/reference-model.md: its curve and its held-out lines.

    report.py --run results/train/run --document docs/reference-model.md

Only what stands between the two marks of a part is replaced; the rest of the page is written by hand.
"""

import argparse
import pathlib

from model_card import groups_table, log_records

ROWS = 16  # of the curve


def curve(log) -> list:
    """Markdown: losses and speed over the time used, at like distances, with the evaluations."""
    steps = [record for record in log if "norm" in record]
    rows = [
        "| minute | strips seen | stage | text | CTC | strips/s | held-out CER | exact |",
        "|---|---|---|---|---|---|---|---|",
    ]
    chosen = {round(i * (len(steps) - 1) / (ROWS - 1)) for i in range(ROWS)} if steps else set()
    shown = [steps[i] for i in sorted(chosen)] + [r for r in log if "evaluation" in r]
    for record in sorted(shown, key=lambda r: r["minutes"]):
        if "evaluation" in record:
            score = record["evaluation"]["groups"]["all"]
            exact = score["exact"] / score["lines"]
            rows.append(
                f"| {record['minutes']:.1f} | {record['seen']['lines']:,} | | | | "
                f"| {score['cer']:.2%} | {exact:.1%} |"
            )
        else:
            losses = [f"{record[name]:.3f}" if name in record else "" for name in ("text", "ctc")]
            rows.append(
                f"| {record['minutes']:.1f} | {record['lines']:,} | {record['stage']} | "
                f"{losses[0]} | {losses[1]} | {record['lines_s']:.0f} | | |"
            )
    return rows


def replaced(document: str, part: str, rows: list) -> str:
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    if begin not in document or end not in document:
        raise SystemExit(f"the document lacks the marks {begin} and {end}")
    head, rest = document.split(begin, 1)
    _, tail = rest.split(end, 1)
    return "\n".join([head + begin, "", *rows, "", end + tail])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", required=True, help="the output folder of train.py")
    parser.add_argument("--document", required=True)
    options = parser.parse_args()
    path, log = pathlib.Path(options.document), log_records(options.run)
    document = replaced(path.read_text("utf-8"), "curve", curve(log))
    evaluations = [r["evaluation"]["groups"] for r in log if "evaluation" in r]
    if evaluations:
        document = replaced(document, "held-out lines", groups_table(evaluations[-1]))
    path.write_text(document, encoding="utf-8")
