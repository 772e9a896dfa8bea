"""Finds the training run by queries; clones, changes and deletes a copy."""
import uuid

from clearml import Model, Task

import expected
from checks import check, equal, main, true


@check("Task.query_tasks finds the run by project, name, tags and status")
def query(state):
    wanted = [state["task"]]
    equal("by project", wanted, Task.query_tasks(project_name=state["project"]))
    equal("by name", wanted, Task.query_tasks(project_name=state["project"], task_name="^training run"))
    equal("by tags", wanted, Task.query_tasks(project_name=state["project"], tags=["acceptance", "ünïcode"]))
    equal("by other tags", [], Task.query_tasks(project_name=state["project"], tags=["no such tag"]))
    equal("without a tag", [], Task.query_tasks(project_name=state["project"], tags=["-acceptance"]))
    equal("by status", wanted, Task.query_tasks(project_name=state["project"], task_filter={"status": ["completed"]}))
    equal("by other status", [], Task.query_tasks(project_name=state["project"], task_filter={"status": ["failed"]}))


@check("Task.query_tasks returns more fields when asked")
def fields(state):
    found = Task.query_tasks(project_name=state["project"], additional_return_fields=["name", "comment", "last_iteration"])
    equal("tasks", 1, len(found))
    equal("comment", expected.COMMENT, found[0]["comment"])
    equal("last iteration", expected.ITERATIONS - 1, found[0]["last_iteration"])


@check("Task.get_task finds the run by project and name")
def get_task(state):
    equal("id", state["task"], Task.get_task(project_name=state["project"], task_name="training run $ü.1").id)


@check("Task.get_tasks filters and orders")
def get_tasks(state):
    found = Task.get_tasks(project_name=state["project"], task_filter={"order_by": ["-last_update"], "_all_": {"fields": ["name"], "pattern": "RUN"}})
    equal("ids", [state["task"]], [task.id for task in found])


@check("Model.query_models finds the model by project, name, tags and metadata")
def models(state):
    def ids(**query):
        return [model.id for model in Model.query_models(project_name=state["project"], **query)]

    wanted = [state["model"]]
    equal("by project", wanted, ids())
    equal("by name", wanted, ids(model_name="model ü.$"))
    equal("by tags", wanted, ids(tags=["acceptance"]))
    equal("by other tags", [], ids(tags=["no such tag"]))
    equal("only published", wanted, ids(only_published=True))
    equal("by metadata", wanted, ids(metadata={"accuracy": "0.9"}))
    equal("by other metadata", [], ids(metadata={"accuracy": "0.1"}))


@check("Task.clone copies parameters and configuration, not results")
def clone(state):
    source = Task.get_task(task_id=state["task"])
    copy = Task.clone(source_task=source, name="copy " + uuid.uuid4().hex[:6], comment="a copy")
    state["clone"] = copy.id
    equal("status", "created", str(copy.get_status()))
    equal("comment", "a copy", copy.comment)
    equal("parent", state["task"], copy.parent)
    equal("parameters", source.get_parameters(), copy.get_parameters())
    equal("configuration", source.get_configuration_objects(), copy.get_configuration_objects())
    equal("artifacts", {}, dict(copy.artifacts))
    equal("output models", [], list(copy.models["output"]))
    equal("last metrics", {}, copy.get_last_scalar_metrics())


@check("set_parameter changes one parameter of the copy")
def set_parameter(state):
    copy = Task.get_task(task_id=state["clone"])
    before = copy.get_parameters()
    copy.set_parameter("Args ü.$/lr", 0.5)
    copy.set_parameter("New/with.dots $", "x")
    wanted = dict(before, **{"Args ü.$/lr": "0.5", "New/with.dots $": "x"})
    equal("parameters", wanted, Task.get_task(task_id=state["clone"]).get_parameters())
    equal("parameters of the original", before, Task.get_task(task_id=state["task"]).get_parameters())


@check("name, tags and project of the copy can be changed")
def edit(state):
    copy = Task.get_task(task_id=state["clone"])
    copy.set_name("renamed")
    copy.set_tags(["only this"])
    copy.move_to_project(new_project_name=state["project"] + "/moved")
    found = Task.get_task(task_id=state["clone"])
    equal("name", "renamed", found.name)
    equal("tags", ["only this"], list(found.get_tags()))
    equal("project", state["project"] + "/moved", found.get_project_name())


@check("Task.delete deletes the copy and nothing else")
def delete(state):
    true("delete says it failed", Task.get_task(task_id=state["clone"]).delete())
    equal("tasks by id", [], Task.query_tasks(project_name=state["project"] + "/moved"))
    equal("the original", "completed", str(Task.get_task(task_id=state["task"]).get_status()))


@check("Task.delete takes the artifacts and models of a task with it")
def delete_with_results(state):
    from clearml import OutputModel

    task = Task.create(project_name=state["project"] + "/deleted", task_name="to be deleted")
    task.mark_started(force=True)
    task.upload_artifact("text", "some text", wait_on_upload=True)
    url = task.artifacts["text"].url
    model = OutputModel(task=task, name="to be deleted")
    model.update_weights(register_uri="http://127.0.0.1:1/nothing.pkl")
    task.mark_stopped(force=True)
    true("delete says it failed", task.delete(delete_artifacts_and_models=True, raise_on_error=False) is not None)
    equal("tasks", [], Task.query_tasks(project_name=state["project"] + "/deleted"))
    import requests

    equal("status of the file", 404, requests.get(url, headers=headers()).status_code)


def headers():
    return {"Authorization": "Bearer " + Task._get_default_session().token}


if __name__ == "__main__":
    main()
