"""Named checks of one script: each prints `PASS <name>` or `FAIL <name>: <what differed>` on a line of its own.

A script is called with the path of a JSON file in which the scripts of one series leave ids for each other.
"""
import json
import math
import os
import sys
import traceback

# The SDK replaces sys.stdout to capture what is printed; the results go past it.
_OUT = os.dup(1)
_CHECKS = []


class Difference(Exception):
    pass


def check(name):
    def register(function):
        _CHECKS.append((name, function))
        return function

    return register


def equal(what, expected, actual, tolerance=0.0):
    """Fails with the paths at which two values differ. Floats may differ by a relative tolerance."""
    found = list(_differences(expected, actual, tolerance, what))
    if found:
        raise Difference("; ".join(found[:5]) + (" ..." if len(found) > 5 else ""))


def true(what, condition):
    if not condition:
        raise Difference(what)


def contains(what, part, whole):
    if part not in whole:
        raise Difference("%s: no %r in %.2000r" % (what, part, whole))


def main():
    """Runs the checks in their order, all of them, with the state that former scripts left."""
    path = sys.argv[1]
    state = {}
    if os.path.exists(path):
        with open(path) as file:
            state = json.load(file)
    failures = 0
    for name, function in _CHECKS:
        failures += not _passes(name, function, state)
        with open(path, "w") as file:
            json.dump(state, file, indent=1)
    sys.exit(1 if failures else 0)


def _passes(name, function, state):
    try:
        function(state)
    except Exception as error:
        detail = str(error) if isinstance(error, Difference) else "%r\n%s" % (error, traceback.format_exc())
        _report("FAIL %s: %s" % (name, detail.strip().replace("\n", "\\n")))
        return False
    _report("PASS " + name)
    return True


def _report(line):
    os.write(_OUT, ("\n" + line + "\n").encode("utf-8", "backslashreplace"))


def _differences(expected, actual, tolerance, path):
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted(set(expected) | set(actual), key=str):
            below = "%s[%r]" % (path, key)
            if key not in actual:
                yield "%s is missing" % below
            elif key not in expected:
                yield "%s is unexpected: %.200r" % (below, actual[key])
            else:
                yield from _differences(expected[key], actual[key], tolerance, below)
    elif isinstance(expected, (list, tuple)) and isinstance(actual, (list, tuple)):
        if len(expected) != len(actual):
            yield "%s: %d items instead of %d" % (path, len(actual), len(expected))
        for index, pair in enumerate(zip(expected, actual)):
            yield from _differences(pair[0], pair[1], tolerance, "%s[%d]" % (path, index))
    elif not _same(expected, actual, tolerance):
        yield "%s: expected %.500r, got %.500r" % (path, expected, actual)


def _same(expected, actual, tolerance):
    numbers = all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in (expected, actual))
    if numbers and tolerance:
        return math.isclose(expected, actual, rel_tol=tolerance, abs_tol=tolerance)
    return expected == actual
