"""Why a secret is not sealed or opened. None tells what is in it."""

from __future__ import annotations

from ..errors import VerificationFailed


class SealedSecretMalformed(VerificationFailed):
    """It is of no form that this version knows, or a part of it is missing."""


class SealedSecretForOthers(VerificationFailed):
    """It is for other recipients, or for these in another epoch."""


class SealedSecretReplaced(VerificationFailed):
    """It was replaced or removed after it was read. Read it again."""

    def __init__(self) -> None:
        super().__init__("the sealed secret was replaced or removed meanwhile: read it again")


class SealedSecretChanged(VerificationFailed):
    """It was not sealed for this place or this key, or was changed."""

    def __init__(self) -> None:
        super().__init__("the sealed secret was not sealed for this place, or was changed")


class OpeningKeyUntrusted(VerificationFailed):
    """The key that was given for a recipient is not that of the service on this network: do not trust the machine that gave it."""

    def __init__(self, recipient: str) -> None:
        super().__init__(f"the key that was given for {recipient} is not that of the service on this network")


class SecretInClear(VerificationFailed):
    """A client with sealing='require' read a secret that is not sealed. The secret is not given."""

    def __init__(self, method: str, name: str) -> None:
        super().__init__(f"{method}: the {name} is stored in clear, and sealing='require' gives sealed secrets only")


class SealingOff(VerificationFailed):
    """A client with sealing='require' was to send a secret to a service that has sealing off. Nothing was sent."""

    def __init__(self, method: str) -> None:
        super().__init__(f"{method}: the service has sealing off, and sealing='require' sends sealed secrets only")
