"""A network with the Agent Service in memory, as the client's layer of sealed secrets sees it: it lies to queries and notes what it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from py_arkworks_bls12381 import G1Point, G2Point, Scalar

from agent_service import (
    AgentCredentials,
    AgentSession,
    AgentType,
    CallRejected,
    Conflict,
    CredentialLease,
    CredentialState,
    OpeningKey,
    Principal,
    SealingKeys,
    SealingMode,
    SealingRecipient,
    SealingRecipientKind,
    SessionPage,
    Timestamp,
    TokenRefresh,
    Unauthorized,
)
from agent_service.call import Call
from agent_service.sealing import Recipient, ServiceKey, VetKey, is_sealed, master_key_of
from agent_service.sealing.envelope import parse_envelope
from agent_service.sealing.keys import CONTEXT, DERIVATION
from agent_service.sealing.length_prefixed import length_prefixed
from agent_service.sealing.scalars import hash_to_scalar

CANISTER = Principal.from_str("rrkah-fqaaa-aaaaa-aaaaq-cai")
LOCAL_ROOT_KEY = b"of a local network"
THEN = Timestamp.from_ns(1)
RECORDS = {"token", "token_data"}


def service_secret() -> Scalar:
    """The secret key of the service on local networks, whose master key everybody knows."""
    secret = hash_to_scalar(b"key_1", "ic-crypto-vetkd-test-utils-generate-test-key")
    for part, kind in ((CANISTER.bytes, "canister-id"), (CONTEXT, "context")):
        public = bytes((G2Point() * secret).to_compressed_bytes())
        secret = secret + hash_to_scalar(length_prefixed(public, part), f"{DERIVATION}{kind}")
    return secret


def service_key() -> ServiceKey:
    return master_key_of(LOCAL_ROOT_KEY).service_key(CANISTER)


def key_of(key_input: bytes) -> VetKey:
    """What the network derives."""
    return VetKey(bytes((service_key().identity_point(key_input) * service_secret()).to_compressed_bytes()))


class SealingNetwork:
    """For one caller, who is a recipient of the kinds in `caller_is`."""

    canister_id = CANISTER

    def __init__(self) -> None:
        self.sent: list[Call[Any]] = []
        """The calls with secrets, in their order."""
        self.asked: list[tuple[str, bool]] = []
        """The other ones: their methods, and whether as a query."""
        self.mode = SealingMode.accept
        self.epoch = 3
        self.caller_is = {"type"}
        self.knows_sealing = True
        self.failures: list[Exception] = []
        """Of the next calls with secrets, after they were executed."""
        self.stored: dict[str, str | None] = {}
        self.on_derive: Callable[[], None] = lambda: None

    def root_key(self) -> bytes:
        return LOCAL_ROOT_KEY

    def close(self) -> None:
        self.asked.append(("close", True))

    def call(self, call: Call[Any]) -> Any:
        arguments = {name: value for name, _, value in call.args}
        call.values()
        answer = getattr(self, call.method, None)
        if answer is None:
            return self.store(call, arguments)
        self.asked.append((call.method, call.is_query))
        return answer(call, arguments)

    def recipients(self) -> tuple[SealingRecipient, ...]:
        return tuple(SealingRecipient(kind=kind, epoch=self.epoch) for kind in SealingRecipientKind)

    def get_sealing_keys(self, call: Call[Any], _arguments: dict[str, Any]) -> SealingKeys:
        if not self.knows_sealing:
            raise CallRejected(5, "Canister has no update method", "IC0536", certified=True)
        if call.is_query:
            return SealingKeys(sealing=SealingMode.off, recipients=(), session_recipients=())
        return SealingKeys(sealing=self.mode, recipients=self.recipients(), session_recipients=self.recipients())

    def derive_opening_key(self, _call: Call[Any], arguments: dict[str, Any]) -> OpeningKey:
        self.on_derive()
        recipient = Recipient.of(arguments["recipient"])
        if recipient.kind not in self.caller_is:
            raise Unauthorized(f"the caller is not of the kind {recipient.kind}")
        agent_type = arguments["agent_type"].value
        whose = {"owner": [arguments["user_id"]], "user": [arguments["user_id"], agent_type], "type": [agent_type]}
        key_input = length_prefixed(recipient.kind, *whose[recipient.kind], recipient.epoch.to_bytes(8, "big"))
        chance = Scalar(987)
        transport = G1Point.from_compressed_bytes(arguments["transport_public_key"])
        points = (G1Point() * chance, G2Point() * chance, transport * chance + key_of(key_input).point)
        return OpeningKey(encrypted_key=b"".join(bytes(point.to_compressed_bytes()) for point in points))

    def store(self, call: Call[Any], arguments: dict[str, Any]) -> str | None:
        self.sent.append(call)
        secrets = arguments
        if "outcome" in arguments:
            secrets = {name: getattr(arguments["outcome"], name) for name in RECORDS}
        for name in RECORDS & set(secrets):
            secret = secrets[name]
            if secret is not None and is_sealed(secret):
                told = ", ".join(map(str, parse_envelope(secret).recipients))
                today = ", ".join(str(Recipient.of(recipient)) for recipient in self.recipients())
                if told != today:
                    message = (
                        f"{name} is sealed for {told}, and has to be for {today}: nothing was stored; seal it again"
                    )
                    raise Conflict(message)
            self.stored[name] = secret
        if self.failures:
            raise self.failures.pop(0)
        return "ses-1" if call.method.startswith("create") else None

    def credentials(self, arguments: dict[str, Any]) -> AgentCredentials:
        return AgentCredentials(
            user_id=arguments["user_id"],
            agent_type=arguments.get("agent_type", AgentType.GitHub),
            token=self.stored.get("token") or "",
            token_data=self.stored.get("token_data"),
            project_ids=(),
            created_at=THEN,
            updated_at=THEN,
        )

    def session(self, session_id: str = "ses-1", user_id: str = "maya") -> AgentSession:
        return AgentSession(
            session_id=session_id,
            user_id=user_id,
            agent_type=AgentType.GitHub,
            token=self.stored.get("token"),
            created_at=THEN,
            last_activity=THEN,
            is_active=True,
            expires_at=THEN,
        )

    def get_agent_credentials(self, _call: Call[Any], arguments: dict[str, Any]) -> AgentCredentials | None:
        return self.credentials(arguments) if self.stored else None

    def get_user_agent_credentials(self, _call: Call[Any], arguments: dict[str, Any]) -> tuple[AgentCredentials, ...]:
        return (self.credentials(arguments), self.credentials(arguments))

    def lease_agent_credentials(self, _call: Call[Any], arguments: dict[str, Any]) -> CredentialLease:
        return CredentialLease(
            credentials=self.credentials(arguments), lease_until=THEN, state=CredentialState.active, state_reason=None
        )

    def begin_token_refresh(self, _call: Call[Any], arguments: dict[str, Any]) -> TokenRefresh:
        return TokenRefresh(credentials=self.credentials(arguments), fencing=1, deadline=THEN)

    def get_agent_session(self, call: Call[Any], arguments: dict[str, Any]) -> AgentSession | None:
        if arguments["session_id"] == "nowhere":
            return None
        # One machine alone says that the session is of somebody else.
        return self.session(arguments["session_id"], "mallory" if call.is_query else "maya")

    def get_user_agent_sessions(self, _call: Call[Any], _arguments: dict[str, Any]) -> tuple[AgentSession, ...]:
        return (self.session(),)

    def list_sessions(self, _call: Call[Any], _arguments: dict[str, Any]) -> SessionPage:
        return SessionPage(items=(self.session(),), next_cursor=None)
