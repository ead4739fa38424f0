"""Why an envelope is not opened. None tells what is in it."""

from __future__ import annotations

from ..errors import VerificationFailed


class SealedSecretMalformed(VerificationFailed):
    """It is of no form that this version knows, or a part of it is missing."""


class SealedSecretForOthers(VerificationFailed):
    """It is for other recipients, or for these in another epoch."""


class SealedSecretChanged(VerificationFailed):
    """It was not sealed for this place or this key, or was changed."""

    def __init__(self) -> None:
        super().__init__("the sealed secret was not sealed for this place, or was changed")
