#!/bin/bash
# Holds the built verifier against the vectors, with both engines, on every supported Node.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2

passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

fail() {
  failed=$((failed + 1))
  printf 'FAIL  %s\n' "$1"
}

source test/linux/lib/nodes.sh
install_nodes || fail 'the Nodes could not be installed'
npx tsc -b verifier || fail 'the verifier does not compile'

for major in "${nodes[@]}"; do
  node=$(node_of "$major")
  version=$("$node" --version 2>&1)
  if [[ "$version" != v$major.* ]]; then
    fail "Node $major does not run: $version"
    continue
  fi
  "$node" test/vectors/run.mjs >"$log" 2>&1
  status=$?
  line=$(grep -E '^checks: [0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
  if [ -z "$line" ]; then
    tail -n 20 "$log"
    fail "Node $version: no counts, status $status"
    continue
  fi
  read -r good bad < <(sed -E 's/^checks: ([0-9]+) passed, ([0-9]+) failed$/\1 \2/' <<<"$line")
  # a status of failure, or no check at all, is a failure whatever was printed
  if { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; } || [ $((good + bad)) -eq 0 ]; then bad=$((bad + 1)); fi
  if [ "$bad" -gt 0 ]; then tail -n 40 "$log"; fi
  passed=$((passed + good))
  failed=$((failed + bad))
  printf 'Node %s: %d passed, %d failed, status %d\n' "$version" "$good" "$bad" "$status"
done

printf 'checks: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
