#!/bin/bash
# run.sh LLAMA CHECKPOINTS [option VALUE ...]: times our engine beside llama.cpp (and the vision tower beside
# transformers) in one run and writes the Markdown tables. What is done is kept: a run that was cut off, or
# ran out of --minutes, goes on where it stopped when it is called again.
#
#   LLAMA        the directory peers/build-llama-cpp.sh filled
#   CHECKPOINTS  the directory peers/make_checkpoints.py filled; GGUF files are made beside them
#
#   --models     "qwen2.5-0.5b qwen2.5-1.5b"   which checkpoints
#   --dtypes     "bf16 q8_0 q4_0"              weights in memory
#   --groups     "prefill decode deep vision memory load"   deep: decode at 8,192 positions
#   --rounds     1                             how often the whole list is gone through
#   --minutes    600                           begin no piece after that
#   --others     0.05                          a piece in which others took more of the machine is not kept
#   --threads    2
#   --output     results/                      pieces/, samples.jsonl and table.md go here
#   --page       ""                            a page whose lines between <!-- measured --> marks are replaced
#   --fresh      no                            yes: forget what is done
#   --wrap       ""                            a command put before each piece, such as a lock
#
# PYTHON names an interpreter with torch, transformers and gguf (for GGUF files and for vision).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 2 ] || { sed -n '2,23s/^# \{0,1\}//p' "$0" >&2; exit 64; }
llama=$1 checkpoints=$2
shift 2
models="qwen2.5-0.5b qwen2.5-1.5b" dtypes="bf16 q8_0 q4_0"
groups="prefill decode deep vision memory load" rounds=1 minutes=600 others=0.05 threads=2
output=$here/results page="" fresh=no wrap=""
while [ $# -gt 0 ]; do
  case $1 in
    --models | --dtypes | --groups | --rounds | --minutes | --others | --threads | --output | \
      --page | --fresh | --wrap) ;;
    *) echo "run.sh: no option $1 (there are the ones at the top of $0)" >&2; exit 64 ;;
  esac
  [ $# -ge 2 ] || { echo "run.sh: $1 needs a value" >&2; exit 64; }
  printf -v "${1#--}" %s "$2"
  shift 2
done
pieces=$output/pieces
[ "$fresh" = no ] || rm -rf "$pieces"
mkdir -p "$pieces"
export WEIGHT_CACHE=$output/weights PEER_LOG=$output/peer.log
vision=qwen2.5-vl-3b-vision

# GROUP MODEL DTYPE of every piece of a round.
list() {
  local group model dtype
  for group in $groups; do
    case $group in
      vision) echo "vision $vision bf16"; echo "vision $vision q8_0"; continue ;;
    esac
    for model in $models; do
      for dtype in $dtypes; do echo "$group $model $dtype"; done
    done
  done
}

piece() { # file turn group model dtype
  local file=$1 turn=$2 share
  shift 2
  # shellcheck disable=SC2086
  $wrap "$here/piece.sh" "$llama" "$checkpoints" "$@" "$threads" "$turn" >"$file.part" || {
    echo "  failed; see $PEER_LOG" >&2
    return
  }
  share=$(sed -n 's/.*"others":\([0-9.]*\).*/\1/p' "$file.part" | sort -g | tail -n 1)
  # Memory is the same whoever else computes, and the system's own writing is a part of a first start.
  local limit=$others
  case $1 in memory) limit=1 ;; load) limit=$(awk "BEGIN { print $others + 0.05 }") ;; esac
  if awk "BEGIN { exit !(${share:-1} > $limit) }"; then
    echo "  others took ${share:-?} of the machine: to be repeated" >&2
    mv "$file.part" "$file.disturbed"
  else
    mv "$file.part" "$file"
  fi
}

swift build --package-path "$here" -c release --product medbench-speed >&2
for model in $models; do
  # shellcheck disable=SC2046,SC2086
  "$here/peers/convert-to-gguf.sh" "$llama" "$checkpoints/$model" "$checkpoints/$model" \
    $(echo $dtypes | tr ' ' '\n' | grep -v '^bf16$') >>"$PEER_LOG" 2>&1
done
# Weights are packed before anything is timed.
if [ ! -e "$output/packed" ]; then
  for model in $models $([[ $groups != *vision* ]] || echo $vision); do
    for dtype in $dtypes; do
      [[ $dtype == q* ]] || continue
      [ "$model $dtype" != "$vision q4_0" ] || continue
      "$here/.build/release/medbench-speed" load --checkpoint "$checkpoints/$model" --model "$model" \
        --dtype "$dtype" --threads "$threads" --weight-cache "$WEIGHT_CACHE" >>"$PEER_LOG"
    done
  done
  touch "$output/packed"
fi

left=0 turn=0 end=$((SECONDS + 60 * minutes))
for ((round = 1; round <= rounds; round++)); do
  while read -r group model dtype; do
    # Who goes first changes, so that a drift of the machine favours neither.
    turn=$((1 - turn))
    file=$pieces/$round-$group-$model-$dtype.jsonl
    [ ! -s "$file" ] || continue
    if [ $SECONDS -lt $end ]; then
      echo "round $round: $group $model $dtype" >&2
      piece "$file" $turn "$group" "$model" "$dtype" </dev/null
    fi
    [ -s "$file" ] || left=$((left + 1))
  done < <(list)
done

cat "$pieces"/*.jsonl >"$output/samples.jsonl"
awk -f "$here/table.awk" "$output/samples.jsonl" | tee "$output/table.md"
if [ -n "$page" ]; then
  awk -v table="$output/table.md" '
    /<!-- measured -->/ { print; while ((getline line < table) > 0) print line; skipping = 1; next }
    /<!-- end -->/ { skipping = 0 }
    !skipping' "$page" >"$page.part" && mv "$page.part" "$page"
fi
[ $left -eq 0 ] || echo "run.sh: $left pieces are left: call it again" >&2
