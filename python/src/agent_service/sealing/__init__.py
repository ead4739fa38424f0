"""Sealed secrets: tokens that only those whom the service lets derive a key can read. docs/explanation/sealed-secrets.md has the form.

sealed = seal_secret(token, place, recipients, key)
token = open_secret(sealed, place, recipient, vet_key)
"""

from __future__ import annotations

from ..extra import require_ic

require_ic("agent_service.sealing")

from ..errors import (  # noqa: E402
    OpeningKeyUntrusted,
    SealedSecretChanged,
    SealedSecretForOthers,
    SealedSecretMalformed,
    SealedSecretReplaced,
    SealingOff,
    SecretInClear,
)
from .envelope import is_sealed  # noqa: E402
from .keys import (  # noqa: E402
    MasterKey,
    ServiceKey,
    TransportKey,
    VetKey,
)
from .masters import master_key_of  # noqa: E402
from .places import Recipient, RecipientKind, SecretField, SecretPlace  # noqa: E402
from .seal import open_secret, seal_secret  # noqa: E402

__all__ = [
    "MasterKey",
    "OpeningKeyUntrusted",
    "Recipient",
    "RecipientKind",
    "SealedSecretChanged",
    "SealedSecretForOthers",
    "SealedSecretMalformed",
    "SealedSecretReplaced",
    "SealingOff",
    "SecretField",
    "SecretInClear",
    "SecretPlace",
    "ServiceKey",
    "TransportKey",
    "VetKey",
    "is_sealed",
    "master_key_of",
    "open_secret",
    "seal_secret",
]
