#!/bin/sh
# A license file verified by a program that uses Go's standard library alone.
set -u
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# check NAME COMMAND...: counts one check
check() {
  name=$1
  shift
  if "$@" >"$work/out" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$name"
    cat "$work/out"
  fi
}
vector() { /usr/bin/python3 -B test/interop/vector.py "$1" "$2"; }

# no module, no network: the standard library is all that the program has
export GOFLAGS=-mod=mod GO111MODULE=off GOPROXY=off GOCACHE="$work/cache" GOPATH="$work/path" CGO_ENABLED=0
if ! go build -o "$work/verify" test/interop/verify.go; then
  printf 'checks: 0 passed, 1 failed\n'
  exit 1
fi

# prints VECTOR: the id comes out
prints() {
  vector "$1" file >"$work/license"
  [ "$("$work/verify" "$work/license" "$(vector "$1" x)" "$(vector "$1" now)")" = CF-7K2M-94QX-A ]
}
# refuses VECTOR: exit status 1, and no id
refuses() {
  vector "$1" file >"$work/license"
  "$work/verify" "$work/license" "$(vector "$1" x)" "$(vector "$1" now)" >"$work/id"
  [ $? -eq 1 ] && [ ! -s "$work/id" ]
}

for name in file-plain file-all-blocks file-summary file-summary-unicode file-whole-lines file-no-final-lf \
  signature-good alg-ed25519 full perpetual start end; do
  check "$name" prints "$name"
done
for name in payload-changed header-changed signature-s-plus-l signature-first-bit signature-zero alg-none \
  alg-hs256-key alg-lower-ed25519 typ-jwt typ-product header-jwk-signs header-crit header-duplicate kid-unknown \
  kid-of-status-key trailing-bits-header trailing-bits-signature padding-signature parts-two parts-four \
  armor-63 armor-65 armor-indented file-crlf cut-in-body cut-in-end start-before grace-end; do
  check "$name" refuses "$name"
done
printf 'checks: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
