"""A pipeline of functions, whose steps an agent runs."""
import uuid

from clearml import PipelineController, Task

from agents import Agent, end_all, new_queue
from checks import check, equal, main, true

run = {}


def make_numbers(count):
    return list(range(count))


def add_numbers(data):
    return sum(data)


@check("a pipeline of functions runs to its end")
def pipeline(state):
    queue = new_queue("pipeline")
    run["agent"] = Agent("pipeline", [queue])
    pipe = PipelineController(name="sums", project="Agents %s" % uuid.uuid4().hex, version="1.0.0", pool_frequency=0.03)
    pipe.set_default_execution_queue(queue)
    pipe.add_function_step(
        name="make", function=make_numbers, function_kwargs=dict(count=4), function_return=["data"]
    )
    pipe.add_function_step(
        name="add", function=add_numbers, function_kwargs=dict(data="${make.data}"), function_return=["result"]
    )
    pipe.start_locally(run_pipeline_steps_locally=False)
    run["steps"] = {name: step.executed for name, step in pipe.get_processed_nodes().items()}
    run["pipeline"] = pipe.id
    pipe.stop()


@check("the steps were run by the agent, and handed their results on")
def steps(state):
    equal("steps", {"make", "add"}, set(run["steps"]))
    for name, task in run["steps"].items():
        step = Task.get_task(task_id=task)
        equal("status of " + name, "completed", str(step.get_status()))
        equal("worker of " + name, run["agent"].id, step.data.last_worker)
        equal("parent of " + name, run["pipeline"], step.parent)
    equal("result", "6", Task.get_task(task_id=run["steps"]["add"]).get_parameters()["return/result"])


@check("the pipeline is completed")
def completed(state):
    status = str(Task.get_task(task_id=run["pipeline"]).get_status())
    true("status is %s" % status, status == "completed")


if __name__ == "__main__":
    try:
        main()
    finally:
        end_all()
