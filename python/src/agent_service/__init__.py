"""The Agent Service for Python agents: sessions, credentials, interactions and activities, with verified answers."""

from icp_principal import Principal

from ._async.service import AsyncAgentService, AsyncAnyAgentService, AsyncGatewayAgentService
from ._async.session import AsyncSession
from ._sync.service import AgentService, AnyAgentService, GatewayAgentService
from ._sync.session import Session
from .certificate import MAINNET_ROOT_KEY
from .errors import (
    AgentServiceError,
    CallRejected,
    ClockError,
    Conflict,
    Expired,
    InvalidArgument,
    NetworkError,
    NotFound,
    OutcomeUnknown,
    QuotaExceeded,
    RateLimited,
    Refusal,
    Unauthorized,
    UnexpectedReply,
    VerificationFailed,
)
from .identity import Identity
from .models import *  # noqa: F403 - generated, with __all__
from .models import __all__ as _models
from .timestamp import Timestamp

__all__ = [
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
    *_models,
]
