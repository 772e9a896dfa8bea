"""A run without a server, imported afterwards."""
import os
import re
import subprocess
import sys
import uuid

from clearml import Task

import expected
from checks import check, contains, equal, main, true

RUN = """
import sys
sys.path.insert(0, {here!r})
import expected
from clearml import OutputModel, Task
Task.set_offline(True)
task = Task.init(project_name={project!r}, task_name="offline run", reuse_last_task_id=False, auto_resource_monitoring=False, tags=["offline"])
task.connect(dict(expected.PARAMETERS), name="Args")
task.connect_configuration(dict(expected.CONFIGURATION), name="conf")
for i in range(200):
    task.get_logger().report_scalar("loss", "train", i * 0.5, i)
task.get_logger().report_single_value("best", 0.5)
task.get_logger().report_image("images", "picture", iteration=0, local_path=expected.image({folder!r}, 0))
task.get_logger().report_text("offline text ü")
task.upload_artifact("dict", expected.ARTIFACT_DICT, wait_on_upload=True)
task.close()
print("SESSION " + str(task.get_offline_mode_folder()), flush=True)
"""


@check("a session recorded offline can be imported")
def record_and_import(state):
    folder = os.path.dirname(os.path.abspath(sys.argv[1]))
    here = os.path.dirname(os.path.abspath(__file__))
    # ASCII only: the SDK registers other files of an imported session under an address that it did not upload them to.
    state["offline project"] = "Acceptance offline %s/deeper" % uuid.uuid4().hex[:8]
    path = os.path.join(folder, "offline.py")
    with open(path, "w") as file:
        file.write(RUN.format(here=here, folder=folder, project=state["offline project"]))
    done = subprocess.run([sys.executable, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=180)
    found = re.search(r"^SESSION (.+)$", done.stdout, re.M)
    true("the run ended with %d:\n%s" % (done.returncode, done.stdout[-3000:]), done.returncode == 0 and found)
    session = found.group(1)
    session = session if os.path.exists(session + ".zip") is False else session + ".zip"
    state["offline"] = Task.import_offline_session(session)
    true("nothing was imported from " + session, state["offline"])


@check("the imported task holds what was recorded")
def read(state):
    task = Task.get_task(task_id=state["offline"])
    equal("name", "offline run", task.name)
    equal("project", state["offline project"], task.get_project_name())
    equal("status", "completed", str(task.get_status()))
    contains("tags", "offline", task.get_tags())
    wanted = {"Args/" + name: value for name, value in expected.STORED_PARAMETERS.items()}
    equal("parameters", wanted, {name: value for name, value in task.get_parameters().items() if name.startswith("Args/")})
    equal("configuration", expected.CONFIGURATION, task.get_configuration_object_as_dict("conf"))
    series = task.get_reported_scalars()["loss"]["train"]
    equal("values", [i * 0.5 for i in range(200)], list(series["y"]), 1e-6)
    equal("single values", {"best": 0.5}, task.get_reported_single_values())
    contains("console", "offline text ü", "\n".join(task.get_reported_console_output(1000)))
    equal("artifact", expected.ARTIFACT_DICT, task.artifacts["dict"].get())


if __name__ == "__main__":
    main()
