"""Task.init that goes on with a former task, or uses it again."""
import json
import os
import subprocess
import sys

from clearml import Task

from checks import check, equal, main, true

RUN = """
import faulthandler, json, sys
faulthandler.dump_traceback_later(150, exit=True)
from clearml import Task
task = Task.init(project_name={project!r}, task_name={name!r}, auto_resource_monitoring=False, **{arguments!r})
for i in range(10):
    task.get_logger().report_scalar("loss", "train", float(i), i)
task.connect({{"kept": 1}})
if {artifact!r}:
    task.upload_artifact("text", "x", wait_on_upload=True)
task.close()
print("RESULT " + json.dumps({{"id": task.id}}), flush=True)
"""


def run(state, name, artifact=False, **arguments):
    code = RUN.format(project=state["project"] + "/continued", name=name, artifact=artifact, arguments=arguments)
    path = os.path.join(os.path.dirname(os.path.abspath(sys.argv[1])), "continued.py")
    with open(path, "w") as file:
        file.write(code)
    # A run that hangs says where before it is ended.
    command = [sys.executable, "-X", "faulthandler", path]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=240)
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    true("the run ended with %d:\n%s" % (done.returncode, done.stdout[-3000:]), done.returncode == 0 and lines)
    return Task.get_task(task_id=json.loads(lines[0][7:])["id"])


@check("continue_last_task goes on after the last iteration of the last run")
def continue_last(state):
    first = run(state, "goes on", reuse_last_task_id=False)
    second = run(state, "goes on", continue_last_task=True)
    equal("id", first.id, second.id)
    expect_continued(second)


@check("continue_last_task goes on with the task that is named")
def continue_named(state):
    first = run(state, "goes on by id", reuse_last_task_id=False)
    run(state, "another", reuse_last_task_id=False)
    second = run(state, "goes on by id", continue_last_task=first.id)
    equal("id", first.id, second.id)
    expect_continued(second)


def expect_continued(task):
    equal("status", "completed", str(task.get_status()))
    series = task.get_reported_scalars()["loss"]["train"]
    equal("iterations", list(range(20)), list(series["x"]))
    equal("values", [float(i) for i in range(10)] * 2, list(series["y"]))
    equal("last iteration", 19, task.get_last_iteration())


@check("a task without results is used again, and cleared")
def reuse(state):
    first = run(state, "reused", reuse_last_task_id=False)
    second = run(state, "reused", reuse_last_task_id=True)
    equal("id", first.id, second.id)
    series = second.get_reported_scalars()["loss"]["train"]
    equal("iterations", list(range(10)), list(series["x"]))
    equal("status", "completed", str(second.get_status()))


@check("a task is used again by its id")
def reuse_by_id(state):
    first = run(state, "reused by id", reuse_last_task_id=False)
    run(state, "in between", reuse_last_task_id=False)
    second = run(state, "reused by id", reuse_last_task_id=first.id)
    equal("id", first.id, second.id)
    equal("iterations", list(range(10)), list(second.get_reported_scalars()["loss"]["train"]["x"]))


@check("without reuse_last_task_id every run is a new task")
def no_reuse(state):
    first = run(state, "not reused", reuse_last_task_id=False)
    second = run(state, "not reused", reuse_last_task_id=False)
    true("both are " + first.id, first.id != second.id)


@check("a task with artifacts is not used again")
def with_artifacts(state):
    first = run(state, "with artifacts", reuse_last_task_id=False, artifact=True)
    second = run(state, "with artifacts", reuse_last_task_id=True)
    true("both are " + first.id, first.id != second.id)
    true("the artifact is gone", "text" in Task.get_task(task_id=first.id).artifacts)


if __name__ == "__main__":
    main()
