"""Reads the training run in another process and compares it value by value."""
import json
import os
import sys

import numpy
import pandas
from clearml import InputModel, StorageManager, Task

import expected
from checks import check, contains, equal, main, true

FOLDER = os.path.dirname(os.path.abspath(sys.argv[1]))
# Elasticsearch keeps values as 32-bit floats.
SINGLE_PRECISION = 1e-6


def run(state):
    return Task.get_task(task_id=state["task"])


@check("status, name, project, tags and comment are what was set")
def description(state):
    task = run(state)
    equal("status", "completed", str(task.get_status()))
    equal("name", "training run $ü.1", task.name)
    equal("project", state["project"], task.get_project_name())
    equal("tags", sorted(expected.TAGS), sorted(task.get_tags()))
    equal("comment", expected.COMMENT, task.comment)
    equal("type", "training", str(task.task_type))
    true("started %s, completed %s" % (task.data.started, task.data.completed), task.data.started < task.data.completed)
    equal("last iteration", expected.ITERATIONS - 1, task.get_last_iteration())


@check("every parameter comes back")
def parameters(state):
    found = run(state).get_parameters()
    wanted = {"Args ü.$/" + name: value for name, value in expected.STORED_PARAMETERS.items()}
    wanted["General/simple"] = "1"
    equal("parameters", wanted, {name: value for name, value in found.items() if name.split("/")[0] in ("Args ü.$", "General")})


@check("configurations come back")
def configuration(state):
    task = run(state)
    equal("dictionary", expected.CONFIGURATION, task.get_configuration_object_as_dict(expected.CONFIGURATION_NAME))
    equal("text", expected.CONFIGURATION_TEXT, task.get_configuration_object("text"))
    equal("names", {expected.CONFIGURATION_NAME, "text"}, set(task.get_configuration_objects()))


@check("every scalar comes back")
def scalars(state):
    found = run(state).get_reported_scalars()
    wanted = expected.scalars()
    equal("scalars", wanted, {title: found.get(title) for title in wanted}, SINGLE_PRECISION)


@check("NaN is what the SDK makes of it")
def not_a_number(state):
    found = run(state).get_reported_scalars()
    equal("series", {"name": "some", "x": [0, 1, 2], "y": [1.0, 0.0, 3.0]}, found["nan"]["some"], SINGLE_PRECISION)


@check("single values come back")
def single_values(state):
    equal("single values", expected.SINGLE_VALUES, run(state).get_reported_single_values(), SINGLE_PRECISION)


@check("last, smallest and largest values are kept")
def last_metrics(state):
    found = run(state).get_last_scalar_metrics()
    for (title, series), values in expected.SERIES.items():
        kept = found[title][series]
        wanted = {"last": values[-1], "min": min(values), "max": max(values)}
        equal("%s/%s" % (title, series), wanted, {name: kept.get(name) for name in wanted}, SINGLE_PRECISION)
    equal("a single value", 0.875, found["Summary"]["best accuracy"]["last"], SINGLE_PRECISION)


@check("the six plots come back with their numbers")
def plots(state):
    found = {(p["metric"], p["variant"]): json.loads(p["plot_str"]) for p in run(state).get_reported_plots()}
    wanted = {("histogram", "h"), ("scatter", "s"), ("confusion", "c"), ("table", "t"), ("plotly ü", "p.$"), ("matplotlib", "m")}
    equal("plots", sorted(wanted), sorted(found))
    equal("histogram", expected.HISTOGRAM, list(found["histogram", "h"]["data"][0]["y"]))
    scatter = found["scatter", "s"]["data"][0]
    equal("scatter", expected.SCATTER, [list(point) for point in zip(scatter["x"], scatter["y"])])
    equal("confusion", expected.CONFUSION, found["confusion", "c"]["data"][0]["z"])
    contains("table", "ü", json.dumps(found["table", "t"]["data"][0]["cells"], ensure_ascii=False))
    bar = found["plotly ü", "p.$"]["data"][0]
    equal("plotly", (["a", "b"], [3, 4]), (list(bar["x"]), list(bar["y"])))


@check("the picture of the matplotlib figure can be fetched")
def figure(state):
    found = [json.loads(p["plot_str"]) for p in run(state).get_reported_plots() if p["metric"] == "matplotlib"]
    source = found[0]["layout"]["images"][0]["source"]
    path = StorageManager.get_local_copy(source)
    with open(path, "rb") as file:
        true("it is no picture: %s" % source, file.read(8) in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00\x10JF"))


@check("debug images come back byte by byte")
def images(state):
    found = run(state).get_debug_samples("images ü", "picture", n_last_iterations=10)
    equal("iterations", [0, 1, 2], sorted(event["iteration"] if "iteration" in event else event["iter"] for event in found))
    for event in found:
        iteration = event["iteration"] if "iteration" in event else event["iter"]
        path = StorageManager.get_local_copy(event["url"])
        equal("image %d" % iteration, expected.sha256(expected.image(FOLDER, iteration)), expected.sha256(path))


@check("reported and printed text is in the console")
def console(state):
    text = "\n".join(run(state).get_reported_console_output(number_of_reports=1000))
    for line in expected.TEXT_LINES + expected.PRINTED_LINES:
        contains("console", line, text)
    places = [text.index(line) for line in expected.TEXT_LINES]
    equal("order of the lines", sorted(places), places)


@check("a dict, an array and a frame come back as objects")
def objects(state):
    artifacts = run(state).artifacts
    equal("names", {"a dict", "numpy", "pandas.ü", "file", "folder $"}, set(artifacts) - {"auxiliary_git_diff"})
    equal("dict", expected.ARTIFACT_DICT, artifacts["a dict"].get())
    array = artifacts["numpy"].get()
    array = array[array.files[0]] if hasattr(array, "files") else array
    true("the array differs", numpy.array_equal(numpy.arange(1000.0).reshape(10, 100), array))
    frame = artifacts["pandas.ü"].get()
    equal("frame", expected.TABLE, {name: list(frame[name]) for name in expected.TABLE})


@check("a file of 50 MB comes back with its size and hash")
def file(state):
    artifact = run(state).artifacts["file"]
    wanted = expected.sha256(expected.big_file(FOLDER))
    equal("registered hash", wanted, artifact.hash)
    equal("registered size", 50 * 1000 * 1000, artifact.size)
    path = artifact.get_local_copy()
    equal("size", 50 * 1000 * 1000, os.path.getsize(path))
    equal("hash", wanted, expected.sha256(path))


@check("the registered hash of every artifact is that of its bytes")
def hashes(state):
    for name, artifact in run(state).artifacts.items():
        path = artifact.get_local_copy(extract_archive=False)
        equal(name, artifact.hash, expected.sha256(path))


@check("a folder comes back file by file")
def folder(state):
    path = run(state).artifacts["folder $"].get_local_copy()
    equal("files", expected.contents(expected.tree(FOLDER)), expected.contents(path))


@check("the output model comes back with labels, configuration and metadata, published")
def model(state):
    outputs = run(state).models["output"]
    equal("models of the task", [state["model"]], [each.id for each in outputs])
    found = InputModel(model_id=state["model"])
    equal("name", "model ü.$", found.name)
    equal("labels", expected.LABELS, dict(found.labels))
    equal("configuration", expected.MODEL_CONFIGURATION, dict(found.config_dict))
    equal("framework", "PyTorch", found.framework)
    equal("task", state["task"], found.original_task if hasattr(found, "original_task") else found.task)
    true("it is not published", found.published)
    metadata = {key: {name: each[name] for name in ("key", "value", "type")} for key, each in found.get_all_metadata().items()}
    equal("metadata", expected.METADATA, metadata)
    contains("tags", "acceptance", list(found.tags))


@check("the weights come back byte by byte")
def weights(state):
    path = InputModel(model_id=state["model"]).get_weights(raise_on_error=True)
    equal("hash", expected.sha256(expected.weights(FOLDER)), expected.sha256(path))


if __name__ == "__main__":
    pandas.set_option("display.width", 200)
    main()
