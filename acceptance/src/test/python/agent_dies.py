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


@check("a task that an agent got and never started is run by another one")
def pulled(state):
    queue = new_queue("returns")
    task = new_task("returns", "", new_project())
    enqueue(task, queue)
    # What an agent does right before it dies.
    got = client().queues.get_next_task(queue=queue_id(queue))
    equal("task", task, got.entry.task)
    equal("status", "queued", status(task))
    agent = Agent("other", [queue])
    await_status(task, "completed")
    equal("worker", agent.id, client().tasks.get_by_id(task=task).last_worker)
    agent.stop()


@check("a run whose agent was killed is stopped, and says why")
def killed(state):
    queue = new_queue("dies")
    task = new_task("killed", "print('waits')" + flag("killed")[0], new_project())
    enqueue(task, queue)
    agent = Agent("dies", [queue])
    await_console(task, "waits")
    agent.kill()
    equal("status", "in_progress", await_status(task, "in_progress"))
    await_status(task, "stopped")
    contains("reason", "non-responsive", client().tasks.get_by_id(task=task).status_reason)


if __name__ == "__main__":
    try:
        main()
    finally:
        end_all()
