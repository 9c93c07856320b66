"""Checks requests and made answers against an OpenAPI (2 or 3) description of an API, read from wherever it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

Description = Mapping[str, Any]


def request_problems(api: Description, path: str, method: str = "get") -> list[str]:
    """What a request would be that its API does not describe: no such path, or a wrong part of the query."""
    place, _, query = path.partition("?")
    operation = find_operation(api, place, method)
    if operation is None:
        return [f"{method} {place} is not described"]
    known = {str(each["name"]): each for each in operation["parameters"] if each.get("in") == "query"}
    given = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    problems = [f"{place} is deprecated"] if operation.get("deprecated") else []
    for name, value in given:
        described = known.get(name) or known.get(name.removesuffix("[]"))
        if described is None:
            problems.append(f"{place} takes no {name}")
        elif problem := _value_problem(described.get("schema", described), value):
            problems.append(f"{place}: {name}={value} {problem}")
    sent = {name.removesuffix("[]") for name, _ in given}
    missing = {name for name, each in known.items() if each.get("required")} - sent
    return problems + [f"{place} wants {name}" for name in sorted(missing)]


def answer_problems(api: Description, path: str, answer: Any) -> list[str]:
    """The fields of a made answer that the API does not describe: nothing may rest on them."""
    operation = find_operation(api, path.partition("?")[0], "get")
    if operation is None:
        return [f"{path} is not described"]
    response = resolve(api, operation["responses"]["200"])
    schema = response.get("schema") or next(iter(response["content"].values()))["schema"]
    return list(_unknown_fields(api, schema, answer, path.partition("?")[0]))


def find_operation(api: Description, place: str, method: str) -> dict[str, Any] | None:
    """What is described of a path, its parameters in one list; a path of letters goes before one with slots."""
    for template in sorted(api["paths"], key=lambda each: each.count("{")):
        pattern = re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, place) and method in api["paths"][template]:
            shared = api["paths"][template].get("parameters", [])
            found = api["paths"][template][method]
            every = [resolve(api, each) for each in (*shared, *found.get("parameters", []))]
            return {**found, "parameters": every}
    return None


def resolve(api: Description, node: Mapping[str, Any]) -> Mapping[str, Any]:
    """A node of the description, where it refers to another one."""
    while "$ref" in node:
        found: Any = api
        for part in str(node["$ref"]).removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def _value_problem(schema: Mapping[str, Any], value: str) -> str:
    kind = schema.get("type")
    if kind == "array":
        return _value_problem(schema.get("items", {}), value)
    if kind == "integer" and not value.isdigit():
        return "is no number"
    if kind == "integer" and int(value) > schema.get("maximum", int(value)):
        return "is too much"
    if kind == "boolean" and value not in {"true", "false"}:
        return "is no flag"
    return f"is none of {schema['enum']}" if "enum" in schema and value not in schema["enum"] else ""


def _unknown_fields(api: Description, schema: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:
    schema = resolve(api, schema)
    if isinstance(value, list):
        for each in value:
            yield from _unknown_fields(api, schema.get("items", {}), each, f"{where}[]")
    elif isinstance(value, dict):
        parts = [schema, *(resolve(api, part) for name in ("allOf", "anyOf", "oneOf") for part in schema.get(name, []))]
        known = {name: inner for part in parts for name, inner in part.get("properties", {}).items()}
        for name, inner in value.items():
            if not known:
                continue  # an object of which nothing is said
            if name not in known:
                yield f"{where}.{name}"
            else:
                yield from _unknown_fields(api, known[name], inner, f"{where}.{name}")
