"""The Agent Service for Python agents: sessions, credentials, interactions and activities, with verified answers."""

from importlib import import_module
from typing import TYPE_CHECKING

from ._async.service import AsyncAnyAgentService, AsyncGatewayAgentService
from ._async.session import AsyncSession
from ._sync.service import AnyAgentService, GatewayAgentService
from ._sync.session import Session
from .errors import (
    AgentServiceError,
    CallRejected,
    ClockError,
    Conflict,
    Expired,
    InvalidArgument,
    NetworkError,
    NotFound,
    OpeningKeyUntrusted,
    OutcomeUnknown,
    QuotaExceeded,
    RateLimited,
    Refusal,
    SealedSecretChanged,
    SealedSecretForOthers,
    SealedSecretMalformed,
    SealedSecretReplaced,
    SealingOff,
    SecretInClear,
    Unauthorized,
    UnexpectedReply,
    VerificationFailed,
)
from .extra import require_ic
from .models import *  # noqa: F403 - generated, with __all__
from .models import __all__ as _models
from .principal import Principal
from .timestamp import Timestamp
from .version import __version__

if TYPE_CHECKING:
    from ._async.direct import AsyncAgentService
    from ._sync.direct import AgentService
    from .certificate import MAINNET_ROOT_KEY
    from .identity import Identity

__all__ = [
    "OpeningKeyUntrusted",
    "SealedSecretChanged",
    "SealedSecretForOthers",
    "SealedSecretMalformed",
    "SealedSecretReplaced",
    "SealingOff",
    "SecretInClear",
    "MAINNET_ROOT_KEY",
    "AgentService",
    "AgentServiceError",
    "AnyAgentService",
    "AsyncAgentService",
    "AsyncAnyAgentService",
    "AsyncGatewayAgentService",
    "AsyncSession",
    "CallRejected",
    "ClockError",
    "Conflict",
    "Expired",
    "GatewayAgentService",
    "Identity",
    "InvalidArgument",
    "NetworkError",
    "NotFound",
    "OutcomeUnknown",
    "Principal",
    "QuotaExceeded",
    "RateLimited",
    "Refusal",
    "Session",
    "Timestamp",
    "Unauthorized",
    "UnexpectedReply",
    "VerificationFailed",
    "__version__",
    *_models,
]

_WITH_IC = {
    "AgentService": "._sync.direct",
    "AsyncAgentService": "._async.direct",
    "Identity": ".identity",
    "MAINNET_ROOT_KEY": ".certificate",
}
"""What needs the extra `ic`, and where it is: imported when it is asked for, so that the gateway's client works without the extra."""


def __getattr__(name: str) -> object:
    module = _WITH_IC.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    require_ic(f"{__name__}.{name}")
    value = globals()[name] = getattr(import_module(module, __name__), name)
    return value
