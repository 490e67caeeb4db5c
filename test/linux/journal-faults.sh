#!/bin/bash
# Kills an install at each of its system calls, fails them one by one, and runs two at once. Afterwards the old license
# or the new one is in force, never neither, and the same install, repeated, needs no hands.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2

passed=0
failed=0
temp=$(mktemp -d)
chmod 755 "$temp"
trap 'rm -rf "$temp"' EXIT
data=$temp/data
command=$temp/bin/counterfoil-host.cjs

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

prepare() {
  node verifier/scripts/bundle.mjs "$temp/bin" && node test/linux/journal-faults-fixture.mjs "$temp"
}

# host COMMAND [FILE]: runs the host command on the data folder; "tracer" may stand before it
tracer=()
host() {
  local name=$1
  shift
  "${tracer[@]}" node "$command" "$name" --kit "$temp/acme.kit" --data "$data" "$@"
}
revision() {
  host status --log-line | sed -nE 's/.*in_force=yes.* revision=([0-9]+) .*/\1/p'
}

# start_from fresh|installed: a data folder without, or with, the first revision
start_from() {
  rm -rf "$data"
  [ "$1" = fresh ] || host install --quiet "$temp/1.lic"
}

# whole fresh|installed: what holds is the old license or the new one; the repeated install brings the new one
whole() {
  local found
  if [ "$1" = installed ] || [ -e "$data/journal.1.log" ]; then
    found=$(revision)
    printf 'revision found: %s\n' "${found:-none}"
    case $1:$found in installed:[12] | fresh:2 | fresh:) ;; *) return 1 ;; esac
  fi
  host install "$temp/2.lic" || return 1
  [ "$(revision)" = 2 ]
}

CALLS=(mkdir openat write fsync fdatasync rename lchown fchown pread64 close newfstatat statx)

# places fresh|installed: for each call, its count at the first and the last time that the data folder is in play
places() {
  local call
  start_from "$1"
  tracer=(strace -f -y -o "$temp/trace" -e "trace=$(IFS=,; echo "${CALLS[*]}")")
  host install --quiet "$temp/2.lic"
  local status=$?
  tracer=()
  [ "$status" -eq 0 ] || return 1
  : >"$temp/places"
  local main
  main=$(head -n 1 "$temp/trace" | cut -d ' ' -f 1)
  for call in "${CALLS[@]}"; do
    grep -E "^$main +$call\(" "$temp/trace" | awk -v call="$call" -v data="$data" '
      index($0, data) { if (!first) first = NR; last = NR } END { if (first) print call, first, last }' >>"$temp/places"
  done
  sort "$temp/places" | sed 's/^/      /'
  [ "$(wc -l <"$temp/places")" -ge 6 ] && grep -q '^fdatasync' "$temp/places" && grep -q '^rename' "$temp/places"
}

killed_at() {
  local call=$1 n=$2 from=$3
  start_from "$from"
  tracer=(strace -f -o /dev/null -e "trace=$call" -e "inject=$call:signal=SIGKILL:when=$n")
  host install "$temp/2.lic"
  local status=$?
  tracer=()
  printf 'killed before %s number %d: status %d\n' "$call" "$n" "$status"
  [ "$status" -eq 137 ] && kills=$((kills + 1))
  whole "$from"
}

# all_kills CALL FIRST LAST FROM
all_kills() {
  local n
  kills=0
  for ((n = $2; n <= $3; n++)); do killed_at "$1" "$n" "$4" || return 1; done
  printf '%d kills\n' "$kills"
  [ "$kills" -ge 1 ]
}

# fails CALL ERROR FROM WHEN: an install at which a call fails says so and exits with 2; it promised nothing
fails() {
  local said status
  start_from "$3"
  tracer=(strace -f -o /dev/null -e "trace=$1" -e "inject=$1:error=$2:when=$4")
  said=$(host install "$temp/2.lic" 2>&1)
  status=$?
  tracer=()
  printf '%s\nstatus %d\n' "$said" "$status"
  [ "$status" -eq 2 ] && [[ "$said" == *"$2"* && "$said" != *installed:* ]] && whole "$3"
}

# all_fail CALL ERROR FIRST LAST
all_fail() {
  local n
  for ((n = $3; n <= $4; n++)); do fails "$1" "$2" installed "$n" || return 1; done
}

# place_of CALL 2|3: the count at which the data folder was first, or last, in play
place_of() { awk -v call="$1" -v field="$2" '$1 == call { print $field }' "$temp/places"; }

# short_write: the system takes a part of the line only; the line is appended again, whole
short_write() {
  local n
  n=$(place_of write 3)
  start_from installed
  tracer=(strace -f -o /dev/null -e trace=write -e "inject=write:retval=7:when=$n")
  host install "$temp/2.lic"
  local status=$?
  tracer=()
  # the parts stay where they are, and the line stands after them
  [ "$status" -eq 0 ] && [ "$(revision)" = 2 ] && [ "$(grep -c '"revision":2' "$data/journal.1.log")" -eq 2 ] || return 1
  # and a disk that takes parts only is a fault in the end
  start_from installed
  tracer=(strace -f -o /dev/null -e trace=write -e "inject=write:retval=7:when=$n+")
  host install "$temp/2.lic"
  status=$?
  tracer=()
  [ "$status" -ne 0 ] && whole installed
}

# torn: half a line at the end of the file, as a power failure leaves it
torn() {
  local at
  start_from installed
  host install --quiet "$temp/2.lic"
  local size=$(stat -c %s "$data/journal.1.log")
  cp "$data/journal.1.log" "$temp/whole.log"
  for at in $((size - 1)) $((size - 2)) $((size - 50)) $((size - 300)); do
    head -c "$at" "$temp/whole.log" >"$data/journal.1.log"
    whole installed || return 1
  done
}

# inside SCRIPT: runs a script as root of a mount namespace of its own
if [ "$(id -u)" -eq 0 ]; then namespace=(unshare -m); else namespace=(unshare -rm); fi
inside() {
  "${namespace[@]}" env data="$data" temp="$temp" command="$command" bash -c "
    host() { local name=\$1; shift; node \"\$command\" \"\$name\" --kit \"\$temp/acme.kit\" --data \"\$data\" \"\$@\"; }
    $1"
}
full_disk() {
  start_from fresh
  mkdir "$data"
  inside '
    mount -t tmpfs -o size=64k none "$data" && host install "$temp/1.lic" || exit 1
    head -c 60000 /dev/zero >"$data/ballast" 2>/dev/null
    head -c 60000 /dev/zero >>"$data/ballast" 2>/dev/null
    host install "$temp/2.lic" 2>&1 | grep ENOSPC || exit 1
    host status || exit 1
    rm "$data/ballast"
    host install "$temp/2.lic" && host status --log-line | grep "revision=2 "'
}
read_only() {
  start_from fresh
  mkdir "$data"
  inside '
    mount -t tmpfs -o size=1m none "$data" && host install "$temp/1.lic" || exit 1
    mount -o remount,bind,ro "$data" || exit 1
    host install "$temp/2.lic" 2>&1 | grep EROFS || exit 1
    host undo; [ "$?" -eq 1 ] || exit 1
    host status --log-line | grep "revision=1 "'
}

# nobody: another user without rights reads and cannot write; root's files are the folder owner's
other_owner() {
  start_from fresh
  mkdir "$data"
  chown 65534:65534 "$data"
  host install "$temp/1.lic" && host install "$temp/2.lic" || return 1
  find "$data" -printf '%U:%G %m %P\n'
  [ -z "$(find "$data" ! -uid 65534 -o ! -gid 65534)" ] || return 1
  setpriv --reuid 65534 --regid 65534 --clear-groups node "$command" install --acknowledge older-revision \
    --kit "$temp/acme.kit" --data "$data" "$temp/1.lic"
}
unwritable() {
  local said status as=()
  start_from installed
  chmod 555 "$data" "$data/licenses"
  chmod 444 "$data/journal.1.log"
  [ "$(id -u)" -eq 0 ] && as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
  said=$("${as[@]}" node "$command" install --kit "$temp/acme.kit" --data "$data" "$temp/2.lic" 2>&1)
  status=$?
  printf '%s\nstatus %d\n' "$said" "$status"
  [ "$status" -eq 2 ] && [[ "$said" == *EACCES* ]] || return 1
  "${as[@]}" node "$command" status --kit "$temp/acme.kit" --data "$data" || return 1
  chmod 755 "$data" "$data/licenses"
  chmod 644 "$data/journal.1.log"
}

# together: two renewals at once; both lines stand, and the later one in the file is in force
together() {
  local round last name pids
  for round in 1 2 3 4 5; do
    start_from installed
    pids=()
    for name in 2 2b; do
      host install --quiet "$temp/$name.lic" &
      pids+=($!)
    done
    for name in "${pids[@]}"; do wait "$name" || return 1; done
    [ "$(grep -c '"kind":"install"' "$data/journal.1.log")" -eq 3 ] || return 1
    last=$(grep -oE '"license":"[0-9a-f]{64}"' "$data/journal.1.log" | tail -n 1 | cut -d '"' -f 4)
    host status --log-line
    if [ "$last" = "$(sha256sum <"$temp/2.lic" | cut -d ' ' -f 1)" ]; then name=60; else name=70; fi
    host status --log-line | grep -q "pool.mailboxes=$name" || return 1
  done
}

# twins: the very first install of two at once, in a folder that neither finds
twins() {
  local pids=() pid
  start_from fresh
  for _ in 1 2 3; do
    host install --quiet "$temp/1.lic" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || return 1; done
  [ "$(revision)" = 1 ]
}

# uninstall_killed CALL N: a killed uninstall leaves a whole install, or none; repeated, it leaves the journal alone
uninstall_killed() {
  local status state on=()
  start_from installed
  # other writes are of the program itself
  [ "$1" = unlink ] || on=(-P "$data/journal.1.log")
  tracer=(strace -f -o /dev/null "${on[@]}" -e "trace=$1" -e "inject=$1:signal=SIGKILL:when=$2")
  host uninstall
  status=$?
  tracer=()
  [ "$status" -eq 137 ] || return 1
  state=$(host status --log-line | grep -oE 'state=[a-z]+')
  printf 'killed before %s number %d: %s\n' "$1" "$2" "$state"
  case $state in state=active | state=none) ;; *) return 1 ;; esac
  host uninstall || return 1
  [ "$(host status --log-line | grep -oE 'state=[a-z]+')" = state=none ] || return 1
  [ "$(find "$data" -type f)" = "$data/journal.1.log" ] && host install "$temp/2.lic" && [ "$(revision)" = 2 ]
}

check 'the command is bundled and the files are made' prepare
[ "$failed" -eq 0 ] || exit 1
for from in fresh installed; do
  check "an install ($from) is traced" places "$from"
  while read -r call first last; do
    check "killed at $call, each time ($from)" all_kills "$call" "$first" "$last" "$from"
  done <"$temp/places"
done
for call in write fdatasync unlink; do
  check "an uninstall killed at $call" uninstall_killed "$call" 1
done
check 'a failing fdatasync promises nothing' fails fdatasync EIO installed 1
check 'a failing fsync promises nothing, each time' all_fail fsync EIO "$(place_of fsync 2)" "$(place_of fsync 3)"
check 'a full disk at the line' fails write ENOSPC installed "$(place_of write 3)"
check 'a full disk at the license file' fails write ENOSPC installed "$(place_of write 2)"
check 'a failing rename' fails rename EIO installed 1
check 'a short write is written again' short_write
check 'a torn end is passed over' torn
check 'a disk that is really full' full_disk
check 'a disk that is read-only' read_only
check 'a folder in which nothing may be written' unwritable
if [ "$(id -u)" -eq 0 ]; then check 'a folder of another owner' other_owner; fi
check 'two installs at once' together
check 'three first installs at once' twins

printf 'checks: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
