#!/bin/sh
# build-llama-cpp.sh DIRECTORY [JOBS]: fetches llama.cpp's source (it travels inside the source
# package of llama-cpp-python) and builds llama-bench, llama-quantize and llama-mtmd-cli for this
# machine under DIRECTORY/build/bin. Needs python3 with venv and pip, and a C++ compiler (CC and CXX
# are honoured); cmake and ninja come into a virtual environment of their own.
set -eu
if [ $# -lt 1 ]; then
  sed -n '2,5s/^# //p' "$0" >&2
  exit 64
fi
mkdir -p "$1"
directory=$(cd "$1" && pwd)
jobs=${2:-2}
cd "$directory"

if [ ! -x tools/bin/ninja ]; then
  python3 -m venv tools
  tools/bin/pip install -q cmake ninja
fi
PATH=$directory/tools/bin:$PATH

if [ ! -d src ]; then
  # --no-binary for this one package only: `:all:` would build cmake itself from source.
  tools/bin/pip download -q --no-deps --no-binary llama-cpp-python llama-cpp-python
  mkdir src.part
  tar xzf llama_cpp_python-*.tar.gz --strip-components=1 -C src.part
  mv src.part src
fi

cmake -S src/vendor/llama.cpp -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=ON \
  -DLLAMA_CURL=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_EXAMPLES=OFF \
  -DBUILD_SHARED_LIBS=OFF
cmake --build build -j "$jobs" --target llama-bench llama-quantize llama-mtmd-cli
ls -l build/bin
