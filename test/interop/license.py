"""The license: claims, terms, whether it is for here, and its state (license-file.md, clauses 6, 8, 9 and 10)."""
import datetime
import hashlib
import re
import unicodedata
import zoneinfo

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from schema import is_document
from strict import Fault, blocks_of, compact, from_base64, from_base64url, json_object, need, text_of, to_base64url
from trust import Shard, carried_shards, check_schema, check_window, jwt_holds

DAY = 86400
ORDER = [("LICENSE", 1), ("TRUST ROOT", 64), ("STATUS LIST", 1), ("IDENTITY PAGES", 16)]


class Refused(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def fits(holds, code):
    if not holds:
        raise Refused(code)


def months_later(day, months):
    """The same day of a later month, or its last, and whether that is an earlier one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)).day
    return datetime.date(year, month, min(day.day, last)), day.day > last


def parse_duration(text):
    match = re.fullmatch(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?", text, re.A)
    if match is None:
        raise Fault("duration-invalid")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return years * 12 + months, weeks * 7 + days


def last_day_from(first, text):
    months, days = parse_duration(text)
    day, shorter = months_later(first, months)
    return day + datetime.timedelta(days if shorter else days - 1)


def last_day_after(day, text):
    months, days = parse_duration(text)
    return months_later(day, months)[0] + datetime.timedelta(days)


def end_of_day(day, zone):
    """The first instant after the last at which any clock of the zone shows the day."""
    try:
        place = zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise Fault("zone-unknown") from None
    shows = lambda instant: datetime.datetime.fromtimestamp(instant, place).date()
    noon = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc)
    instant = int(noon.timestamp()) + 2 * DAY
    while shows(instant - 60) > day:
        instant -= 60
    while shows(instant - 1) > day:
        instant -= 1
    return instant


def midnight_after(day):
    end = day + datetime.timedelta(1)
    return int(datetime.datetime(end.year, end.month, end.day, tzinfo=datetime.timezone.utc).timestamp())


def utc_day(instant):
    return datetime.datetime.fromtimestamp(instant, datetime.timezone.utc).date()


def activated_until(activated, duration):
    return midnight_after(last_day_after(utc_day(activated), duration))


def latest_term(claims):
    """End of the latest term that a license can give, and its length."""
    term = claims["license"]["term"]
    if term["type"] == "fixed":
        return term["until"], term["until"] - max(claims["iat"], claims["nbf"])
    last = term["by"] - 1
    until = activated_until(last, term["duration"])
    # The broken day of activation is not counted.
    return until, until - midnight_after(utc_day(last))


def check_term(claims):
    term, nbf, iat = claims["license"]["term"], claims["nbf"], claims["iat"]
    need(nbf - iat <= 400 * DAY, "claims-inconsistent")
    if term["type"] == "perpetual":
        need("exp" not in claims, "claims-inconsistent")
        return
    stated = term["until"] if term["type"] == "fixed" else term["by"]
    need(stated > nbf, "claims-inconsistent")
    until, length = latest_term(claims)
    need("exp" in claims and claims["exp"] >= until, "claims-inconsistent")
    need(length <= 1828 * DAY and claims["exp"] - until <= 366 * DAY, "term-too-long")
    if term["type"] == "activation":
        need(term["by"] - max(iat, nbf) <= 400 * DAY, "term-too-long")


def check_consistency(claims):
    check_term(claims)
    grant = claims["license"]
    by_key = grant.get("binding", {}).get("type") == "host-key"
    need(by_key == ("cnf" in claims), "claims-inconsistent")
    need(("status" in claims) == ("status" in grant["needs"]), "claims-inconsistent")
    for pool in grant.get("pools", {}).values():
        ids = [lot["id"] for lot in pool["lots"]]
        need(len(ids) == len(set(ids)), "claims-inconsistent")
        for lot in pool["lots"]:
            need(not ("from" in lot and "until" in lot) or lot["until"] > lot["from"], "claims-inconsistent")


def check_limits(row, claims):
    limits = row.get("limits", {})
    need(claims["aud"] in limits.get("products", [claims["aud"]]), "key-products")
    kind = claims["license"]["kind"]
    need(kind in limits.get("kinds", [kind]), "key-kinds")
    if "longest" in limits:
        endless = claims["license"]["term"]["type"] == "perpetual"
        need(not endless and latest_term(claims)[1] <= limits["longest"] * DAY, "key-longest")


def issuing_key(trust, signed):
    try:
        return trust.key(signed.header["kid"], "issuing")
    except Fault:
        found = trust.test.newest.keys.get(signed.header["kid"]) if trust.test else None
        if found is not None and jwt_holds(found[1], signed):
            raise Fault("test-license") from None
        raise


def genuine(raw, trusted):
    """Claims, trust and shard of a file, or a Fault."""
    blocks = blocks_of(raw)
    need(len(blocks) <= 96, "file-blocks")
    need(blocks[0][0] == "LICENSE", "file-blocks")
    labels = [label for label, _ in blocks]
    ranks = [name for name, _ in ORDER]
    need(all(label in ranks for label in labels), "file-blocks")
    need(labels == sorted(labels, key=ranks.index), "file-blocks")
    need(all(labels.count(label) <= most for label, most in ORDER), "file-blocks")
    signed = compact(blocks[0][1], "LICENSE")
    trust = trusted.copy()
    trust.extend([root_text(body) for label, body in blocks if label == "TRUST ROOT"])
    key, row = issuing_key(trust, signed)
    need(jwt_holds(key, signed), "signature-invalid")
    claims = json_object(from_base64url(signed.payload))
    agree_with_pyjwt(key, signed, claims)
    if isinstance(claims.get("license"), dict):
        check_schema(claims["license"], "license")
    need(is_document(claims, "license"), "claims-invalid")
    check_consistency(claims)
    check_window(row, claims["iat"])
    check_limits(row, claims)
    shards = carried_shards(trust, [body for label, body in blocks if label == "STATUS LIST"])
    return claims, trust, shards, blocks


def root_text(body):
    need(len(body) <= 43692, "document-too-large")
    return text_of(from_base64(body))


def agree_with_pyjwt(key, signed, claims):
    """PyJWT must read the same claims; its own judgement of times is left out, as it knows no grace."""
    if signed.header["alg"] != "EdDSA":
        return
    token = signed.input.decode() + "." + to_base64url(signed.signature)
    off = {name: False for name in ("verify_exp", "verify_nbf", "verify_iat", "verify_aud", "verify_iss")}
    public = Ed25519PublicKey.from_public_bytes(key)
    assert jwt.decode(token, public, algorithms=["EdDSA"], options=off) == claims


def host_matches(claims, host):
    binding = claims["license"].get("binding")
    if binding is None:
        return True
    if binding["type"] == "host-key":
        return host.get("key") == claims["cnf"]["jkt"]
    value = host.get("ids", {}).get(binding["source"])
    if value is None:
        return False
    salted = b"\x03" + from_base64url(binding["salt"]) + unicodedata.normalize("NFC", value).encode()
    return to_base64url(hashlib.sha256(salted).digest()) == binding["digest"]


def state_at(claims, now, bit, activated):
    """State, code and when the calendar changes it."""
    if bit in ("revoked", "suspended"):
        return bit, f"license-{bit}"
    term, trial = claims["license"]["term"], claims["license"]["kind"] == "trial"
    running = ("trial" if trial else "active", None)
    over = ("trial-expired", "trial-expired") if trial else ("expired", "license-expired")
    if now < claims["nbf"]:
        return "pending", "license-pending"
    if term["type"] == "perpetual":
        return running
    until, end = term.get("until"), claims["exp"]
    if term["type"] == "activation":
        if activated is None or activated >= term["by"]:
            return ("pending", "license-not-activated") if now < term["by"] else over
        until = activated_until(activated, term["duration"])
        end = midnight_after(last_day_from(utc_day(until), term["grace"])) if "grace" in term else until
        until, end = min(until, claims["exp"]), min(end, claims["exp"])
    if now < until:
        return running
    return ("grace", "license-grace") if now < end else over


def verdict(raw, trusted, vector, asked=True):
    """The outcome of a vector, in the words of its member `expected`."""
    try:
        claims, trust, carried, _ = genuine(raw, trusted)
    except Fault as fault:
        return {"arm": "rejected", "code": fault.code}
    grant = claims["license"]
    shards = carried + [Shard(trusted, text) for text in vector.get("shards", [])]
    bit = None
    try:
        root = trust.newest.claims
        fits(claims["iss"] == root["iss"], "vendor-mismatch")
        product = vector["product"] if asked else None
        fits(product in (None, claims["aud"]), "product-mismatch")
        fits(root["version"] >= grant["needs"]["root"], "root-needed")
        if "status" in claims:
            named = claims["status"]["status_list"]
            ours = [shard for shard in shards if shard.uri == named["uri"]]
            newest = max(ours, key=lambda shard: shard.version, default=None)
            fits(newest is not None and newest.version >= grant["needs"]["status"], "status-needed")
            bit = newest.at(named["idx"])
            fits(bit is not None, "status-needed")
        installed = vector.get("installed")
        newer = installed and installed["id"] == grant["id"] and installed["revision"] > grant["revision"]
        fits(not newer, "revision-older")
        fits(not asked or host_matches(claims, vector.get("host", {})), "host-mismatch")
    except Refused as refusal:
        return {"arm": "refused", "code": refusal.code}
    now, floor = vector["now"], vector.get("floor", 0)
    state, code = state_at(claims, max(now, floor), bit, vector.get("activated"))
    outcome = {"arm": "usable", "state": state}
    if code is not None:
        outcome["code"] = code
    conditions = []
    if now < max(claims["iat"], floor) - DAY:
        conditions.append("clock-before-issue")
    if now >= root["exp"]:
        conditions.append("root-expired")
    if conditions:
        outcome["conditions"] = conditions
    return outcome
