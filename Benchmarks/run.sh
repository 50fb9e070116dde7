#!/bin/bash
# run.sh LLAMA CHECKPOINTS [option VALUE ...]: times our engine beside llama.cpp (and the vision
# tower beside transformers) in one run and writes the Markdown table.
#
#   LLAMA        the directory peers/build-llama-cpp.sh filled
#   CHECKPOINTS  the directory peers/make_checkpoints.py filled; GGUF files are made beside them
#
#   --models     "qwen2.5-0.5b qwen2.5-1.5b"   which checkpoints
#   --dtypes     "bf16 q8_0 q4_0"              weights in memory
#   --groups     "prefill decode deep vision"  deep: decode at 8,192 positions (minutes a round)
#   --rounds     3                             how often the whole list is gone through
#   --threads    2
#   --output     results/                      samples.jsonl and table.md go here
#   --wrap       ""                            a command put before each measurement, such as a lock
#   --peer-only  no                            yes: time the peers alone
#
# PYTHON names an interpreter with torch, transformers and gguf (for GGUF files and for vision).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 2 ] || { sed -n '2,19s/^# \{0,1\}//p' "$0" >&2; exit 64; }
llama=$1 checkpoints=$2
shift 2
models="qwen2.5-0.5b qwen2.5-1.5b" dtypes="bf16 q8_0 q4_0" groups="prefill decode deep vision"
rounds=3 threads=2 output=$here/results wrap="" peer_only=no
while [ $# -gt 0 ]; do
  case $1 in
    --models | --dtypes | --groups | --rounds | --threads | --output | --wrap | --peer-only) ;;
    *) echo "run.sh: no option $1 (there are the ones at the top of $0)" >&2; exit 64 ;;
  esac
  [ $# -ge 2 ] || { echo "run.sh: $1 needs a value" >&2; exit 64; }
  name=${1#--}
  printf -v "${name//-/_}" %s "$2"
  shift 2
done
mkdir -p "$output"
samples=$output/samples.jsonl
ours=$here/.build/release/medbench-speed
: >"$samples"

# llama-bench's lines become ours: one JSON object a sample.
peer() { # model dtype arguments...
  local model=$1 dtype=$2
  shift 2
  $wrap "$llama/build/bin/llama-bench" -m "$checkpoints/$model-$dtype.gguf" -t "$threads" \
    -o jsonl -r 1 "$@" 2>>"$output/peer.log" |
    awk -v side=llama.cpp -v model="$model" -v dtype="$dtype" -f "$here/samples.awk" >>"$samples"
}

engine() { # model dtype tests
  [ "$peer_only" = no ] || return 0
  $wrap "$ours" --checkpoint "$checkpoints/$1" --model "$1" --dtype "$2" --tests "$3" \
    --threads "$threads" | sed 's/^{/{"side":"medbench",/' >>"$samples"
}

transformers() {
  $wrap "${PYTHON:-python3}" "$here/peers/vision_transformers.py" "$checkpoints/$1" \
    --threads "$threads" --repetitions 1 2>>"$output/peer.log" |
    sed "s/^{/{\"side\":\"transformers\",\"model\":\"$1\",\"dtype\":\"bf16\",/" >>"$samples"
}

# Who goes first changes from round to round, so that a drift of the machine favours neither.
turns() { # round peer-command -- engine-command
  local round=$1 first=() second=()
  shift
  while [ "$1" != -- ]; do first+=("$1"); shift; done
  shift
  second=("$@")
  if [ $((round % 2)) -eq 1 ]; then "${first[@]}"; "${second[@]}"; else "${second[@]}"; "${first[@]}"; fi
}

ceilings() {
  [ "$peer_only" = no ] || return 0
  $wrap "$ours" ceilings --threads "$threads" >>"$samples"
}

round_of() { # round group
  local round=$1 group=$2 model dtype
  case $group in
    vision)
      turns "$round" transformers qwen2.5-vl-3b-vision -- \
        engine qwen2.5-vl-3b-vision bf16 vision1026
      engine qwen2.5-vl-3b-vision q8_0 vision1026
      return ;;
  esac
  for model in $models; do
    for dtype in $dtypes; do
      echo "round $round: $model $dtype $group" >&2
      case $group in
        prefill)
          turns "$round" peer "$model" "$dtype" -p 512,128 -n 0 -- \
            engine "$model" "$dtype" pp512,pp128 ;;
        decode)
          turns "$round" peer "$model" "$dtype" -p 0 -n 32 -d 0,512,2048 -- \
            engine "$model" "$dtype" tg@d0,tg@d512,tg@d2048 ;;
        deep)
          turns "$round" peer "$model" "$dtype" -p 0 -n 32 -d 8192 -- \
            engine "$model" "$dtype" tg@d8192 ;;
        *) echo "run.sh: no group $group" >&2; exit 64 ;;
      esac
    done
  done
}

if [ "$peer_only" = no ]; then
  swift build --package-path "$here" -c release --product medbench-speed >&2
fi
for model in $models; do
  # shellcheck disable=SC2046,SC2086
  "$here/peers/convert-to-gguf.sh" "$llama" "$checkpoints/$model" "$checkpoints/$model" \
    $(echo $dtypes | tr ' ' '\n' | grep -v '^bf16$') >>"$output/peer.log" 2>&1
done
for ((round = 1; round <= rounds; round++)); do
  for group in $groups; do
    ceilings
    round_of "$round" "$group"
  done
done
awk -f "$here/table.awk" "$samples" | tee "$output/table.md"
