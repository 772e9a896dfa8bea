"""Runs that end badly: one that raises and one that is killed."""
import os
import re
import signal
import subprocess
import sys
import time

from clearml import Task
from clearml.backend_api.session.client import APIClient

from checks import check, contains, equal, main, true

RUN = """
import sys, time
from clearml import Task
task = Task.init(project_name={project!r}, task_name={name!r}, reuse_last_task_id=False, auto_resource_monitoring=False)
for i in range(100):
    task.get_logger().report_scalar("loss", "train", float(i), i)
task.flush(wait_for_uploads=True)
print("TASK " + task.id, flush=True)
{end}
"""


def start(state, name, end):
    code = RUN.format(project=state["project"] + "/ended", name=name, end=end)
    path = os.path.join(os.path.dirname(os.path.abspath(sys.argv[1])), name + ".py")
    with open(path, "w") as file:
        file.write(code)
    return subprocess.Popen([sys.executable, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def task_of(output):
    found = re.search(r"^TASK ([0-9a-f]{32})", output, re.M)
    true("the run printed no task:\n" + output[-2000:], found)
    return found.group(1)


@check("a run that raises is failed, with the exception in its console")
def raises(state):
    process = start(state, "raising", "raise ValueError('on purpose ü')")
    output = process.communicate(timeout=180)[0]
    task = Task.get_task(task_id=task_of(output))
    true("exit status is %d" % process.returncode, process.returncode != 0)
    equal("status", "failed", str(task.get_status()))
    contains("reason", "on purpose ü", task.data.status_reason or task.data.status_message or "")
    contains("console", "on purpose ü", "\n".join(task.get_reported_console_output(1000)))
    equal("values", 100, len(task.get_reported_scalars()["loss"]["train"]["y"]))


@check("a run that exits with a code is failed")
def exits(state):
    process = start(state, "exiting", "sys.exit(3)")
    output = process.communicate(timeout=180)[0]
    equal("status", "failed", str(Task.get_task(task_id=task_of(output)).get_status()))


@check("a run that is killed stays in progress with what it reported, and can be stopped")
def killed(state):
    process = start(state, "killed", "time.sleep(600)")
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("TASK "):
            break
    time.sleep(1)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    task = Task.get_task(task_id=task_of("".join(lines)))
    equal("status", "in_progress", str(task.get_status()))
    equal("values", [float(i) for i in range(100)], list(task.get_reported_scalars()["loss"]["train"]["y"]))
    task.mark_stopped(force=True, status_message="was killed")
    found = Task.get_task(task_id=task.id)
    equal("status", "stopped", str(found.get_status()))


@check("a run that is aborted from elsewhere ends as stopped")
def aborted(state):
    process = start(state, "aborted", "time.sleep(600)")
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("TASK "):
            break
    task = Task.get_task(task_id=task_of("".join(lines)))
    try:
        APIClient().tasks.stop(task=task.id, status_message="enough")
        process.communicate(timeout=180)
    finally:
        process.kill()
    equal("status", "stopped", str(Task.get_task(task_id=task.id).get_status()))


if __name__ == "__main__":
    main()
