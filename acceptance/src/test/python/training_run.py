"""A training run that reports one of everything, as a user's script does."""
import os
import sys
import tempfile
import uuid

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy
import pandas
import plotly.graph_objects as go
from clearml import OutputModel, Task

import expected
from checks import check, equal, main, true

FOLDER = os.path.dirname(os.path.abspath(sys.argv[1]))
task = None


@check("Task.init creates a task in a nested project")
def create(state):
    global task
    state["project"] = "Acceptance %s/nested ü/training" % uuid.uuid4().hex[:8]
    task = Task.init(
        project_name=state["project"],
        task_name="training run $ü.1",
        tags=expected.TAGS,
        reuse_last_task_id=False,
        output_uri=True,
    )
    state["task"] = task.id
    task.set_comment(expected.COMMENT)
    status = task.get_status()
    true("status is %s" % status, status == "in_progress")


@check("parameters and configurations are connected")
def connect(state):
    connected = task.connect(dict(expected.PARAMETERS), name="Args ü.$")
    equal("connected parameters", expected.PARAMETERS, dict(connected))
    task.connect({"simple": 1})
    task.connect_configuration(dict(expected.CONFIGURATION), name=expected.CONFIGURATION_NAME)
    path = os.path.join(FOLDER, "free.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(expected.CONFIGURATION_TEXT)
    task.connect_configuration(path, name="text")


@check("2,000 scalars, NaN and single values are reported")
def scalars(state):
    logger = task.get_logger()
    for (title, series), values in expected.SERIES.items():
        for iteration, value in enumerate(values):
            logger.report_scalar(title, series, value, iteration)
    for iteration, value in enumerate([1.0, float("nan"), 3.0]):
        logger.report_scalar("nan", "some", value, iteration)
    for name, value in expected.SINGLE_VALUES.items():
        logger.report_single_value(name, value)


@check("plots are reported")
def plots(state):
    logger = task.get_logger()
    logger.report_histogram("histogram", "h", numpy.array(expected.HISTOGRAM), iteration=1, xlabels=list("abcdefgh"))
    logger.report_scatter2d("scatter", "s", numpy.array(expected.SCATTER), iteration=1, mode="markers")
    logger.report_confusion_matrix("confusion", "c", numpy.array(expected.CONFUSION), iteration=1)
    logger.report_table("table", "t", iteration=1, table_plot=pandas.DataFrame(expected.TABLE))
    figure = go.Figure(data=[go.Bar(x=["a", "b"], y=[3, 4])])
    logger.report_plotly("plotly ü", "p.$", iteration=1, figure=figure)
    drawn = plt.figure()
    plt.plot([1, 2, 3], [4, 5, 6])
    logger.report_matplotlib_figure("matplotlib", "m", drawn, iteration=1, report_interactive=False)
    plt.close(drawn)


@check("debug images are reported")
def images(state):
    for iteration in range(3):
        path = expected.image(FOLDER, iteration)
        task.get_logger().report_image("images ü", "picture", iteration=iteration, local_path=path)


@check("text is reported and printed")
def console(state):
    for line in expected.TEXT_LINES:
        task.get_logger().report_text(line, print_console=False)
    for line in expected.PRINTED_LINES:
        print(line)


@check("artifacts are uploaded")
def artifacts(state):
    true("dict", task.upload_artifact("a dict", expected.ARTIFACT_DICT, wait_on_upload=True))
    true("numpy", task.upload_artifact("numpy", numpy.arange(1000.0).reshape(10, 100), wait_on_upload=True))
    true("pandas", task.upload_artifact("pandas.ü", pandas.DataFrame(expected.TABLE), wait_on_upload=True))
    true("file", task.upload_artifact("file", expected.big_file(FOLDER), wait_on_upload=True))
    true("folder", task.upload_artifact("folder $", expected.tree(FOLDER), wait_on_upload=True))


@check("an output model is uploaded and published")
def model(state):
    output = OutputModel(
        task=task,
        name="model ü.$",
        framework="PyTorch",
        config_dict=expected.MODEL_CONFIGURATION,
        label_enumeration=expected.LABELS,
        tags=["acceptance"],
    )
    output.update_weights(weights_filename=expected.weights(FOLDER), auto_delete_file=False, iteration=7)
    output.wait_for_uploads()
    output.set_all_metadata(expected.METADATA)
    output.publish()
    state["model"] = output.id


@check("the task is closed and completed")
def close(state):
    task.flush(wait_for_uploads=True)
    task.close()
    true("status is %s" % task.get_status(), task.get_status() == "completed")


if __name__ == "__main__":
    tempfile.tempdir = FOLDER
    main()
