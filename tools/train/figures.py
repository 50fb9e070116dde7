"""Writes the figures of docs/reference-model.md from what judge.py judged.

    python3 tools/train/figures.py

Everything between `<!-- figures -->` and `<!-- /figures -->` is replaced. Standard library only.
"""

import collections
import difflib
import json
import pathlib

from judge import BUILD, CELLS, LOSSES, ROOT, fingerprint

DOCUMENT = ROOT / "docs/reference-model.md"
PRINT = ["prescription", "lab-result", "diagnosis", "discharge-summary"]
TYPES = PRINT + ["medical-record"]
# The limits that were set before the model was trained, as shares; None is reported only.
TARGETS = {
    "prescription": {300: 0.0015, 150: 0.004},
    "lab-result": {300: 0.0015, 150: 0.004},
    "diagnosis": {300: 0.0015, 150: 0.004},
    "discharge-summary": {300: 0.002, 150: 0.005},
    "medical-record": {300: 0.01, 150: 0.02},
}
UNSEEN_TARGETS = {300: 0.005, 150: 0.01}


def groups(cell: str) -> dict[tuple[str, int], dict]:
    """The groups of a judged cell by document type and DPI; empty where it was not run."""
    found = sorted((BUILD / fingerprint() / cell).glob("*/results.json"))
    if not found:
        return {}
    results = json.loads(found[-1].read_text())
    return {(group["type"], group["dpi"]): group for group in results["groups"]}


def table(head: list[str], rows: list[list[str]]) -> str:
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule] + rows) + "\n"


def percent(share: float | None, digits: int = 2) -> str:
    return "not run" if share is None else f"{share * 100:.{digits}f} %"


def cer(group: dict | None) -> float | None:
    return group["aggregates"]["cer"]["micro"] if group else None


def against(share: float | None, target: float | None) -> str:
    if share is None or target is None:
        return percent(share)
    return percent(share) + (" ✓" if share <= target else f" ✗ (≤ {percent(target)})")


def command(cell: str) -> str:
    _, source, arguments = CELLS[cell]
    where = f" --dataset build/judged/datasets/{source}" if source else ""
    return f"`./medbench run {' '.join(arguments)}{where}`\n\n"


def rates(cell: str, targets: bool, types: list[str] = TYPES) -> str:
    found = groups(cell)
    resolutions = sorted({dpi for _, dpi in found}, reverse=True)
    rows = []
    for kind in types:
        row = [kind]
        for dpi in resolutions:
            limit = TARGETS[kind].get(dpi) if targets else None
            row.append(against(cer(found.get((kind, dpi))), limit))
        rows.append(row)
    return command(cell) + table(["CER, micro"] + [f"{dpi} DPI" for dpi in resolutions], rows)


def unseen() -> str:
    found = groups("unseen-fonts")
    resolutions = sorted({dpi for _, dpi in found}, reverse=True)
    rows = [[kind] + [against(cer(found.get((kind, dpi))), UNSEEN_TARGETS.get(dpi))
                      for dpi in resolutions] for kind in PRINT]
    return command("unseen-fonts") + table(
        ["CER, micro"] + [f"{dpi} DPI" for dpi in resolutions], rows)


def field_accuracy(group: dict | None) -> float | None:
    if not group:
        return None
    fields = group["aggregates"]["fields"]
    whole = sum(f["correct"] + f["incorrect"] + f["partial"] + f["missing"] for f in fields)
    return sum(f["correct"] for f in fields) / whole if whole else None


def verdict(group: dict | None) -> str:
    return "not run" if not group else "PASS" if group["verdict"]["passed"] else "FAIL"


def fields() -> str:
    found = groups("scan")
    rows = []
    for kind in TYPES:
        group = found.get((kind, 300))
        target = 0.995 if kind in PRINT else None
        share = field_accuracy(group)
        mark = "" if share is None or target is None else " ✓" if share >= target else " ✗ (≥ 99.5 %)"
        verdicts = [verdict(found.get((kind, dpi))) for dpi in (300, 150, 72)]
        rows.append([kind, percent(share) + mark] + verdicts)
    return command("scan") + table(
        ["", "critical fields right, 300 DPI", "verdict 300", "150", "72"], rows)


def quantised() -> str:
    cells = [("bf16", "bf16"), ("q8_0", "q8_0"), ("q4_0", "q4_0")]
    rows = []
    for kind in TYPES:
        found = [groups(cell).get((kind, 300)) for _, cell in cells]
        rows.append([kind] + [percent(cer(g)) for g in found]
                    + [percent(field_accuracy(g)) for g in found])
    head = ["300 DPI, scan"] + [f"CER {n}" for n, _ in cells] + [f"fields {n}" for n, _ in cells]
    return command("q4_0") + table(head, rows)


def counterfactual() -> str:
    """Of the digits of fields that no habit would guess, how many were read as they stand."""
    rows = []
    for kind, names in [("prescription", ["dose", "frequency"]), ("lab-result", ["value"])]:
        right = whole = 0
        group = groups("counterfactual").get((kind, 300))
        for document in group["documents"] if group else []:
            for field in (f for page in document["pages"] for f in page["score"]["fields"]):
                if field["name"] in names and field.get("expected"):
                    expected, read = digits(field["expected"]), digits(field.get("predicted"))
                    blocks = difflib.SequenceMatcher(None, expected, read, False)
                    right += sum(block.size for block in blocks.get_matching_blocks())
                    whole += len(expected)
        share = right / whole if whole else None
        mark = "" if share is None else " ✓" if share >= 0.995 else " ✗ (≥ 99.5 %)"
        rows.append([kind, str(whole), percent(share) + mark])
    return command("counterfactual") + table(["", "digits", "followed"], rows)


def digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isdigit())


def peers() -> str:
    ours, theirs = groups("peer-nano"), groups("peer-tesseract")
    rows = []
    for kind in TYPES:
        for dpi in (300, 150):
            a, b = ours.get((kind, dpi)), theirs.get((kind, dpi))
            if not a or not b:
                rows.append([f"{kind}, {dpi} DPI"] + ["not run"] * 6)
                continue
            mine, peer = cer(a), cer(b)
            fast, slow = (g["aggregates"]["page_latency_ms"]["mean"] for g in (a, b))
            ratio = f"{peer / mine:.0f}×" if mine else "no error"
            rows.append([f"{kind}, {dpi} DPI", percent(mine), percent(peer), ratio,
                         f"{fast:.0f} ms", f"{slow:.0f} ms", f"{slow / fast:.1f}×"])
    head = ["", "CER", "Tesseract", "ratio", "a page", "Tesseract", "ratio"]
    return command("peer-nano") + command("peer-tesseract") + table(head, rows)


def losses() -> str:
    text = ""
    for name, (source, arguments) in LOSSES.items():
        path = BUILD / f"{name}.json"
        text += (f"`./medbench dataset lines build/judged/datasets/{source} {' '.join(arguments)} "
                 "--summary-only`\n\n")
        text += loss_table(json.loads(path.read_text())) if path.exists() else "not run\n"
        text += "\n"
    return text


def loss_table(summary: dict) -> str:
    rows = []
    for group in summary["groups"]:
        rows.append([f"{group['type']}, {group['dpi']} DPI {group['degradation']}"] + [
            str(group[key]) for key in ("characters", "missed", "cut", "merged", "out_of_order")
        ] + [percent(group["perfect_reader_cer"], 3)])
    return table(["", "characters", "missed", "cut", "merged", "out of order", "CER"], rows)


def confusions(cell: str = "scan", dpi: int = 300, most: int = 24) -> str:
    """What was read for what, from the lines of truth and reading that differ."""
    pairs: collections.Counter = collections.Counter()
    for kind in TYPES:
        group = groups(cell).get((kind, dpi))
        for document in group["documents"] if group else []:
            for page in document["pages"]:
                pairs.update(page_confusions(page["reference"], page["transcript"]["text"]))
    rows = [[f"`{truth or '∅'}`", f"`{reading or '∅'}`", str(count)]
            for (truth, reading), count in pairs.most_common(most)]
    return table(["on the page", "read", "times"], rows)


def page_confusions(truth: str, reading: str):
    # Lines first: a matcher over a whole page at once takes minutes.
    a, b = truth.split("\n"), reading.split("\n")
    for tag, i, k, j, l in difflib.SequenceMatcher(None, a, b, False).get_opcodes():
        if tag == "equal":
            continue
        old, new = "\n".join(a[i:k]), "\n".join(b[j:l])
        for tag, i2, k2, j2, l2 in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
            if tag != "equal" and k2 - i2 <= 2 and l2 - j2 <= 2:
                yield old[i2:k2].replace("\n", "⏎"), new[j2:l2].replace("\n", "⏎")


def figures() -> str:
    sections = [
        ("The shipped test documents, as a decent scanner gives them", rates("scan", True)),
        ("Documents of a seed that was not looked at", rates("fresh", True)),
        ("Critical fields, and the verdicts", fields()),
        ("Font families never trained on", unseen()),
        ("Clean masters", rates("clean", False)),
        ("Fax", rates("fax", False)),
        ("A telephone's photo", rates("photo", False)),
        ("Figures nobody would guess", counterfactual()),
        ("Quantised", quantised()),
        ("Beside Tesseract on the same pages", peers()),
        ("What the line finder loses, were the reader perfect", losses()),
        ("What is read for what: shipped documents, scan, 300 DPI", confusions()),
    ]
    return "\n".join(f"### {title}\n\n{body}" for title, body in sections)


def main() -> None:
    text = DOCUMENT.read_text()
    before, rest = text.split("<!-- figures -->", 1)
    after = rest.split("<!-- /figures -->", 1)[1]
    model = f"Model `{fingerprint()}` (the first digits of its weights' SHA-256).\n\n"
    DOCUMENT.write_text(
        before + "<!-- figures -->\n" + model + figures() + "<!-- /figures -->" + after)


if __name__ == "__main__":
    main()
