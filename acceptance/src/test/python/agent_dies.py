"""The machine of an agent dies: before the start of a task that it has got, and in the middle of a run."""
from agents import (
    Agent,
    await_console,
    await_status,
    client,
    end_all,
    enqueue,
    flag,
    new_project,
    new_queue,
    new_task,
    queue_id,
    status,
)
from checks import check, contains, equal, main


run = {}


@check("the machine of an agent loses its power while a task runs")
def powerless(state):
    run["queue"] = new_queue("returns")
    run["pulled"] = new_task("returns", "", new_project())
    enqueue(run["pulled"], run["queue"])
    # What an agent does right before it dies.
    got = client().queues.get_next_task(queue=queue_id(run["queue"]))
    equal("task", run["pulled"], got.entry.task)
    equal("status", "queued", status(run["pulled"]))
    queue = new_queue("dies")
    run["killed"] = new_task("killed", "print('waits')" + flag("killed")[0], new_project())
    enqueue(run["killed"], queue)
    agent = Agent("dies", [queue])
    await_console(run["killed"], "waits")
    agent.kill()
    equal("status", "in_progress", await_status(run["killed"], "in_progress"))


@check("a task that an agent got and never started is run by another one")
def pulled(state):
    agent = Agent("other", [run["queue"]])
    await_status(run["pulled"], "completed")
    equal("worker", agent.id, client().tasks.get_by_id(task=run["pulled"]).last_worker)
    agent.stop()


@check("a run whose agent was killed is stopped, and says why")
def killed(state):
    await_status(run["killed"], "stopped")
    contains("reason", "non-responsive", client().tasks.get_by_id(task=run["killed"]).status_reason)


if __name__ == "__main__":
    try:
        main()
    finally:
        end_all()
