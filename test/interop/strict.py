"""The form of a file: armor, base64, JSON, JWS (license-file.md, clauses 2 to 5).

Written after the specification. Python and PyJWT are lax where these functions are not:
base64 ignores strange characters and unused bits, json takes NaN, floats, duplicates and lone
surrogates, PyJWT takes unknown header members, several spellings of a token and any typ.
"""
import base64
import json
import re

DOCUMENTS = {
    "LICENSE": ("license+jwt", 262144),
    "PRODUCT": ("product+jwt", 262144),
    "TRUST ROOT": ("trust-root+jws", 32768),
    "STATUS LIST": ("statuslist+jwt", 16384),
    "IDENTITY PAGES": ("", 34603008),
    "REQUEST": ("license-request+jwt", 1048576),
    "RECEIPT": ("license-receipt+jwt", 65536),
    "GRANT": ("license-grant+jwt", 65536),
}


class Fault(Exception):
    """What is wrong, by its code."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def need(holds, code):
    if not holds:
        raise Fault(code)


def text_of(raw):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Fault("utf8") from None


def from_base64url(text):
    need(re.fullmatch(r"[A-Za-z0-9_-]*", text), "base64url")
    need(len(text) % 4 != 1, "base64url")
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    need(to_base64url(raw) == text, "base64url")
    return raw


def to_base64url(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_base64(text):
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise Fault("base64") from None
    need(base64.b64encode(raw).decode() == text, "base64")
    return raw


def depth_of(text):
    """The deepest nesting, counted without recursion."""
    depth = deepest = 0
    for part in re.finditer(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', text, re.S):
        if part.group() in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif part.group() in "]}":
            depth -= 1
    return deepest


def refuse_number(_):
    raise Fault("json-number")


def refuse_word(_):
    raise Fault("json-syntax")


def integer(digits):
    need(digits != "-0" and len(digits) < 18, "json-number")
    need(abs(int(digits)) < 2**53, "json-number")
    return int(digits)


def members(pairs):
    need(len({name for name, _ in pairs}) == len(pairs), "json-duplicate-key")
    need(all(name != "__proto__" for name, _ in pairs), "json-forbidden-key")
    for name, value in pairs:
        strings(name)
        strings(value)
    return dict(pairs)


def strings(value):
    """Refuses lone surrogates, which Python lets live in a text."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise Fault("json-syntax") from None
    elif isinstance(value, list):
        for item in value:
            strings(item)


def from_json(text):
    need(depth_of(text) <= 16, "json-depth")
    try:
        value = json.loads(
            text,
            object_pairs_hook=members,
            parse_int=integer,
            parse_float=refuse_number,
            parse_constant=refuse_word,
        )
    except json.JSONDecodeError:
        raise Fault("json-syntax") from None
    strings(value)
    return value


def json_object(raw):
    value = from_json(text_of(raw))
    need(isinstance(value, dict), "json-object")
    return value


def header_of(part, typ):
    header = json_object(from_base64url(part))
    for name in header:
        need(name != "crit", "header-crit")
        need(name not in ("jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256"), "header-key")
        need(name in ("alg", "kid", "typ"), "header-member")
    need(isinstance(header.get("typ"), str), "header-value")
    need(header["typ"] == typ, "typ-mismatch")
    need(isinstance(header.get("alg"), str), "header-value")
    need(header["alg"] in ("EdDSA", "Ed25519"), "alg-not-allowed")
    need(isinstance(header.get("kid"), str), "header-value")
    return header


def signature_of(part):
    signature = from_base64url(part)
    need(len(signature) == 64, "jws-signature")
    return signature


class Signed:
    """One signature and what it covers."""

    def __init__(self, header, protected, payload, signature):
        self.header = header
        self.payload = payload
        self.signature = signature
        self.input = f"{protected}.{payload}".encode()


def compact(text, label):
    typ, cap = DOCUMENTS[label]
    need(len(text) <= cap, "document-too-large")
    parts = text.split(".")
    need(len(parts) == 3, "jws-parts")
    header = header_of(parts[0], typ)
    return Signed(header, parts[0], parts[1], signature_of(parts[2]))


def general(text):
    """Payload and signatures of a general JSON JWS."""
    need(len(text) <= 32768, "document-too-large")
    value = from_json(text)
    need(isinstance(value, dict) and set(value) == {"payload", "signatures"}, "jws-general")
    entries = value["signatures"]
    need(isinstance(value["payload"], str) and isinstance(entries, list), "jws-general")
    need(1 <= len(entries) <= 16, "jws-general")
    found = []
    for entry in entries:
        need(isinstance(entry, dict) and set(entry) == {"protected", "signature"}, "jws-general")
        need(all(isinstance(part, str) for part in entry.values()), "jws-general")
        header = header_of(entry["protected"], "trust-root+jws")
        signed = signature_of(entry["signature"])
        found.append(Signed(header, entry["protected"], value["payload"], signed))
    return value["payload"], found


UNPRINTABLE = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")


def blocks_of(raw):
    """The label and body of every block of a file."""
    need(len(raw) <= 48 * 1024 * 1024, "file-too-large")
    text = text_of(raw)
    need(text != "", "file-empty")
    need("\r" not in text, "file-line-ends")
    begin = re.search(r"^-----BEGIN ", text, re.M)
    if begin is None:
        body = text[:-1] if text.endswith("\n") else text
        need(len(body) <= 262144, "armor-boundary")
        need(re.fullmatch(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*", body), "armor-boundary")
        return [("LICENSE", body)]
    summary = text[: begin.start()]
    need(len(summary) <= 4096 and not UNPRINTABLE.search(summary), "file-text")
    need(not re.search(r"^-----", summary, re.M), "file-text")
    lines = text[begin.start() :].split("\n")
    if lines[-1] == "":
        lines.pop()
        ended = True
    else:
        ended = False
    blocks = []
    while lines:
        blocks.append(next_block(lines, ended))
    return blocks


def next_block(lines, ended):
    first = lines.pop(0)
    match = re.fullmatch(r"-----BEGIN (.*)-----", first)
    need(match and (lines or ended), "armor-boundary")
    label = match.group(1)
    name = label.removeprefix("COUNTERFOIL ")
    need(name != label and name in DOCUMENTS, "armor-label")
    body = []
    while lines and not lines[0].startswith("-----"):
        body.append(lines.pop(0))
    need(lines, "armor-truncated")
    need(lines.pop(0) == f"-----END {label}-----", "armor-boundary")
    need(body and all(len(line) == 64 for line in body[:-1]), "armor-body")
    need(1 <= len(body[-1]) <= 64, "armor-body")
    return name, "".join(body)
