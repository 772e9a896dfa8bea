"""An agent on two queues runs what users do: tasks that succeed, fail, are aborted, and come from the SDK."""
import os
import subprocess
import sys

from clearml import Task

from agents import (
    FOLDER,
    Agent,
    await_console,
    await_status,
    client,
    console,
    end_all,
    enqueue,
    flag,
    has_left,
    new_project,
    new_queue,
    new_task,
    wait_until,
    workers,
)
from checks import check, contains, equal, main, true

SUCCEEDS = """
for i in range(50):
    task.get_logger().report_scalar("loss", "train", 1.0 / (i + 1), i)
print("the last line ü")
"""
REMOTE = """
from clearml import Task
task = Task.init(project_name={project!r}, task_name="remote", reuse_last_task_id=False,
                 auto_connect_frameworks=False, auto_resource_monitoring=False)
print("TASK " + task.id, flush=True)
parameters = task.connect(dict(x=1))
task.execute_remotely(queue_name={queue!r}, clone=False, exit_process=True)
print("x is %d over there" % parameters["x"])
"""
run = {}


@check("an agent takes tasks from its first queue first")
def priorities(state):
    run["high"], run["low"], run["project"] = new_queue("high"), new_queue("low"), new_project()
    low = new_task("low", "", run["project"])
    high = new_task("high", SUCCEEDS, run["project"])
    enqueue(low, run["low"])
    enqueue(high, run["high"])
    run["agent"] = Agent("first", [run["high"], run["low"]])
    await_status(low, "completed")
    await_status(high, "completed")
    tasks = client().tasks
    started = [tasks.get_by_id(task=task).started for task in (high, low)]
    true("started %s, then %s" % tuple(started), started[0] < started[1])
    run["done"] = high


@check("a run leaves its console, its scalars and who ran it")
def traces(state):
    task = Task.get_task(task_id=run["done"])
    scalars = task.get_reported_scalars()["loss"]["train"]
    equal("values", [1.0 / (i + 1) for i in range(50)], list(scalars["y"]), 1e-6)
    contains("console", "the last line ü", console(run["done"]))
    contains("console", "begun in an agent", console(run["done"]))
    equal("worker", run["agent"].id, task.data.last_worker)
    contains("message", run["agent"].id, task.data.status_message)


@check("the agent is listed with its queues and its task")
def listed(state):
    Agent("second", [run["high"], run["low"]])
    run["aborted"] = new_task("aborted", "print('waits')" + flag("abort")[0], run["project"])
    run["failing"] = new_task("failing", "raise ValueError('on purpose ü')", run["project"])
    enqueue(run["aborted"], run["high"])
    enqueue(run["failing"], run["low"])
    await_console(run["aborted"], "waits")
    found = wait_until(
        lambda: [worker for worker in workers().values() if worker.task and worker.task.id == run["aborted"]],
        "a worker has the task",
    )[0]
    equal("queues", sorted([run["high"], run["low"]]), sorted(queue.name for queue in found.queues))


@check("a task that is aborted while it runs is stopped")
def aborted(state):
    client().tasks.stop(task=run["aborted"])
    await_status(run["aborted"], "stopped")
    wait_until(lambda: "aborted" in console(run["aborted"]), "the console tells who stopped it")


@check("a task that raises is failed, and its console says why")
def failing(state):
    await_status(run["failing"], "failed")
    await_console(run["failing"], "on purpose ü")
    contains("reason", "exit code 1", Task.get_task(task_id=run["failing"]).data.status_reason)


@check("a script goes on in an agent by execute_remotely")
def remotely(state):
    path = os.path.join(FOLDER, "remote.py")
    with open(path, "w") as file:
        file.write(REMOTE.format(project="Agents remote", queue=run["high"]))
    clone = Task.clone(source_task=run["done"], name="clone")
    run["clone"] = clone.id
    Task.enqueue(clone, queue_name=run["low"])
    # The folder is inside of the project's repository, and the script must not seem to belong to it.
    alone = dict(os.environ, GIT_CEILING_DIRECTORIES=os.path.dirname(FOLDER))
    output = subprocess.run(
        [sys.executable, path], cwd=FOLDER, env=alone, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=240
    )
    text = output.stdout.decode("utf-8", "replace")
    true("it printed no task:\n" + text, "TASK " in text)
    true("it did not end:\n" + text, "over there" not in text)
    task = text.split("TASK ", 1)[1][:32]
    await_status(task, "completed")
    await_console(task, "x is 1 over there")


@check("a clone runs by Task.enqueue")
def clone(state):
    await_status(run["clone"], "completed")
    equal("values", 50, len(Task.get_task(task_id=run["clone"]).get_reported_scalars()["loss"]["train"]["y"]))


@check("an agent that ends is no longer registered")
def ended(state):
    before = workers()[run["agent"].id]
    run["agent"].stop()
    has_left(before)


if __name__ == "__main__":
    try:
        main()
    finally:
        end_all()
