# Made from ../_async by `npm run generate`.
"""Seals secrets before they leave, and opens those that come: a layer around the calls of the direct client."""

from __future__ import annotations

import hmac
from dataclasses import replace
from secrets import token_bytes
from typing import Any, TypeVar, cast

from ..call import Call
from ..errors import NotFound, Refusal, SealingOff, SecretInClear, UnexpectedReply, VerificationFailed
from ..models import AgentType, SealingMode
from ..options import Sealing
from ..sealing.envelope import is_sealed
from ..sealing.length_prefixed import length_prefixed
from ..sealing.memory import Bounded
from ..sealing.places import Recipient, SecretField, SecretPlace
from ..sealing.seal import seal_secret
from ..sealing.secrets import READ, Answer, Secrets, arguments_of, check_secrets, secrets_in_clear, with_secrets
from .methods import Methods
from .network import NetworkTransport
from .opening import OpeningKeys, Refusals
from .recipients import AccountPlace, Recipients, ReplicatedQueries, is_outdated

SESSIONS_KEPT = 10_000
"""Sessions of which it is kept whose they are."""
CALLS_KEPT = 1_000
"""Calls with a request_id of which the envelopes are kept, so that they can be made again."""
REQUIRED = "sealing='require' sends and gives sealed secrets only"
BEGIN_SESSIONS = frozenset({"create_agent_session", "create_session"})

T = TypeVar("T")


class SealingTransport:
    """
    Calls the service with secrets sealed. 'auto' leaves them in clear where the service, by the network's certificate, has sealing off; 'require' takes none in
    clear in either direction; 'manual' passes all on as it is.
    """

    def __init__(self, network: NetworkTransport, sealing: Sealing) -> None:
        self._network = network
        self._sealing = sealing
        self._recipients = Recipients(network)
        self._keys = OpeningKeys(network)
        self._certified = Methods(ReplicatedQueries(network))
        self._sessions: Bounded[str, AccountPlace] = Bounded(SESSIONS_KEPT)
        self._envelopes: Bounded[bytes, Secrets] = Bounded(CALLS_KEPT)
        self._fingerprint_key = token_bytes(32)

    def close(self) -> None:
        """Forgets all keys, and closes the connections."""
        self._keys.close()
        self._recipients.close()
        self._sessions.close()
        self._envelopes.close()
        self._network.close()

    def call(self, call: Call[T]) -> T:
        """What the method returns, with its secrets opened."""
        if self._sealing == "manual":
            return self._network.call(call)
        secrets = secrets_in_clear(call)
        reply = self._send(call, secrets) if secrets else self._network.call(call)
        if call.method in BEGIN_SESSIONS:
            self._sessions.put(str(reply), place_in(call))
        answer = READ.get(call.method)
        return reply if answer is None else self._opened(call, reply, answer)

    def seal(self, secret: str, field: SecretField, place: AccountPlace) -> str:
        """The envelope of a secret for today's recipients at its place, whether the service has sealing off or not."""
        keys = self._recipients.of(place)
        told = keys.session_recipients if field == "session_token" else keys.recipients
        if not told:
            raise UnexpectedReply("get_sealing_keys: there is nobody to seal for")
        recipients = [Recipient.of(recipient) for recipient in told]
        return seal_secret(secret, self._secret_place(field, place), recipients, self._keys.service_key())

    def open(
        self,
        sealed: str,
        field: SecretField,
        place: AccountPlace,
        *,
        session_id: str | None = None,
        refusals: Refusals | None = None,
    ) -> str:
        """The secret of an envelope that was found at a place. A sealing error where it cannot be opened."""
        secret_place = self._secret_place(field, place)
        return self._keys.open(sealed, secret_place, session_id=session_id, refusals=refusals)

    def _send(self, call: Call[T], secrets: Secrets) -> T:
        check_secrets(call, secrets)
        place = self._place_of(call)
        name = self._fingerprint(call, secrets, place)
        sealed = self._envelopes.get(name)
        if sealed is None:
            sealed = self._sealed(call, secrets, place)
        try:
            return self._once(call, sealed, name)
        except Refusal as error:
            if not is_outdated(error):
                raise
        self._recipients.forget(place)
        return self._once(call, self._sealed(call, secrets, place), name)

    def _once(self, call: Call[T], sealed: Secrets, name: bytes) -> T:
        """Sends a call, and keeps its envelopes unless it is refused: the service knows the same call again by the same bytes alone."""
        if call.request_id is not None:
            self._envelopes.put(name, sealed)
        try:
            return self._network.call(with_secrets(call, sealed))
        except Refusal:
            self._envelopes.drop(name)
            raise

    def _sealed(self, call: Call[Any], secrets: Secrets, place: AccountPlace) -> Secrets:
        """Each secret in its envelope; none where they go out in clear."""
        keys = self._recipients.of(place)
        if keys.sealing is SealingMode.off:
            if self._sealing == "require":
                raise SealingOff(f"{call.method}: the service has sealing off, and {REQUIRED}")
            return {}
        return {field: self.seal(secret, field, place) for field, secret in secrets.items()}

    def _place_of(self, call: Call[Any]) -> AccountPlace:
        arguments = arguments_of(call)
        if "user_id" in arguments:
            return place_in(call)
        # Only a session is changed by its id alone. Whose it is decides who can read the token, so one machine's word is not enough.
        session_id = arguments["session_id"]
        place = self._sessions.get(session_id)
        if place is None:
            session = self._certified.get_agent_session(session_id)
            if session is None:
                error = NotFound("there is no such record")
                error.certified = True
                raise error
            place = AccountPlace(session.user_id, session.agent_type)
            self._sessions.put(session_id, place)
        return place

    def _opened(self, call: Call[T], reply: T, answer: Answer) -> T:
        arguments = arguments_of(call)
        refusals: Refusals = {}
        exhausted = False
        records: list[Any] = []
        for record in answer.records(reply):
            # The place that was asked for, where the call names it: a machine that gives another record in its stead gives what does not open.
            place = AccountPlace(
                arguments.get("user_id", record.user_id),
                arguments.get("agent_type") or record.agent_type,
                arguments.get("account"),
            )
            session_id = arguments.get("session_id") or getattr(record, "session_id", None)
            opened: dict[str, str] = {}
            for name, field in answer.names.items():
                secret = getattr(record, name)
                # An empty one is how the interface says that the caller is not shown it.
                if not secret:
                    continue
                if not is_sealed(secret):
                    if self._sealing == "require":
                        raise SecretInClear(f"{call.method}: the {name} is stored in clear, and {REQUIRED}")
                    continue
                if exhausted:
                    continue
                try:
                    opened[name] = self.open(secret, field, place, session_id=session_id, refusals=refusals)
                except (Refusal, VerificationFailed) as error:
                    if not answer.is_list:
                        raise
                    # No more keys are derived for now.
                    exhausted = isinstance(error, Refusal)
            records.append(changed(record, opened))
        return cast(T, answer.rebuilt(reply, records))

    def _secret_place(self, field: SecretField, place: AccountPlace) -> SecretPlace:
        return SecretPlace(
            canister_id=self._network.canister_id,
            user_id=place.user_id,
            agent_type=place.agent_type,
            account=None if field == "session_token" else place.account,
            field=field,
        )

    def _fingerprint(self, call: Call[Any], secrets: Secrets, place: AccountPlace) -> bytes:
        """Tells a call again that is made again with its request_id, without keeping its secrets."""
        parts = [part for field, secret in secrets.items() for part in (field, secret)]
        account = () if place.account is None else (place.account,)
        where = length_prefixed(place.user_id, place.agent_type.value, *account)
        message = length_prefixed(call.method, call.request_id or "", where, *parts)
        return hmac.digest(self._fingerprint_key, message, "sha256")


def place_in(call: Call[Any]) -> AccountPlace:
    """That of a call which names it."""
    arguments = arguments_of(call)
    agent_type: AgentType = arguments["agent_type"]
    return AccountPlace(arguments["user_id"], agent_type, arguments.get("account"))


def changed(record: Any, opened: dict[str, str]) -> Any:
    return replace(record, **opened) if opened else record
