#!/bin/bash
# Kills the vendor's command at every call by which SQLite writes while a license is reissued. Afterwards register, audit
# chain and files agree, the revision is there or not there, and the next reissue needs no hands.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2

passed=0
failed=0
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

check() {
  local name=$1
  shift
  if "$@" >"$temp/log" 2>&1; then
    passed=$((passed + 1))
    printf 'ok    %s\n' "$name"
  else
    failed=$((failed + 1))
    printf 'FAIL  %s\n' "$name"
    sed 's/^/      /' "$temp/log" | tail -n 20
  fi
}

printf 'four words and then some\n' >"$temp/passphrase"
chmod 600 "$temp/passphrase"
product=issuer/catalogs/mailbox-backup.yaml
counterfoil() {
  node issuer/dist/cli/main.js "$@" --dir "$temp/vendor" --passphrase-file "$temp/passphrase"
}
revision() {
  counterfoil list --json | node -p 'JSON.parse(fs.readFileSync(0, "utf8"))[0].revision'
}

make_license() {
  npm run -s build && counterfoil init --vendor acme.example &&
    id=$(counterfoil issue --product-file "$product" --customer C-1 --customer-name One --duration P12M \
      --pool mailboxes=10 --out "$temp/one.lic") && [ -n "$id" ]
}
reissue=(node issuer/dist/cli/main.js extend)
extend() {
  "$@" "${reissue[@]}" "$id" --pool mailboxes=+1 --out "$temp/next.lic" --force \
    --dir "$temp/vendor" --passphrase-file "$temp/passphrase" >"$temp/said" 2>&1
}

# killed CALL: at its first use, its second, and so on, until a run gets by without
killed() {
  local call=$1 at=0 before after status
  while [ "$at" -lt 200 ]; do
    at=$((at + 1))
    before=$(revision) || return 1
    extend strace -f -qq -o /dev/null -e "trace=$call" -e "inject=$call:signal=KILL:when=$at"
    status=$?
    after=$(revision) || return 1
    counterfoil audit verify >"$temp/said" 2>&1 || { cat "$temp/said"; return 1; }
    if [ "$status" -eq 0 ]; then
      printf '%s: killed %d times, then done\n' "$call" $((at - 1))
      [ "$at" -gt 1 ] && [ "$after" -eq $((before + 1)) ]
      return
    fi
    # what was not answered may be there or not, and nothing in between
    [ "$after" -eq "$before" ] || [ "$after" -eq $((before + 1)) ] || return 1
  done
  printf 'never got by without %s\n' "$call"
  return 1
}
goes_on() {
  local before
  before=$(revision) && extend env && [ "$(revision)" -eq $((before + 1)) ] &&
    cmp -s "$temp/next.lic" <(counterfoil export license "$id" --out -) &&
    counterfoil inspect "$temp/next.lic"
}

check 'a vendor with a license is made' make_license
id=$(counterfoil list --json | node -p 'JSON.parse(fs.readFileSync(0, "utf8"))[0].id')
for call in pwrite64 fsync unlink; do check "killed at $call, each time" killed "$call"; done
check 'the next reissue needs no hands' goes_on

printf 'checks: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
