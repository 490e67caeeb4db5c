#!/bin/bash
# The embedding guide and the sample product as a customer's host has them: installed from packed files with the network cut, run on
# every supported Node as a module and by require, under other zones and locales, and never with a socket.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2
source test/linux/lib/nodes.sh

passed=0
failed=0
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
mkdir "$temp/home" "$temp/packs" "$temp/host"

# check NAME COMMAND...: counts a command; what it printed is shown when it fails
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

if [ "$(id -u)" -eq 0 ]; then namespace=(unshare -n); else namespace=(unshare -rn); fi
surroundings=()
tracer=()
# cut COMMAND...: runs in the host's folder, with no network and no environment but what is said
cut() {
  (cd "$temp/host" && exec "${namespace[@]}" env -i PATH="$PATH" HOME="$temp/home" \
    ACME_DATA="$temp/data" "${surroundings[@]}" "${tracer[@]}" "$@")
}

pack() {
  npx tsc -b verifier issuer && node verifier/scripts/bundle.mjs &&
    node test/sample/prepare.mjs "$temp/desk" &&
    npm pack --ignore-scripts --pack-destination "$temp/packs" \
      ./schemas ./verifier ./node_modules/tweetnacl "$temp/desk/kits/mailbox-backup"
}

install_offline() {
  cp "$temp"/desk/product/example.* test/sample/backup-tool.mjs "$temp/host" &&
    cp -r "$temp/desk/kits" "$temp/desk/jobs" "$temp/desk/licenses" "$temp/host" &&
    printf '{ "type": "module" }\n' >"$temp/host/package.json" &&
    cut npm install --offline --ignore-scripts --no-audit --no-fund "$temp"/packs/*.tgz
}

# says WORDS COMMAND...: the command succeeds and prints the words
says() {
  local words=$1 said
  shift
  said=$(cut "$@") || { printf '%s\n' "$said"; return 1; }
  printf '%s\n' "$said"
  [[ "$said" == *"$words"* ]]
}

no_socket() {
  grep -q 'exited with 0' "$temp/trace" && ! grep -E 'AF_INET' "$temp/trace"
}

check 'a desk, its kits and the packages are made' pack
check 'four tarballs install with the network cut' install_offline
check 'the Nodes are installed' install_nodes
own=node_modules/@acme/mailbox-backup-license-kit/bin/acme-license.cjs

for major in "${nodes[@]}"; do
  node=$(node_of "$major")
  rm -rf "$temp/data"
  check "Node $major: denied without a license" says 'no license is installed' "$node" example.mjs
  check "Node $major: the own command installs" \
    says 'installed: CF-' "$node" "$own" install licenses/mailbox-backup.lic --data "$temp/data"
  check "Node $major: allowed, as a module" says 'backing up' "$node" example.mjs
  check "Node $major: allowed, by require" says 'restoring' "$node" example.cjs
  check "Node $major: the sample product copies" \
    says 'done: mailbox of Ada, 2 files' "$node" backup-tool.mjs kits/mailbox-backup "$temp/data" jobs/mailbox-backup.json
done

# What a host says must not hang on its zone or language.
node=$(node_of 20)
answers() {
  local command
  for command in 'status' 'status --log-line' 'check backup' 'explain --operation backup' \
    'check restore --at 2030-01-01' 'trust show' 'preview licenses/mailbox-backup.old.lic'; do
    # shellcheck disable=SC2086 -- words on purpose
    cut "$node" "$own" $command --json --data "$temp/data"
    printf '%s: %d\n' "$command" $?
  done | sed -E 's/"asOf": *"[^"]*"/"asOf":"-"/g'
  cut "$node" backup-tool.mjs kits/mailbox-backup "$temp/data" jobs/mailbox-backup.json
}
answers >"$temp/plain"
same_answers() {
  surroundings=("$@")
  answers >"$temp/other"
  surroundings=()
  [ "$(wc -l <"$temp/other")" -gt 10 ] && diff "$temp/plain" "$temp/other"
}
check 'the same answers at Kiritimati' same_answers TZ=Pacific/Kiritimati
check 'the same answers at Pago Pago' same_answers TZ=Pacific/Pago_Pago
check 'the same answers in a zone that does not exist' same_answers TZ=Nowhere/Land
check 'the same answers in Turkish' same_answers LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8
check 'the same answers in C' same_answers LANG=C LC_ALL=C
check 'the same answers in Arabic' same_answers LANG=ar_EG.UTF-8 LC_ALL=ar_EG.UTF-8

tracer=(strace -f -qq -o "$temp/trace" -e 'trace=socket,connect,exit_group' -e 'signal=none')
trace() {
  local name=$1
  shift
  rm -f "$temp/trace"
  check "$name runs under a trace" cut "$@"
  printf '+++ exited with 0 +++\n' >>"$temp/trace"
  check "$name opens no network socket" no_socket
}
trace 'the embedded library' "$node" example.mjs
trace 'the sample product' "$node" backup-tool.mjs kits/mailbox-backup "$temp/data" jobs/mailbox-backup.json
for command in 'status' 'check backup' 'explain' 'trust show' 'support' 'uninstall'; do
  # shellcheck disable=SC2086 -- words on purpose
  trace "$command" "$node" "$own" $command --data "$temp/data"
done
control() { ! trace_of_a_socket; }
trace_of_a_socket() {
  rm -f "$temp/trace"
  cut "$node" -e 'require("node:net").connect(9, "192.0.2.1").on("error", () => {})' &&
    printf '+++ exited with 0 +++\n' >>"$temp/trace" && no_socket
}
check 'a network socket would be noticed' control

printf 'checks: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
