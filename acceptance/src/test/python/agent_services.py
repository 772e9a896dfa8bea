"""An agent in services mode runs several tasks at once."""
from agents import Agent, await_console, await_status, end_all, enqueue, flag, new_project, new_queue, new_task, status, wait_until, workers
from checks import check, main, true

run = {}


@check("three services run at the same time")
def parallel(state):
    queue, project = new_queue("services"), new_project()
    code, run["go"] = flag("services")
    run["tasks"] = [new_task("service %d" % i, "print('waits')" + code + "print('done')", project) for i in range(3)]
    for task in run["tasks"]:
        enqueue(task, queue)
    run["agent"] = Agent("services", [queue], "--services-mode")
    for task in run["tasks"]:
        await_console(task, "waits")
    true("not all are in progress", all(status(task) == "in_progress" for task in run["tasks"]))


@check("each service is a worker of its own")
def listed(state):
    wait_until(
        lambda: set(run["tasks"]) <= {worker.task.id for worker in workers().values() if worker.task},
        "each task has a worker",
    )


@check("services end by themselves")
def ended(state):
    run["go"]()
    for task in run["tasks"]:
        await_status(task, "completed")
        await_console(task, "done")


if __name__ == "__main__":
    try:
        main()
    finally:
        end_all()
