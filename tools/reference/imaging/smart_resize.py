"""Writes Tests/OCRInferenceTests/Golden/smart_resize.json with transformers' own smart_resize.

    pip download --no-deps transformers
    python3 smart_resize.py transformers-*.whl OUTPUT.json

The function is taken out of the wheel's source and run alone, so torch is not needed.
"""

import ast
import json
import math
import pathlib
import random
import sys
import zipfile

wheel, output = map(pathlib.Path, sys.argv[1:])
source = zipfile.ZipFile(wheel).read(
    "transformers/models/qwen2_vl/image_processing_qwen2_vl.py").decode()
tree = ast.parse(source)
tree.body = [node for node in tree.body
             if isinstance(node, ast.FunctionDef) and node.name == "smart_resize"]
names = {"math": math}
exec(compile(tree, str(wheel), "exec"), names)
smart_resize = names["smart_resize"]

random = random.Random(3)
sizes = [(595, 842), (1240, 1754), (2480, 3508), (4960, 7016), (1748, 2480), (42, 42), (70, 98),
         (28, 28), (56, 56), (29, 5600), (28, 5600), (5600, 28), (15, 27), (9000, 9000)]
# Above half a factor: below it the sizes differ on purpose (SmartResize.swift).
sizes += [(random.randint(15, 6000), random.randint(15, 6000)) for _ in range(200)]
sizes += [(14 * random.randint(2, 300), 14 * random.randint(2, 300)) for _ in range(100)]

settings = [(28, 3136, 12845056), (28, 3136, 1003520), (28, 200704, 1003520), (32, 65536, 16777216)]
cases = []
for factor, low, high in settings:
    for width, height in sizes:
        if max(width, height) / min(width, height) > 200 or min(width, height) <= factor / 2:
            continue
        h, w = smart_resize(height, width, factor, low, high)
        cases.append([factor, low, high, width, height, w, h])

rows = ",\n".join(json.dumps(case) for case in cases)
output.write_text(f"""{{"script": "tools/reference/imaging/smart_resize.py", "source": "{wheel.name}",
"columns": "factor minPixels maxPixels width height resizedWidth resizedHeight",
"cases": [
{rows}
]}}
""")
