"""Makes the virtual environment of one requirements file, once.

environment.py NAME FOLDER: prints the path of its python. The environment is kept in FOLDER and made again when the
requirements change.
"""
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv

HERE = os.path.dirname(os.path.abspath(__file__))


def requirements(name):
    return os.path.join(HERE, "requirements", name + ".txt")


def fingerprint(name):
    """Changes with the requirements, those they include and the Python that runs them."""
    digest = hashlib.sha256(sys.version.encode())
    for file in (name, "common"):
        with open(requirements(file), "rb") as text:
            digest.update(text.read())
    return digest.hexdigest()[:12]


def make(name, folder):
    path = os.path.join(folder, "%s-%s" % (name, fingerprint(name)))
    python = os.path.join(path, "bin", "python")
    done = os.path.join(path, "complete")
    if not os.path.exists(done):
        shutil.rmtree(path, ignore_errors=True)
        venv.create(path, with_pip=True)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--only-binary", "numpy,pandas,matplotlib"]
        subprocess.run(pip + ["-r", requirements(name)], check=True, stdout=sys.stderr)
        with open(done, "w"):
            pass
    return python


if __name__ == "__main__":
    if sys.version_info < (3, 9):
        sys.exit("Python 3.9 or newer is needed, this is " + sys.version.split()[0])
    os.makedirs(sys.argv[2], exist_ok=True)
    with open(os.path.join(sys.argv[2], "lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        print(make(sys.argv[1], os.path.abspath(sys.argv[2])))
