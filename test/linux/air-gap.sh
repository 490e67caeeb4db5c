#!/bin/bash
# Installs the packed verifier into an empty folder with the network cut, and verifies a license there:
# by the library with both engines, and by the command. No network socket is ever opened.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2

passed=0
failed=0
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
mkdir "$temp/home" "$temp/packs" "$temp/files" "$temp/host"

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

# cut COMMAND...: runs in the host's folder, in a network namespace with no interface, with an empty environment
if [ "$(id -u)" -eq 0 ]; then namespace=(unshare -n); else namespace=(unshare -rn); fi
cut() {
  (cd "$temp/host" && exec "${namespace[@]}" env -i PATH="$PATH" HOME="$temp/home" "$@")
}

make_packs() {
  npx tsc -b verifier &&
    node verifier/scripts/bundle.mjs &&
    npm pack --ignore-scripts --pack-destination "$temp/packs" ./schemas ./verifier ./node_modules/tweetnacl &&
    [ "$(find "$temp/packs" -name '*.tgz' | wc -l)" -eq 3 ]
}

is_cut() {
  cut node -e '
    const net = require("node:net");
    const names = Object.keys(require("node:os").networkInterfaces());
    if (names.length > 0) throw new Error(`there is a network: ${names}`);
    net.connect(9, "192.0.2.1").on("error", () => process.exit(0)).on("connect", () => process.exit(1));'
}

install() {
  cut npm install --offline --ignore-scripts --no-audit --no-fund "$temp"/packs/*.tgz
}

three_packages() {
  local found
  found=$(cd "$temp/host/node_modules" && find . -name package.json -not -path '*/dist/*' | sort | tr '\n' ' ')
  printf 'found: %s\n' "$found"
  [ "$found" = './@counterfoil/schemas/package.json ./@counterfoil/verifier/package.json ./tweetnacl/package.json ' ]
}

cat >"$temp/host/library.mjs" <<'EOF'
import { readFileSync } from 'node:fs';
import { openTrust, verifyLicense } from '@counterfoil/verifier';
import { nodeEngine, readKit } from '@counterfoil/verifier/node';
import { portableEngine } from '@counterfoil/verifier/portable';

const [kitPath, path, at, expected] = process.argv.slice(2);
const { trust: pinned, product } = readKit(readFileSync(kitPath), nodeEngine);
for (const engine of [nodeEngine, portableEngine]) {
  const trust = openTrust(engine, [...pinned.texts.values()]);
  const context = { engine, trust, product: product.sub, host: {}, now: Date.parse(at) / 1000 };
  const verdict = verifyLicense(readFileSync(path), context);
  const answer = verdict.finding?.code ?? verdict.state;
  console.log(`${engine.name}: ${answer}`);
  if (answer !== expected) process.exitCode = 1;
}
EOF
library() {
  cut "${tracer[@]}" node library.mjs "$temp/files/acme.kit" "$temp/files/$1.lic" "$at" "$2"
}

# command STATUS FILE [WORD]: runs the installed command, and looks for its exit status and a word
command_says() {
  local said status
  said=$(cut "${tracer[@]}" ./node_modules/.bin/counterfoil-host inspect --kit "$temp/files/acme.kit" --at "$at" "$temp/files/$2.lic")
  status=$?
  printf 'status %d: %s\n' "$status" "$said"
  [ "$status" -eq "$1" ] && [[ "$said" == *"$3"* ]]
}

# no_socket FILE: the trace saw the program run, and no socket of the internet families
no_socket() {
  grep -c '' "$1"
  grep -q 'exited with' "$1" && ! grep -E 'AF_INET6?\b' "$1"
}
trace() {
  tracer=(strace -f -o "$temp/$1.trace" -e trace=network)
  shift
  "$@"
  local status=$?
  tracer=()
  return "$status"
}
noticed() {
  tracer=(strace -f -o "$temp/control.trace" -e trace=network)
  cut "${tracer[@]}" node -e 'require("node:net").connect(9, "127.0.0.1").on("error", () => {})'
  tracer=()
  ! no_socket "$temp/control.trace"
}

tracer=()
check 'the packages are packed' make_packs
check 'a license is made' node test/linux/air-gap-fixture.mjs "$temp/files"
at=$(cat "$temp/files/at")
check 'the network is cut' is_cut
check 'three tarballs install offline' install
check 'nothing else is installed' three_packages
check 'the library takes a good license' library good active
check 'the library rejects a tampered one' library tampered signature-invalid
check 'the command takes a good license' command_says 0 good 'valid: in force'
check 'the command rejects a tampered one' command_says 1 tampered 'not valid: rejected, signature-invalid'
check 'the library runs under a trace' trace library library good active
check 'the library opens no network socket' no_socket "$temp/library.trace"
check 'the command runs under a trace' trace command command_says 0 good 'valid: in force'
check 'the command opens no network socket' no_socket "$temp/command.trace"
check 'a network socket would be noticed' noticed

printf 'checks: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
