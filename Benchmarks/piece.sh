#!/bin/bash
# piece.sh LLAMA CHECKPOINTS GROUP MODEL DTYPE THREADS TURN: one piece of run.sh's list, printed as JSON
# lines: the ceilings, then both sides, one after the other, within a minute or so. TURN 0: the peer goes
# first, 1: we do. Every line says what share of the machine "others" took meanwhile.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
llama=$1 checkpoints=$2 group=$3 model=$4 dtype=$5 threads=$6 turn=$7
speed=$here/.build/release/medbench-speed
cache=${WEIGHT_CACHE:-$here/results/weights}
log=${PEER_LOG:-/dev/null}

# Jiffies since the start of the system: busy, all.
jiffies() { awk '/^cpu / { print $2 + $3 + $4 + $7 + $8 + $9, $2 + $3 + $4 + $5 + $6 + $7 + $8 + $9 }' /proc/stat; }

# Runs a command; after its lines comes how much of the processors' time was neither its own nor idle.
watched() { # prefix-of-each-line command...
  local prefix=$1 busy all busy_after all_after own lines
  shift
  read -r busy all < <(jiffies)
  lines=$(mktemp)
  TIMEFORMAT='%U %S'
  { time "$@" >"$lines.out" 2>>"$log" || touch "$lines.failed"; } 2>"$lines"
  read -r busy_after all_after < <(jiffies)
  own=$(tail -n 1 "$lines")
  awk -v busy=$((busy_after - busy)) -v all=$((all_after - all)) -v own="$own" -v prefix="$prefix" \
    -v hz="$(getconf CLK_TCK)" '
    BEGIN { split(own, part, " "); others = all ? (busy - hz * (part[1] + part[2])) / all : 0
            if (others < 0) others = 0 }
    /^{/ { sub(/^{/, "{" prefix sprintf("\"others\":%.3f,", others)); print }' "$lines.out"
  local failed=no
  [ ! -e "$lines.failed" ] || failed=yes
  rm -f "$lines" "$lines.out" "$lines.failed"
  [ $failed = no ] || { echo "piece.sh: failed: $*" >&2; exit 1; }
}

peer() {
  watched "" "$llama/build/bin/llama-bench" -m "$checkpoints/$model-$dtype.gguf" -t "$threads" -o jsonl "$@" |
    awk -v side=llama.cpp -v model="$model" -v dtype="$dtype" -f "$here/samples.awk"
}

engine() { # dtype arguments...
  local dtype=$1
  shift
  watched '"side":"medbench",' "$speed" --checkpoint "$checkpoints/$model" --model "$model" \
    --dtype "$dtype" --threads "$threads" --weight-cache "$cache" "$@"
}

load() { # name of the test, directory of packed weights
  watched '"side":"medbench",' "$speed" load --checkpoint "$checkpoints/$model" --model "$model" \
    --dtype "$dtype" --threads "$threads" --weight-cache "$2" | sed "s/\"test\":\"load\"/\"test\":\"$1\"/"
}

transformers() {
  watched "\"side\":\"transformers\",\"model\":\"$model\",\"dtype\":\"bf16\"," \
    "${PYTHON:-python3}" "$here/peers/vision_transformers.py" "$checkpoints/$model" \
    --threads "$threads" --repetitions 1
}

turns() { # peer-command -- engine-command
  local first=() second=()
  while [ "$1" != -- ]; do first+=("$1"); shift; done
  shift
  second=("$@")
  if [ "$turn" -eq 0 ]; then "${first[@]}"; "${second[@]}"; else "${second[@]}"; "${first[@]}"; fi
}

watched "" "$speed" ceilings --threads "$threads"
case $group in
  prefill) turns peer -p 512,128 -n 0 -r 2 -- engine "$dtype" --tests pp512,pp128 --repetitions 2 ;;
  decode)
    turns peer -p 0 -n 16 -d 0,512,2048 -r 2 -- \
      engine "$dtype" --tests tg@d0,tg@d512,tg@d2048 --tokens 16 --repetitions 2 ;;
  deep)
    turns peer -p 0 -n 16 -d 8192 -r 2 -- engine "$dtype" --tests tg@d8192 --tokens 16 --repetitions 2 ;;
  vision) if [ "$dtype" = bf16 ]; then
    turns transformers -- engine bf16 --tests vision1026
  else
    engine "$dtype" --tests vision1026 --repetitions 2
  fi ;;
  memory) engine "$dtype" --tests memory@d8192 ;;
  load)
    # A directory of its own, so that the first start finds nothing.
    fresh=$(mktemp -d "$checkpoints/weights.XXXXXX")
    trap 'rm -rf "$fresh"' EXIT
    load first-start "$fresh"
    load second-start "$fresh" ;;
  *) echo "piece.sh: no group $group" >&2; exit 64 ;;
esac
