"""Keys, trust roots and status lists (trust-root.md; license-file.md, clauses 4.6 and 12)."""
import hashlib
import zlib

import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schema import is_document
from strict import Fault, compact, from_base64url, general, json_object, need, to_base64url

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
# y of the points of order 1, 2, 4 and 8; the sign bit does not matter.
SMALL = {0, 1, P - 1} | {
    int.from_bytes(bytes.fromhex(text), "little")
    for text in (
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
}


def is_strict_point(raw):
    """cryptography leaves it to OpenSSL, whose versions differ on small orders and on y >= p."""
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    return y < P and y not in SMALL


def import_key(raw):
    need(len(raw) == 32, "key-length")
    need(is_strict_point(raw), "key-weak")
    return raw


def holds(key, message, signature):
    if int.from_bytes(signature[32:], "little") >= L or not is_strict_point(signature[:32]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def jwt_holds(key, signed):
    """Through PyJWT, which knows EdDSA but not yet the name Ed25519 of RFC 9864; the strictness is ours."""
    if signed.header["alg"] != "EdDSA":
        return holds(key, signed.input, signed.signature)
    token = signed.input.decode() + "." + to_base64url(signed.signature)
    try:
        # An object that is no JWK: the key comes from the trust root, never from the token.
        public = Ed25519PublicKey.from_public_bytes(key)
        jwt.PyJWS().decode(token, public, algorithms=["EdDSA"])
        accepted = True
    except (jwt.PyJWTError, ValueError):
        accepted = False
    return accepted and holds(key, signed.input, signed.signature)


def thumbprint(x):
    text = '{"crv":"Ed25519","kty":"OKP","x":"%s"}' % x
    return to_base64url(hashlib.sha256(text.encode()).digest())


UNDERSTOOD = {
    "license": {"allowed", "binding", "forms", "needs", "states", "status", "term"},
    "trust-root": {"limits"},
}


def check_schema(claims, document):
    for member in ("schema", "forms"):
        number = claims.get(member)
        need(not (isinstance(number, int) and number > 1), "schema-newer")
    critical = claims.get("critical")
    if isinstance(critical, list):
        named = [name for name in critical if isinstance(name, str)]
        need(all(name in UNDERSTOOD[document] for name in named), "critical-unknown")


class Root:
    def __init__(self, text):
        self.text = text
        self.payload, self.signatures = general(text)
        claims = json_object(from_base64url(self.payload))
        check_schema(claims, "trust-root")
        need(is_document(claims, "trust-root"), "claims-invalid")
        self.claims = claims
        seen = set()
        self.root_keys = {row["kid"]: self.key(row, seen) for row in claims["root"]["keys"]}
        need(claims["root"]["threshold"] <= len(self.root_keys), "root-inconsistent")
        self.keys = {}
        for role in ("issuing", "status"):
            for row in claims[role]:
                self.keys[row["kid"]] = (role, self.key(row, seen), row)
        need(claims["exp"] > claims["iat"], "root-inconsistent")

    @staticmethod
    def key(row, seen):
        need(thumbprint(row["x"]) == row["kid"] and row["x"] not in seen, "root-inconsistent")
        seen.add(row["x"])
        return import_key(from_base64url(row["x"]))

    @property
    def version(self):
        return self.claims["version"]

    def signed_by(self, signers):
        """Whether enough distinct root keys of `signers` have signed; other signatures count for nothing."""
        valid = {
            signed.header["kid"]
            for signed in self.signatures
            if signed.header["kid"] in signers.root_keys
            and holds(signers.root_keys[signed.header["kid"]], signed.input, signed.signature)
        }
        return len(valid) >= signers.claims["root"]["threshold"]


class Trust:
    def __init__(self, texts, test=None):
        need(texts, "root-missing")
        self.newest = Root(texts[0])
        need(self.newest.signed_by(self.newest), "root-threshold")
        if test is not None:
            need(test.newest.claims["environment"] == "test", "root-environment")
            need(self.newest.claims["environment"] != "test", "root-environment")
        self.test = test
        self.roots = {self.newest.version: self.newest}
        need(not self.extend(texts[1:]), "root-gap")

    @classmethod
    def of_kit(cls, texts):
        """Roots of both environments in any order; the oldest of each is pinned."""
        lines = {"production": [], "test": []}
        for root in sorted((Root(text) for text in texts), key=lambda root: root.version):
            lines[root.claims["environment"]].append(root.text)
        test = cls(lines["test"]) if lines["test"] else None
        return cls(lines["production"], test) if lines["production"] or test is None else test

    def copy(self):
        twin = object.__new__(Trust)
        twin.__dict__.update(self.__dict__, roots=dict(self.roots))
        return twin

    def extend(self, texts):
        """Follows the chain; tells whether it broke off."""
        gap = False
        test_texts = []
        for text in texts:
            root = Root(text)
            if self.test is not None and root.claims["environment"] == "test":
                test_texts.append(text)
                continue
            need(root.claims["iss"] == self.newest.claims["iss"], "root-vendor")
            same = root.claims["environment"] == self.newest.claims["environment"]
            need(same, "root-environment")
            known = self.roots.get(root.version)
            if known is not None and known.payload != root.payload:
                # Only who may make this version can fork it.
                need(root.signed_by(self.roots.get(root.version - 1, known)), "root-threshold")
                raise Fault("root-fork")
            if root.version <= self.newest.version:
                continue
            if root.version > self.newest.version + 1:
                gap = True
                continue
            need(root.signed_by(self.newest) and root.signed_by(root), "root-threshold")
            self.newest = root
            self.roots[root.version] = root
            gap = False
        if self.test is not None:
            self.test = self.test.copy()
            self.test.extend(test_texts)
        return gap

    def key(self, kid, role):
        need(kid not in self.newest.root_keys, "key-role")
        need(kid in self.newest.keys, "key-unknown")
        found, raw, row = self.newest.keys[kid]
        need(found == role, "key-role")
        need("revoked" not in row, "key-revoked")
        return raw, row


def check_window(row, iat):
    need(row["from"] <= iat and iat < row.get("until", iat + 1), "key-window")
    need(iat < row.get("retired", iat + 1), "key-retired")


def carried_shards(trust, texts):
    """The shards of a file; one whose key the newest root does not trust is as if it were not there."""
    shards = []
    for text in texts:
        try:
            shards.append(Shard(trust, text))
        except Fault as fault:
            if fault.code not in ("key-unknown", "key-revoked"):
                raise
    return shards


class Shard:
    def __init__(self, trust, text):
        signed = compact(text, "STATUS LIST")
        raw, row = trust.key(signed.header["kid"], "status")
        need(jwt_holds(raw, signed), "signature-invalid")
        claims = json_object(from_base64url(signed.payload))
        need(is_document(claims, "status-list"), "claims-invalid")
        check_window(row, claims["iat"])
        need(claims["iss"] == trust.newest.claims["iss"], "vendor-mismatch")
        self.uri = claims["sub"]
        self.version = claims["version"]
        inflater = zlib.decompressobj()
        try:
            self.bits = inflater.decompress(from_base64url(claims["status_list"]["lst"]), 4097)
        except zlib.error:
            raise Fault("status-broken") from None
        whole = inflater.eof and not inflater.unused_data and not inflater.unconsumed_tail
        need(whole and 1 <= len(self.bits) <= 4096, "status-broken")

    def at(self, index):
        if index // 4 >= len(self.bits):
            return None
        value = self.bits[index // 4] >> (index % 4 * 2) & 3
        return ("valid", "revoked", "suspended", "suspended")[value]
