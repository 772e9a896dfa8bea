"""Datasets: a first version, one that is derived from it, and what others get of them."""
import os
import sys
import uuid

from clearml import Dataset

import expected
from checks import check, equal, main, true

FOLDER = os.path.dirname(os.path.abspath(sys.argv[1]))


def files(folder):
    return {name: content for name, content in expected.contents(folder).items()}


@check("a dataset is created, filled, uploaded and finalized")
def create(state):
    state["dataset project"] = "Acceptance datasets %s/größe" % uuid.uuid4().hex[:8]
    dataset = Dataset.create(dataset_name="data ü", dataset_project=state["dataset project"], dataset_version="1.0.0", dataset_tags=["acceptance"])
    dataset.add_files(expected.tree(FOLDER))
    dataset.upload()
    true("finalize says it failed", dataset.finalize())
    state["dataset"] = dataset.id


@check("it is found by its id, and by name and version, and its files come back")
def get(state):
    by_id = Dataset.get(dataset_id=state["dataset"])
    by_name = Dataset.get(dataset_project=state["dataset project"], dataset_name="data ü", dataset_version="1.0.0")
    equal("id by name", state["dataset"], by_name.id)
    true("it is not final", by_id.is_final())
    equal("listed files", sorted(files(expected.tree(FOLDER))), sorted(by_id.list_files()))
    equal("files", files(expected.tree(FOLDER)), files(by_id.get_local_copy()))


@check("a second version holds the files of the first and the changes")
def derive(state):
    extra = os.path.join(FOLDER, "extra.bin")
    with open(extra, "wb") as file:
        file.write(b"extra" * 1000)
    dataset = Dataset.create(dataset_name="data ü", dataset_project=state["dataset project"], dataset_version="1.1.0", parent_datasets=[state["dataset"]])
    dataset.add_files(extra)
    dataset.remove_files("a.txt")
    dataset.upload()
    true("finalize says it failed", dataset.finalize())
    wanted = dict(files(expected.tree(FOLDER)), **{"extra.bin": expected.sha256(extra)})
    del wanted["a.txt"]
    equal("files", wanted, files(Dataset.get(dataset_id=dataset.id).get_local_copy()))
    latest = Dataset.get(dataset_project=state["dataset project"], dataset_name="data ü")
    equal("the latest version", dataset.id, latest.id)
    state["second dataset"] = dataset.id


@check("versions are listed by project and tags")
def listed(state):
    found = Dataset.list_datasets(dataset_project=state["dataset project"], only_completed=True)
    equal("versions", {state["dataset"], state["second dataset"]}, {each["id"] for each in found})
    found = Dataset.list_datasets(dataset_project=state["dataset project"], tags=["acceptance"])
    equal("with the tag", [state["dataset"]], [each["id"] for each in found])


@check("a version is deleted")
def delete(state):
    Dataset.delete(dataset_id=state["second dataset"], force=True)
    found = Dataset.list_datasets(dataset_project=state["dataset project"], only_completed=True)
    equal("versions", [state["dataset"]], [each["id"] for each in found])


if __name__ == "__main__":
    main()
