#!/usr/bin/env python3
"""Draws Tests/OCRInferenceTests/Golden/korean_lines.png: three lines of a fictional prescription.

Needs Pillow (made with 11.x) and the font NanumGothic (Debian package fonts-nanum). The text is
plain enough that Tesseract 5.3 with Debian's data reads it without an error.
"""

import pathlib

from PIL import Image, ImageDraw, ImageFont

LINES = ["처방전", "환자 성명   가나다", "식후 30분에 복용하십시오"]
FONT = "/usr/share/fonts/truetype/nanum/NanumGothic.ttf"
DPI = 200
OUTPUT = (
    pathlib.Path(__file__).parents[3] / "Tests/OCRInferenceTests/Golden/korean_lines.png"
)

page = Image.new("L", (900, 420), 255)
draw = ImageDraw.Draw(page)
font = ImageFont.truetype(FONT, round(12 / 72 * DPI))
for row, line in enumerate(LINES):
    draw.text((80, 80 + 90 * row), line, font=font, fill=0)
page.quantize(16).save(OUTPUT, dpi=(DPI, DPI), optimize=True)
