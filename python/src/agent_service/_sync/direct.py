# Made from ../_async by `npm run generate`.
"""The service by the Internet Computer's HTTP interface."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ..clock import wall_clock_ns
from ..direct_options import checked_clock, checked_identity, checked_local, checked_root_key
from ..identity import Identity
from ..models import AgentType
from ..options import Sealing, checked_canister_id, checked_sealing, checked_timeout, checked_url
from ..principal import Principal
from ..sealing.places import SecretField
from ..sealing.secrets import checked_arguments
from .network import NetworkTransport
from .recipients import AccountPlace
from .sealing import SealingTransport
from .service import TIMEOUT, AnyAgentService


class AgentService(AnyAgentService):
    """
    The service by the Internet Computer's HTTP interface.

    Every answer is verified: updates by the network's certificate, queries by the signatures of the subnet's machines. A call raises
    an `AgentServiceError`: a `Refusal` of the service, `CallRejected`, `OutcomeUnknown`, `NetworkError`, `VerificationFailed` (an
    update may have been executed then) or `UnexpectedReply`. TypeError and
    InvalidArgument (which is a ValueError) are raised before anything is sent where an argument is none of the interface. Where this machine's clock is wrong,
    the network's time is used, if the network proves it; `ClockError` says by how much it is off where it does not, or where that is more than a day.
    """

    def __init__(
        self,
        url: str,
        canister_id: str | Principal,
        identity: Identity,
        *,
        root_key: bytes | None = None,
        local: bool = False,
        timeout: timedelta | float = TIMEOUT,
        now_ns: Callable[[], int] = wall_clock_ns,
        sealing: Sealing = "auto",
    ) -> None:
        """
        url: of the network, such as https://icp-api.io. root_key: the network's, in DER; the Internet Computer's when left out.
        local: trusts the key that the network says it has, which is right only for a network of your own. timeout: within which a
        message has its answer, a number is of seconds; sealing and opening can take messages of their own. now_ns: this machine's clock, ns
        since 1970. sealing: 'auto' seals secrets before they leave unless the service has sealing off, and opens those that it reads;
        'require' raises `SealingOff` and `SecretInClear` instead of sending or giving one in clear; 'manual'
        leaves both to `seal` and `open`. TypeError or InvalidArgument (a ValueError) names the argument that is wrong.
        """
        network = NetworkTransport(
            checked_url(url),
            checked_canister_id(canister_id),
            checked_identity(identity),
            root_key=checked_root_key(root_key, local=local),
            local=checked_local(local),
            timeout=checked_timeout(timeout),
            now_ns=checked_clock(now_ns),
        )
        self._sealing = SealingTransport(network, checked_sealing(sealing))
        super().__init__(self._sealing)

    def seal(
        self, secret: str, field: SecretField, user_id: str, agent_type: AgentType, *, account: str | None = None
    ) -> str:
        """
        The envelope of a secret, to be sent in its place. Clients seal by themselves; this is for sealing='manual'. Its recipients are those that the network
        certifies, kept until the service refuses an envelope for them.

        Args:
            secret: In clear.
            field: 'token' or 'token_data' of credentials, 'session_token' of a session.
            user_id: The user whom the secret is about.
            agent_type: Of the credentials or the session.
            account: The label of the account; the default one when left out.

        Errors: those of get_sealing_keys.
        """
        checked_arguments(field, agent_type, secret=secret, user_id=user_id, account=account)
        return self._sealing.seal(secret, field, AccountPlace(user_id, agent_type, account))

    def open(
        self,
        sealed: str,
        field: SecretField,
        user_id: str,
        agent_type: AgentType,
        *,
        account: str | None = None,
        session_id: str | None = None,
    ) -> str:
        """
        The secret in an envelope. Clients open what they read by themselves; this is for sealing='manual'. A key that is not in memory yet is derived by the
        network, for about 26165 M cycles of the service.

        Args:
            sealed: The envelope.
            field: 'token' or 'token_data' of credentials, 'session_token' of a session.
            user_id: The user whom the secret is about.
            agent_type: Of the credentials or the session.
            account: The label of the account; the default one when left out.
            session_id: Of the session whose token it is.

        Errors: SealedSecretMalformed, SealedSecretForOthers, SealedSecretReplaced or SealedSecretChanged; RateLimited, and QuotaExceeded
        for "cycles", where no key is derived.
        """
        checked_arguments(field, agent_type, sealed=sealed, user_id=user_id, account=account, session_id=session_id)
        place = AccountPlace(user_id, agent_type, account)
        return self._sealing.open(sealed, field, place, session_id=session_id)
