#!/usr/bin/env python3
"""An example for medbench's engine `command`: Tesseract, line by line, as JSON lines.

    medbench run --doc-type prescription --dpi 300 --engine command \\
        --command "python3 tools/engines/example_engine.py"

The last argument is the path of the page, a PNG. Put your own model in place of `read_lines`.
docs/engines.md describes what may be printed.
"""

import json
import os
import subprocess
import sys


def read_lines(page, dpi):
    """Yields the lines of text on a page, as soon as each is known."""
    tesseract = subprocess.run(
        ["tesseract", page, "stdout", "-l", "kor+eng", "--psm", "4", "--dpi", dpi],
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    for line in tesseract.stdout.splitlines():
        words = line.split()
        if words:
            yield " ".join(words)


def main():
    page = sys.argv[-1]
    dpi = os.environ.get("MEDBENCH_DPI", "300")
    for line in read_lines(page, dpi):
        # Pieces are joined as they are, so a line brings its own end. Flush, or the time of
        # the first piece is the time of the last.
        print(json.dumps({"text": line + "\n"}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
