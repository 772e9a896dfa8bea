"""The server is restarted while an agent runs a task. Who calls this restarts it some time after `restart.wanted` appears."""
import os

from clearml import Task

from agents import FOLDER, Agent, await_console, await_status, client, end_all, enqueue, flag, new_project, new_queue, new_task, wait_until
from checks import check, equal, main, true

RUN = """
print("waits")
i = 0
while not os.path.exists({path!r}):
    task.get_logger().report_scalar("loss", "train", float(i), i)
    i += 1
    time.sleep(0.2)
print("reported %d" % i)
"""


@check("a run survives a restart of the server, with all that it reported")
def survives(state):
    queue = new_queue("survives")
    path = os.path.join(FOLDER, "enough")
    task = new_task("survives", RUN.format(path=path), new_project())
    enqueue(task, queue)
    Agent("survives", [queue])
    await_console(task, "waits")
    started = client().tasks.get_by_id(task=task).started
    open(os.path.join(FOLDER, "restart.wanted"), "w").close()
    wait_until(lambda: os.path.exists(os.path.join(FOLDER, "restart.done")), "the server is restarted", 330)
    equal("status", "in_progress", await_status(task, "in_progress"))
    open(path, "w").close()
    await_status(task, "completed")
    equal("started", str(started), str(client().tasks.get_by_id(task=task).started))
    values = list(Task.get_task(task_id=task).get_reported_scalars()["loss"]["train"]["y"])
    await_console(task, "reported %d" % len(values))
    equal("values", [float(i) for i in range(len(values))], values)
    true("only %d values" % len(values), len(values) > 20)


if __name__ == "__main__":
    try:
        main()
    finally:
        end_all()
