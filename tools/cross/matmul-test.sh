#!/bin/sh
# Runs matmul_test.c under the address and undefined-behaviour sanitizers, and, where apt's
# libc6-dev-arm64-cross, libgcc-12-dev-arm64-cross and qemu-user are installed, as a 64-bit ARM program
# in an emulator: the only test that NEON gets on an x86 machine.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kernels="$here/../../Sources/CKernels"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
sources="$here/matmul_test.c $kernels/pool.c $kernels/isa.c $kernels/quantize.c $kernels/matmul*.c"

# The three checks left out would cost the compiler minutes; the address sanitizer sees most of them.
# shellcheck disable=SC2086
clang -O1 -g -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize=null,object-size,pointer-overflow \
  -fno-sanitize-recover=all \
  -I "$kernels/include" $sources -o "$out/sanitized" -lpthread -lm 2>"$out/log" ||
  { cat "$out/log"; exit 1; }
"$out/sanitized"

if command -v qemu-aarch64 >/dev/null && [ -d /usr/aarch64-linux-gnu/include ]; then
  gcc=$(ls -d /usr/lib/gcc-cross/aarch64-linux-gnu/* | tail -1)
  # shellcheck disable=SC2086
  clang --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -O2 -Wall -Wextra -Werror \
    -I "$kernels/include" -B "$gcc" -L "$gcc" -L /usr/aarch64-linux-gnu/lib \
    $sources -o "$out/neon" -fuse-ld=lld -static -lpthread -lm
  qemu-aarch64 "$out/neon" small
else
  echo "NEON not tested: install qemu-user, libc6-dev-arm64-cross, libgcc-12-dev-arm64-cross"
fi
