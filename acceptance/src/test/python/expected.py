"""What the training run reports, computed the same way by the process that writes and the one that reads."""
import hashlib
import os
import random
import struct
import zlib

ITERATIONS = 500
TAGS = ["acceptance", "with space", "ünïcode"]
COMMENT = "First line\nsecond line with $, . and ü"

PARAMETERS = {
    "lr": 0.001,
    "batch size": 64,
    "name": "plain text",
    "flag": True,
    "empty": "",
    "lines": "one\ntwo",
    "with.dots.in.name": "a.b.c",
    "$dollar$": "$value",
    "__under__": "__x",
    "per%cent": "100%",
    "größe 中文 😀": "weiß 中文 😀",
    "nested": {"inner.dots": 1, "deeper": {"$x": "y", "list": [1, 2, 3]}},
}
# Parameters are kept as text, nesting as a path.
STORED_PARAMETERS = {
    "lr": "0.001",
    "batch size": "64",
    "name": "plain text",
    "flag": "True",
    "empty": "",
    "lines": "one\ntwo",
    "with.dots.in.name": "a.b.c",
    "$dollar$": "$value",
    "__under__": "__x",
    "per%cent": "100%",
    "größe 中文 😀": "weiß 中文 😀",
    "nested/inner.dots": "1",
    "nested/deeper/$x": "y",
    "nested/deeper/list": "[1, 2, 3]",
}
CONFIGURATION_NAME = "my conf.1 $ü"
# Plain text: the SDK itself escapes other characters twice when it writes a dictionary.
CONFIGURATION = {"model": {"layers": [64, 32, {"dropout": 0.5}], "name": "plain"}, "a.b": "dots", "flag": False}
CONFIGURATION_TEXT = "# free text\nkey: [1, 2]\n\tümläut: '$x'\n"

SERIES = {
    ("loss", "train"): [1.0 / (1 + i) for i in range(ITERATIONS)],
    ("loss", "validation"): [2.0 / (1 + i) + 0.25 for i in range(ITERATIONS)],
    ("accuracy.top$", "größe/1"): [i / float(ITERATIONS) for i in range(ITERATIONS)],
    (":lr:", "group 0"): [0.1 * 0.99**i for i in range(ITERATIONS)],
}
SINGLE_VALUES = {"best accuracy": 0.875, "größe.$": -3.5, "count": 12.0}

HISTOGRAM = [3, 1, 4, 1, 5, 9, 2, 6]
SCATTER = [[float(x), float(x * x)] for x in range(10)]
CONFUSION = [[5, 1, 0], [2, 7, 1], [0, 0, 9]]
TABLE = {"name": ["a", "b", "ü"], "value": [1, 2, 3]}

ARTIFACT_DICT = {"a": {"b": [1, 2.5, None, "ü"]}, "flag": True}
LABELS = {"background": 0, "cat": 1, "dög": 2}
MODEL_CONFIGURATION = {"hidden": 128, "layers": [1, 2]}
METADATA = {
    "accuracy": {"key": "accuracy", "value": "0.9", "type": "float"},
    "with.dots $ü": {"key": "with.dots $ü", "value": "x", "type": "str"},
}

TEXT_LINES = ["reported text ü %d" % i for i in range(20)]
PRINTED_LINES = ["printed line ü %d" % i for i in range(20)]


def scalars():
    """Title, then series, then x and y, as get_reported_scalars gives them."""
    found = {}
    for (title, series), values in SERIES.items():
        found.setdefault(title, {})[series] = {"name": series, "x": list(range(ITERATIONS)), "y": values}
    return found


def big_file(folder):
    """50 MB that do not compress."""
    return _file(folder, "big.bin", lambda: random.Random(1).randbytes(50 * 1000 * 1000))


def weights(folder):
    return _file(folder, "weights ü.pkl", lambda: random.Random(2).randbytes(3 * 1000 * 1000))


def image(folder, iteration):
    """A small picture whose bytes tell the iteration."""
    return _file(folder, "image%d.png" % iteration, lambda: _png(16, 16, iteration))


def tree(folder):
    """A folder with sub-folders, an empty file and a name that is not ASCII."""
    path = os.path.join(folder, "tree")
    os.makedirs(os.path.join(path, "sub", "deep"), exist_ok=True)
    for name, content in (("a.txt", b"a"), ("empty", b""), ("sub/ü b.bin", bytes(range(256))), ("sub/deep/c", b"c" * 9999)):
        with open(os.path.join(path, name), "wb") as file:
            file.write(content)
    return path


def contents(folder):
    """Relative path to SHA-256 of every file below a folder."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            found[os.path.relpath(path, folder)] = sha256(path)
    return found


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def _file(folder, name, content):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        with open(path, "wb") as file:
            file.write(content())
    return path


def _png(width, height, shade):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + bytes((shade * 10 % 256, x * 9 % 256, y * 9 % 256)[c] for x in range(width) for c in range(3)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
