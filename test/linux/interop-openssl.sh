#!/bin/sh
# A license file verified with sh, sed, base64 and openssl, after nothing but the specification.
set -u
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

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

# base64url without padding to bytes
decode() {
  text=$(tr -d '\n' | tr -- '-_' '+/')
  case $((${#text} % 4)) in
    2) text="$text==" ;;
    3) text="$text=" ;;
  esac
  printf '%s' "$text" | base64 -d
}

# verify FILE X: writes the payload to standard output, when the signature holds
verify() {
  # clause 2: the body of the license block is the token itself
  token=$(sed -n '/^-----BEGIN COUNTERFOIL LICENSE-----$/,/^-----END COUNTERFOIL LICENSE-----$/{/^-----/!p}' "$1" | tr -d '\n')
  header=${token%%.*}
  signature=${token##*.}
  payload=${token#*.}
  payload=${payload%.*}
  # clause 4.7: what is signed are the two first parts as they stand, and the dot
  printf '%s.%s' "$header" "$payload" >"$work/signed"
  printf '%s' "$signature" | decode >"$work/signature" || return 1
  # RFC 8410: twelve bytes before the 32 of the key make it a SubjectPublicKeyInfo
  {
    printf '\060\052\060\005\006\003\053\145\160\003\041\000'
    printf '%s' "$2" | decode
  } >"$work/key.der"
  openssl pkey -pubin -inform DER -in "$work/key.der" -out "$work/key.pem" || return 1
  openssl pkeyutl -verify -rawin -pubin -inkey "$work/key.pem" -in "$work/signed" -sigfile "$work/signature" >/dev/null || return 1
  printf '%s' "$payload" | decode
}

# of VECTOR: verifies its file under the issuing key of its root
of() {
  vector "$1" file >"$work/license"
  verify "$work/license" "$(vector "$1" x)"
}
good() { of "$1" | grep -q '"id":"CF-7K2M-94QX-A"'; }
bad() { ! of "$1"; }
tampered() {
  # one character of the payload, in the middle of the file
  vector file-plain file | sed '8s/^./&A/;8s/^\(.\)A./\1A/' >"$work/license"
  ! vector file-plain file | cmp -s - "$work/license" && ! verify "$work/license" "$(vector file-plain x)"
}
other_key() {
  vector file-plain file >"$work/license"
  ! verify "$work/license" "$(vector test-root-in-test x)"
}
key_id() {
  # clause 4.5: the key id is the RFC 7638 thumbprint
  x=$(vector file-plain x)
  digest=$(printf '{"crv":"Ed25519","kty":"OKP","x":"%s"}' "$x" | openssl dgst -sha256 -binary | base64 | tr -- '+/' '-_' | tr -d '=')
  vector file-plain file | sed -n 2,3p | tr -d '\n' | cut -d . -f 1 | decode | grep -q "\"kid\":\"$digest\""
}

for name in file-plain file-all-blocks file-summary signature-good full; do check "$name" good "$name"; done
for name in payload-changed header-changed signature-first-bit signature-last-bit signature-of-other \
  signature-zero signature-of-payload signature-s-plus-l kid-unknown; do check "$name" bad "$name"; done
check 'one character changed' tampered
check 'another key' other_key
check 'key id' key_id
printf 'checks: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
