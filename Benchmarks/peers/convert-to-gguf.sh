#!/bin/sh
# convert-to-gguf.sh LLAMA CHECKPOINT OUTPUT [TYPE ...]: turns a Hugging Face checkpoint into
# OUTPUT-bf16.gguf and quantises that to each TYPE (default: q8_0 q4_0). LLAMA is the directory
# build-llama-cpp.sh filled. PYTHON names an interpreter that has torch, transformers and gguf.
# Quantised as llama-quantize does by default, as users have it: under q4_0 the tied embedding, which
# is also the output head, becomes q6_K.
set -eu
if [ $# -lt 3 ]; then
  sed -n '2,6s/^# //p' "$0" >&2
  exit 64
fi
llama=$1 checkpoint=$2 output=$3
shift 3
[ $# -gt 0 ] || set -- q8_0 q4_0

[ -e "$output-bf16.gguf" ] ||
  "${PYTHON:-python3}" "$llama/src/vendor/llama.cpp/convert_hf_to_gguf.py" "$checkpoint" \
    --outtype bf16 --outfile "$output-bf16.gguf"
for type in "$@"; do
  [ -e "$output-$type.gguf" ] ||
    "$llama/build/bin/llama-quantize" "$output-bf16.gguf" "$output-$type.gguf" "$type" 2
done
