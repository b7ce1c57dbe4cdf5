"""The classifier of a project on disk: its file, its card, its stage, and whose tags count beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback.disk import write_bytes
from feedback.errors import FeedbackError
from feedback.project import Project
from feedback.tables import empty

if TYPE_CHECKING:
    import pandas as pd

    from feedback.pipeline.stages import Context, Made, Progress
    from feedback.tagging.classifier import Classifier

TABLE = "tags/classifier"


def model_path(project: Project) -> Path:
    """Where the classifier lies."""
    return project.path / "models" / "classifier.skops"


def save_classifier(project: Project, model: Classifier) -> Path:
    """Writes models/classifier.skops and its card as card.md and card.json; gives the card's path."""
    from feedback.tagging.classifier.card import markdown
    from feedback.tagging.classifier.model_file import model_bytes

    file = model_path(project)
    card = file.with_name("card.md")
    write_bytes(file.with_name("card.json"), json.dumps(model.card, indent=1, ensure_ascii=False).encode())
    write_bytes(card, markdown(model.card).encode())
    write_bytes(file, model_bytes(model))
    return card


def load_classifier(project: Project) -> Classifier | None:
    """The project's classifier; None when none was trained. FeedbackError for a file that is not one."""
    from feedback.tagging.classifier.model_file import model_from

    file = model_path(project)
    return model_from(file.read_bytes()) if file.exists() else None


def model_digest(project: Project) -> str:
    """16 digits that change with the classifier; "" when there is none."""
    file = model_path(project)
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16] if file.exists() else ""


def has_classifier(context: Context) -> bool:
    """Whether there is a classifier, or were its tags are still there."""
    return model_path(context.project).exists() or context.project.file(TABLE).exists()


def make_classifier_tags(context: Context, progress: Progress) -> Made:
    """Table tags/classifier; empty when the classifier has been deleted."""
    from feedback.pipeline.tagged import tags_by

    model = load_classifier(context.project)
    return {TABLE: empty("tags") if model is None else tags_by(model, context, progress)}


def tags_that_count(project: Project) -> pd.DataFrame:
    """Table `tags` without those that do not count beside people's and the classifier's."""
    from feedback.tagging.combine import combine

    parts = {name.removeprefix("tags/"): project.table(name) for name in project.parts("tags")}
    return combine(parts, better=better_themes(project)).tags


def better_themes(project: Project) -> list[str]:
    """The themes at which the classifier was judged better than meaning; none without a classifier."""
    file = model_path(project).with_name("card.json")
    if not model_path(project).exists() or not file.exists():
        return []
    from feedback.tagging.classifier.card import better_than_meaning

    try:
        return better_than_meaning(json.loads(file.read_bytes()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FeedbackError(
            "models/card.json cannot be read", hint="train again with `feedback train`"
        ) from error


def human_tags(project: Project, coder: str | None) -> pd.DataFrame:
    """The tags of one person, or of all, with their rows without a theme ("read, nothing said").

    Raises FeedbackError for a coder that there is none of, and for one that is a machine.
    """
    import pandas as pd

    from feedback.coding import MACHINES

    known = [name.removeprefix("tags/") for name in project.parts("tags")]
    people = [name for name in known if name not in MACHINES]
    hint = "people who coded here: " + (", ".join(people) or "nobody; `feedback tag --review` is a start")
    if coder in MACHINES:
        raise FeedbackError(f"'{coder}' is a coder of the machine, so it cannot teach another", hint=hint)
    if coder is not None and coder not in people:
        raise FeedbackError(f"there are no tags of a coder '{coder}'", hint=hint)
    chosen = people if coder is None else [coder]
    tables: list[Any] = [project.table(f"tags/{name}") for name in chosen]
    tables = [table for table in tables if len(table)]
    return pd.concat(tables, ignore_index=True) if tables else empty("tags")
