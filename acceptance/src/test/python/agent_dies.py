"""The machine of an agent dies in the middle of a run."""
from agents import Agent, await_console, await_status, client, end_all, enqueue, flag, new_project, new_queue, new_task
from checks import check, contains, equal, main


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
