"""The learned models that finding statements may use: those that ship, none, or those that a user fitted.

A user's folder may hold a model for matching as well, or alone: claims.matching reads that one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from claims.errors import InvalidDraft
from claims.matching.scoring.scorers import FILE_NAME as MATCHING_FILE
from claims.settings import MODELS_OFF, MODELS_SHIPPED
from scrapers.statements.learned.attribution import AttributionModel
from scrapers.statements.learned.worthiness import FILE_NAME as WORTHINESS_FILE
from scrapers.statements.learned.worthiness import WorthinessModel

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Models:
    """The models of one language; rules alone do the work of what is None."""

    check_worthiness: WorthinessModel | None = None
    attribution: AttributionModel | None = None


ModelsOf = Callable[[str], Models]
NO_MODELS = Models()


def no_models(language: str) -> Models:
    """None, whatever the language."""
    return NO_MODELS


@lru_cache
def shipped_models(language: str) -> Models:
    """The models that come with Claimline for the BCP 47 tag's language."""
    base = base_of(language)
    return read_models(shipped_folder(base)) if base.isascii() and base.isalpha() else NO_MODELS


def shipped_folder(base: str) -> Path:
    """Where the models lie that come with Claimline for a language; not there for a language without any."""
    return HERE / base / "model"


def models_in(folder: Path, language: str) -> Models:
    """The models in a folder that are of the language; what the folder lacks is the one that ships.

    Raises InvalidDraft where a file of the folder is no model.
    """
    shipped, own = shipped_models(language), cached_models(folder)
    base = base_of(language)
    worth, attribution = own.check_worthiness, own.attribution
    return Models(
        worth if worth and worth.language == base else shipped.check_worthiness,
        attribution if attribution and attribution.language == base else shipped.attribution,
    )


def chosen_models(choice: str | Path) -> ModelsOf:
    """The models of each language that a setting asks for; InvalidDraft at once where its folder holds none."""
    if choice == MODELS_OFF:
        return no_models
    if choice == MODELS_SHIPPED:
        return shipped_models
    folder = Path(choice)
    if cached_models(folder) == NO_MODELS and not (folder / MATCHING_FILE).exists():
        raise InvalidDraft(f"CLAIMLINE_MODELS: {folder} holds no model. Make one with claimline model fit.")
    return partial(models_in, folder)


@lru_cache
def cached_models(folder: Path) -> Models:
    """The models in a folder, read once."""
    return read_models(folder)


def read_models(folder: Path) -> Models:
    """The models in a folder; None for each that is not there."""
    path = folder / WORTHINESS_FILE
    return Models(WorthinessModel.read(path) if path.exists() else None, AttributionModel.read(folder))


def base_of(language: str) -> str:
    """The language of a BCP 47 tag, without script and region."""
    return language.partition("-")[0].lower()
