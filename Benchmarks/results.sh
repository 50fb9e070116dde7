#!/bin/sh
# What docs/results/benchmarks/ holds: each benchmark on the bundled model (nano) and on the published
# Qwen2.5-1.5B shape in bf16 with random weights (qwen). On two quiet cores half an hour.
#
#   Benchmarks/results.sh [nano|qwen]...
#
# A part that has its results already is passed over.
set -eu
cd "$(dirname "$0")/.."
bench="./medbench bench"
out=docs/results/benchmarks
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

part() {
  # NAME COMMAND...: into $out/NAME, which is there only when the command has ended well.
  name=$1
  shift
  [ -d "$out/$name" ] && return
  echo "== $name: $*" >&2
  rm -rf "$work/part"
  mkdir -p "$work/part"
  "$@"
  mkdir -p "$out/$(dirname "$name")"
  # Traces are for a browser, and large.
  rm -f "$work/part/profiler_trace.json"
  mv "$work/part" "$out/$name"
}

kv() {
  $bench kv "$@" --results "$work/kv"
  mv "$work"/kv/*/* "$work/part/"
  rm -rf "$work/kv"
}

load() {
  $bench load "$@" --output-dir "$work/part" >/dev/null
  for file in "$work"/part/benchmark_*; do mv "$file" "$work/part/load.${file##*.}"; done
}

nano() {
  part nano/decode $bench decode --max-cache-len 1024 --repeats 201 --output-dir "$work/part"
  part nano/speed $bench speed --profile --output-dir "$work/part"
  part nano/prefill $bench prefill --merge-small-tail both --output-dir "$work/part"
  part nano/kv kv --method all --start-size 4 --recent-sizes 60,124,252 --ocr --dpi 150 --limit 2
  part nano/load-batch load --mode batch --input-lengths 64 --output-length 64
  part nano/load-stress load --mode stress --p99 500 --input-lengths 64 --output-length 32 --batch-sizes 8
  part nano/load-soak load --mode soak --duration 2m --input-lengths 64 --output-length 64 --batch-sizes 4
  part nano/load-long load --mode long-context --input-lengths 512,1024,4096,131072
  part nano/load-pages load --doc-type prescription,lab-result --dpi 300
  part nano/load-pages-together load --mode batch --batch-sizes 1,2,4,8 --doc-type lab-result --dpi 300 --iterations 5
  part nano/load-pages-tesseract load --engine tesseract --doc-type prescription,lab-result --dpi 300 --iterations 3
}

qwen() {
  model="--model preset:qwen2.5-1.5b"
  part qwen2.5-1.5b/decode $bench decode $model --repeats 25 --output-dir "$work/part"
  part qwen2.5-1.5b/speed $bench speed --model-path preset:qwen2.5-1.5b --dtype bfloat16 --profile --output-dir "$work/part"
  part qwen2.5-1.5b/prefill $bench prefill $model --merge-small-tail both --output-dir "$work/part"
  part qwen2.5-1.5b/prefill-sweep $bench prefill $model --sweep n-ubatch=8,16,64 threads=1,2 --repeats 1 --output-dir "$work/part"
  part qwen2.5-1.5b/kv kv $model --method all --recent-sizes 60,124 --num-samples 1 --max-tokens 256 --max-new-tokens 64
  part qwen2.5-1.5b/load-batch load $model --mode batch --input-lengths 64 --output-length 32 --iterations 2 --warmup 1 --batch-sizes 1,4,16
  part qwen2.5-1.5b/load-sharing load $model --mode prefix-sharing --input-lengths 512 --output-length 8 --iterations 3 --warmup 1
  part qwen2.5-1.5b/load-long load $model --mode long-context --input-lengths 4096 --output-length 4 --warmup 0
  mkdir -p "$work/measured"
  for name in decode speed prefill load-batch; do
    for file in "$out/qwen2.5-1.5b/$name"/*.json; do cp "$file" "$work/measured/$name.json"; done
  done
  part qwen2.5-1.5b/roofline ./medbench roofline --hardware this $model --results "$work/measured" --output-dir "$work/part"
}

[ $# -eq 0 ] && set -- nano qwen
for model in "$@"; do "$model"; done
