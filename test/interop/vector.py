#!/usr/bin/python3
"""Writes a part of a vector for scripts: vector.py NAME file|x|now (x: the issuing key of its first trust root)."""
import base64
import json
import pathlib
import sys

DATA = pathlib.Path(__file__).parents[1] / "vectors" / "data"
name, wanted = sys.argv[1:]
vectors = (
    vector
    for path in DATA.glob("*.json")
    if path.name != "trusts.json"
    for vector in json.loads(path.read_text("utf-8"))
)
vector = next(vector for vector in vectors if vector["name"] == name)
if wanted == "x":
    trust = vector["trust"]
    if isinstance(trust, str):
        trust = json.loads((DATA / "trusts.json").read_text("utf-8"))[trust]
    payload = json.loads(trust["roots"][0])["payload"]
    root = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    sys.stdout.write(root["issuing"][0]["x"])
else:
    sys.stdout.write(str(vector[wanted]))
