"""Agents and the tasks they run: each agent is a process with a home of its own."""
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid

import psutil
from clearml import Task
from clearml.backend_api.session.client import APIClient

from checks import Difference, true

FOLDER = os.path.dirname(os.path.abspath(sys.argv[1]))
ENDED = ("completed", "failed", "stopped", "published", "closed")
LONGEST_S = 240

# What runs has the SDK in it, without what costs time and is not looked at.
BEGIN = """
import os, time
from clearml import Task
task = Task.init(auto_connect_frameworks=False, auto_resource_monitoring=False)
print("begun in an agent")
"""

_started = []


class Agent(object):
    """A daemon that takes tasks from queues, the first one first, and runs them with this interpreter."""

    def __init__(self, name, queues, *options):
        self.id = "%s-%s" % (name, uuid.uuid4().hex[:8])
        self.home = tempfile.mkdtemp(prefix=self.id, dir=FOLDER)
        os.makedirs(os.path.join(self.home, "tmp"))
        command = [sys.executable, "-m", "clearml_agent", "--config-file", os.environ["CLEARML_CONFIG_FILE"]]
        command += ["daemon", "--foreground", "--cpu-only"] + list(options) + ["--queue"] + list(queues)
        self.log = os.path.join(self.home, "agent.log")
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._environment(),
                cwd=self.home,
                # What runs in the background of a script may ignore Ctrl-C, and so do its children.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )
        _started.append(self)

    def _environment(self):
        return dict(
            os.environ,
            HOME=self.home,
            TMPDIR=os.path.join(self.home, "tmp"),
            CLEARML_WORKER_ID=self.id,
            CLEARML_AGENT_SKIP_PYTHON_ENV_INSTALL="1",
            CLEARML_AGENT_SKIP_PIP_VENV_INSTALL=sys.executable,
            CLEARML_AGENT_QUEUE_POLL_FREQ_SEC="1",
            CLEARML_AGENT_STATUS_REPORT_FREQ_SEC="5",
        )

    def stop(self):
        """Ends it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=LONGEST_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        """Ends it and all that it runs, as a machine that loses its power does."""
        try:
            family = [psutil.Process(self.process.pid)]
            family += family[0].children(recursive=True)
        except psutil.NoSuchProcess:
            return
        for process in family:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                pass
        self.process.wait(timeout=30)

    def said(self):
        with open(self.log, errors="replace") as log:
            return log.read()


def end_all():
    for agent in _started:
        agent.kill()


def client():
    return APIClient()


def new_queue(name):
    name = "%s %s" % (name, uuid.uuid4().hex[:8])
    client().queues.create(name=name)
    return name


def queue_id(name):
    return client().queues.get_all(name="^%s$" % name)[0].id


def new_task(name, code, project, begin=BEGIN):
    """A draft with the code of a script that is in no repository."""
    made = client().tasks.create(
        name=name,
        type="testing",
        project=project,
        script=dict(diff=begin + code, entry_point="run.py", working_dir=".", repository="", requirements=dict(pip="")),
    )
    return made.id


def new_project():
    return client().projects.create(name="Agents %s" % uuid.uuid4().hex).id


def enqueue(task, queue):
    client().tasks.enqueue(task=task, queue=queue_id(queue))


def status(task):
    return str(client().tasks.get_by_id(task=task).status).split(".")[-1]


def await_status(task, *wanted):
    """The status, once it is one of these; fails when it is another final one, or never comes."""
    return wait_until(lambda: _reached(task, wanted), "task %s is %s" % (task, " or ".join(wanted)))


def _reached(task, wanted):
    now = status(task)
    if now not in wanted and now in ENDED:
        raise Difference("task %s is %s instead of %s\n%s" % (task, now, " or ".join(wanted), console(task)[-2000:]))
    return now if now in wanted else None


def wait_until(condition, what, longest=LONGEST_S):
    end = time.time() + longest
    while True:
        found = condition()
        if found:
            return found
        if time.time() > end:
            raise Difference("not in %d s: %s\n%s" % (longest, what, "\n".join(agent.said()[-1500:] for agent in _started)))
        time.sleep(0.5)


def console(task):
    return "\n".join(Task.get_task(task_id=task).get_reported_console_output(1000))


def await_console(task, text):
    wait_until(lambda: text in console(task), "console of %s has %r" % (task, text))


def flag(name):
    """A file that a run waits for: the code that does, and what lets it go on."""
    path = os.path.join(FOLDER, "%s-%s" % (name, uuid.uuid4().hex[:8]))
    return "\nwhile not os.path.exists(%r): time.sleep(0.1)\n" % path, lambda: open(path, "w").close()


def workers():
    return {worker.id: worker for worker in client().workers.get_all()}


def has_left(before):
    """It is registered no more, or only anew: its monitor, which nobody stops, may report once more on the way out."""
    now = workers().get(before.id)
    true("%s is still registered" % before.id, now is None or now.register_time > before.register_time)
