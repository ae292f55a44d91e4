#!/bin/sh
# The kernels' tests against a build with bounds checks, AddressSanitizer and UBSan: sh tests/sanitize.sh VENV
set -eu
venv=$1
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
cp -r textaug setup.py pyproject.toml README.md LICENSE tests "$build"
cd "$build"
find textaug -name '*.so' -delete
TEXTAUG_DEBUG=asan "$venv/bin/python" setup.py --quiet build_ext --inplace
# The interpreter itself is not instrumented: preload the runtime, and leave its own leaks alone.
ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
    LD_PRELOAD="$(gcc -print-file-name=libasan.so) $(gcc -print-file-name=libubsan.so)" \
    "$venv/bin/python" -m pytest -p no:cacheprovider tests/kernels tests/transforms
