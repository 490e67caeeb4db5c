#!/usr/bin/python3
"""A second reader of license files, written after the specification: python3-jwt and python3-cryptography.

Reads test/vectors/data and compares its answers. Usage: reader.py [group or name ...]
"""
import base64
import datetime
import hashlib
import json
import pathlib
import re
import sys

from license import end_of_day, genuine, last_day_after, last_day_from, verdict
from strict import Fault, from_base64url
from trust import Trust, holds, import_key

DATA = pathlib.Path(__file__).parents[1] / "vectors" / "data"
TRUSTS = json.loads((DATA / "trusts.json").read_text("utf-8"))
# What this reader does not do, and why.
SKIPPED = {
    "identities/form-": "canonical forms need UTS 46, which Python's library does not have",
    "identities/kind-": "questions about kinds belong to the canonical forms",
    "identities/allowed-": "lists are compared in canonical forms",
}
# Members of `expected` that only an implementation with the same functions can answer.
BEYOND = ("nextChange", "lastDay", "zone", "explain", "canonical")


def same_code(expected, actual):
    """JSON readers stop at different places of a text that has an error: one json- code is as good as another."""
    return expected == actual or (expected.startswith("json-") and actual.startswith("json-"))


def file_of(vector):
    if "fileBase64" in vector:
        return base64.b64decode(vector["fileBase64"])
    if "file" in vector:
        return vector["file"].encode()
    parts = (part if isinstance(part, str) else part["repeat"] * part["times"] for part in vector["fileParts"])
    return "".join(parts).encode()


OPENED = {}


def open_trust(named):
    given = TRUSTS[named] if isinstance(named, str) else named
    key = json.dumps(given)
    if key not in OPENED:
        test = Trust(given["test"]) if "test" in given else None
        OPENED[key] = Trust.of_kit(given["kit"]) if "kit" in given else Trust(given["roots"], test)
    return OPENED[key]


def answer_license(vector):
    try:
        trust = open_trust(vector["trust"])
    except Fault as fault:
        return {"arm": "no-trust", "code": fault.code}
    raw = file_of(vector)
    outcome = verdict(raw, trust, vector)
    if "asVendorSees" in vector["expected"]:
        outcome["asVendorSees"] = verdict(raw, trust, vector, asked=False)
    if "identity" in vector:
        outcome["identity"] = answer_identity(vector, genuine(raw, trust)[0])
    return outcome


def pages_of(named):
    raw = bytearray(base64.b64decode((DATA / "pages" / named["file"]).read_text("ascii")))
    for change in named.get("changes", []):
        new = base64.b64decode(change["base64"])
        raw[change["at"] : change["at"] + len(new)] = new
    return bytes(raw[: named.get("size", len(raw))])


class Broken(Exception):
    pass


def on_pages(claim, raw, identity):
    """Walks from the root to the one page on which the digest would stand."""
    wanted = hashlib.sha256(b"\x02" + from_base64url(claim["salt"]) + identity.encode()).digest()[:16]
    levels = [-(-claim["count"] // 256)]
    while len(levels) == 1 or levels[0] > 1:
        levels.insert(0, -(-levels[0] // 85))
    start, place, want, first = 1, 0, from_base64url(claim["root"]), None
    for depth, width in enumerate(levels):
        block = raw[(start + place) * 4096 : (start + place + 1) * 4096]
        leaf = depth == len(levels) - 1
        if len(block) != 4096 or hashlib.sha256((b"\x00" if leaf else b"\x01") + block).digest() != want:
            raise Broken
        below = claim["count"] if leaf else levels[depth + 1]
        fan, size = (256, 16) if leaf else (85, 48)
        entries = [block[i * size : (i + 1) * size] for i in range(min(fan, below - place * fan))]
        digests = [entry[:16] for entry in entries]
        if any(a >= b for a, b in zip(digests, digests[1:])) or first not in (None, digests[0]):
            raise Broken
        if leaf:
            return wanted in digests
        found = sum(digest <= wanted for digest in digests) - 1
        if found < 0:
            return False
        first, want = digests[found], entries[found][16:]
        start, place = start + width, place * 85 + found
    raise AssertionError("there is always a level of leaves")


def answer_identity(vector, claims):
    allowed = claims["license"]["allowed"]["mailbox"]
    identity = vector["identity"]["value"].lower()
    if identity in allowed.get("list", []):
        return "allowed"
    if "pages" not in vector:
        return "pages-missing"
    try:
        return "allowed" if on_pages(allowed["pages"], pages_of(vector["pages"]), identity) else "not-listed"
    except Broken:
        return "pages-broken"


def answer_signature(vector):
    key, message, signature = (bytes.fromhex(vector[name]) for name in ("key", "message", "signature"))
    try:
        return {"valid": holds(import_key(key), message, signature)}
    except Fault as fault:
        return {"valid": False, "keyCode": fault.code}


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def license_id(typed):
    digits = re.sub(r"[\s-]", "", typed.upper())
    digits = digits.replace("O", "0").replace("I", "1").replace("L", "1")
    # An id may begin with the letters of the prefix: the length decides.
    digits = digits[2:] if len(digits) == 11 and digits.startswith("CF") else digits
    if len(digits) != 9 or any(digit not in ALPHABET for digit in digits):
        raise Fault("license-id")
    total = 0
    for digit in digits[:8]:
        total = (total ^ ALPHABET.index(digit)) << 1
        total ^= 0b100101 if total & 32 else 0
    if ALPHABET[total] != digits[8]:
        raise Fault("license-id")
    return f"CF-{digits[:4]}-{digits[4:8]}-{digits[8]}"


def date_of(text):
    try:
        day = datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        day = None
    if day is None or day.year < 1970:
        raise Fault("date-invalid")
    return day


def answer_question(vector):
    try:
        if vector["ask"] == "end-of-day":
            return end_of_day(date_of(vector["day"]), vector["zone"])
        if vector["ask"] == "license-id":
            return license_id(vector["typed"])
        last = last_day_from if vector["ask"] == "last-day-from" else last_day_after
        return last(date_of(vector["first"]), vector["duration"]).isoformat()
    except Fault as fault:
        return {"code": fault.code}


def compare(vector):
    """Expected and actual answer, as far as this reader answers."""
    if "signature" in vector:
        expected = {name: vector[name] for name in ("valid", "keyCode") if name in vector}
        return expected, answer_signature(vector)
    if "ask" in vector:
        return vector["answer"], answer_question(vector)
    expected = {name: value for name, value in vector["expected"].items() if name not in BEYOND}
    actual = answer_license(vector)
    if "code" in expected and "code" in actual and same_code(expected["code"], actual["code"]):
        actual["code"] = expected["code"]
    return expected, actual


def main(wanted):
    passed = failed = 0
    skipped = {}
    for path in sorted(DATA.glob("*.json")):
        if path.name == "trusts.json":
            continue
        for vector in json.loads(path.read_text("utf-8")):
            name = f"{path.stem}/{vector['name']}"
            if wanted and path.stem not in wanted and vector["name"] not in wanted:
                continue
            reason = next((text for start, text in SKIPPED.items() if name.startswith(start)), None)
            if reason is not None:
                skipped.setdefault((path.stem, reason), []).append(name)
                continue
            expected, actual = compare(vector)
            if expected == actual:
                passed += 1
            else:
                failed += 1
                print(f"{name}: expected {expected}, got {actual}")
    if not wanted:
        # The comparison itself: a wrong expectation must not pass.
        plain = {"name": "", "file": "", "trust": "usual", "expected": {"arm": "usable", "state": "active"}}
        expected, actual = compare(plain)
        passed, failed = (passed + 1, failed) if expected != actual else (passed, failed + 1)
    for (group, reason), names in skipped.items():
        print(f"out of scope: {len(names)} of {group}: {reason}")
    print(f"checks: {passed} passed, {failed} failed")
    return 0 if passed > 0 and failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
