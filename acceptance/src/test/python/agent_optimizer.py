"""Hyperparameters are optimised with trials on two agents."""
import uuid

from clearml import Task
from clearml.automation import DiscreteParameterRange, GridSearch, HyperParameterOptimizer

from agents import Agent, await_status, client, end_all, enqueue, new_project, new_queue, new_task
from checks import check, equal, main, true

OBJECTIVE = """
parameters = task.connect(dict(x=0, y=0))
value = (float(parameters["x"]) - 2) ** 2 + float(parameters["y"])
task.get_logger().report_scalar("objective", "value", value, 0)
"""
run = {}


@check("a base task runs")
def base(state):
    run["queue"] = new_queue("trials")
    run["agents"] = [Agent("trials", [run["queue"]]) for _ in range(2)]
    run["base"] = new_task("objective", OBJECTIVE, new_project())
    enqueue(run["base"], run["queue"])
    await_status(run["base"], "completed")


@check("six trials run on two agents")
def trials(state):
    Task.init(
        project_name="Agents %s" % uuid.uuid4().hex,
        task_name="optimizer",
        task_type=Task.TaskTypes.optimizer,
        reuse_last_task_id=False,
        auto_resource_monitoring=False,
    )
    optimizer = HyperParameterOptimizer(
        base_task_id=run["base"],
        hyper_parameters=[
            DiscreteParameterRange("General/x", values=[1, 2, 3]),
            DiscreteParameterRange("General/y", values=[0, 5]),
        ],
        objective_metric_title="objective",
        objective_metric_series="value",
        objective_metric_sign="min",
        optimizer_class=GridSearch,
        max_number_of_concurrent_tasks=2,
        execution_queue=run["queue"],
        total_max_jobs=6,
        pool_period_min=0.05,
        save_top_k_tasks_only=None,
    )
    optimizer.set_report_period(0.1)
    optimizer.start()
    optimizer.wait(timeout=4)
    run["top"] = [task.id for task in optimizer.get_top_experiments(top_k=6)]
    optimizer.stop()
    Task.current_task().close()
    done = [client().tasks.get_by_id(task=task) for task in run["top"]]
    equal("trials", 6, len(done))
    equal("status", {"completed"}, {str(task.status).split(".")[-1] for task in done})
    equal("workers", {agent.id for agent in run["agents"]}, {task.last_worker for task in done})


@check("the best trial is the first")
def best(state):
    parameters = Task.get_task(task_id=run["top"][0]).get_parameters()
    equal("parameters", ("2", "0"), (parameters["General/x"], parameters["General/y"]))
    values = [Task.get_task(task_id=task).get_last_scalar_metrics()["objective"]["value"]["last"] for task in run["top"]]
    true("values %s" % values, values == sorted(values))


if __name__ == "__main__":
    try:
        main()
    finally:
        end_all()
