"""The part of JSON Schema that the published schemas of Counterfoil use, in the order of their members."""
import json
import pathlib
import re

FOLDER = pathlib.Path(__file__).parents[2] / "schemas" / "json"
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.schema.json")}


def translated(pattern):
    """ECMAScript's `$` is Python's `\\Z`: here `$` would match before a line feed."""
    return re.sub(r"\$$", r"\\Z", pattern)


def conforms(value, schema, home):
    if "$ref" in schema:
        file, _, pointer = schema["$ref"].partition("#")
        home = file or home
        schema = SCHEMAS[home]
        for name in pointer.strip("/").split("/"):
            schema = schema[name]
        return conforms(value, schema, home)
    if "type" in schema:
        kind = TYPES[schema["type"]]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            return False
    if "const" in schema and (value != schema["const"] or isinstance(value, bool)):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "oneOf" in schema and sum(conforms(value, each, home) for each in schema["oneOf"]) != 1:
        return False
    if isinstance(value, str):
        return string_conforms(value, schema)
    if isinstance(value, int):
        return schema.get("minimum", value) <= value <= schema.get("maximum", value)
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            return False
        return all(conforms(item, schema.get("items", {}), home) for item in value)
    if isinstance(value, dict):
        return object_conforms(value, schema, home)
    return True


def string_conforms(value, schema):
    if len(value) > schema.get("maxLength", len(value)):
        return False
    return "pattern" not in schema or re.search(translated(schema["pattern"]), value) is not None


def object_conforms(value, schema, home):
    if len(value) > schema.get("maxProperties", len(value)):
        return False
    if any(name not in value for name in schema.get("required", [])):
        return False
    known = schema.get("properties", {})
    for name, item in value.items():
        if not conforms(name, schema.get("propertyNames", {}), home):
            return False
        if not conforms(item, known.get(name, schema.get("additionalProperties", {})), home):
            return False
    return True


def is_document(value, name):
    home = f"{name}.schema.json"
    return conforms(value, SCHEMAS[home], home)
