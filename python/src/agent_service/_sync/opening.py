# Made from ../_async by `npm run generate`.
"""The keys that open sealed secrets: derived by the network for this caller, checked, and kept in memory alone."""

from __future__ import annotations

import time
from threading import Lock

from ..errors import (
    NotFound,
    OpeningKeyUntrusted,
    Refusal,
    SealedSecretChanged,
    SealedSecretForOthers,
    SealedSecretReplaced,
    Unauthorized,
    VerificationFailed,
)
from ..sealing.envelope import parse_envelope
from ..sealing.keys import ServiceKey, TransportKey, VetKey
from ..sealing.masters import master_key_of
from ..sealing.memory import Bounded
from ..sealing.places import Recipient, RecipientKind, SecretPlace
from ..sealing.seal import open_secret
from .methods import Methods
from .network import NetworkTransport

KEPT = 10_000
"""Keys that are kept, and kinds of recipients that the caller is none of."""
REFUSED_SECONDS = 600
"""How long a kind of recipient is not asked for again that the caller was told to be none of."""
REPLACED = "the sealed secret was replaced or removed meanwhile: read it again"
ORDER: tuple[RecipientKind, ...] = ("type", "user", "owner")
"""In which keys are asked for: one of an agent type opens the secrets of every user."""


Refusals = dict[tuple[str, ...], Refusal]
"""While the secrets of one answer are opened: what is not asked for again with each of them."""


class OpeningKeys:
    """Opens sealed secrets as whichever of their recipients the caller is. No repr shows a key."""

    def __init__(self, network: NetworkTransport) -> None:
        self._network = network
        self._methods = Methods(network)
        self._service_key: ServiceKey | None = None
        self._keys: Bounded[bytes, VetKey] = Bounded(KEPT)
        self._refused: Bounded[tuple[str, ...], float] = Bounded(KEPT)
        self._under_way: dict[bytes, Lock] = {}

    def service_key(self) -> ServiceKey:
        """What secrets are sealed with, and keys are checked against. It follows from the network's root key and the canister's id alone."""
        if self._service_key is None:
            master = master_key_of(self._network.root_key())
            self._service_key = master.service_key(self._network.canister_id)
        return self._service_key

    def open(
        self, sealed: str, place: SecretPlace, *, session_id: str | None = None, refusals: Refusals | None = None
    ) -> str:
        """
        The secret of an envelope that was found at a place; session_id is that of the session whose token it is. `refusals` are those of other secrets of the
        same answer. A sealing error where it cannot be opened; RateLimited or QuotaExceeded where no more keys are derived for now.
        """
        refusals = {} if refusals is None else refusals
        envelope = parse_envelope(sealed)
        if envelope.field != place.field:
            raise SealedSecretChanged
        for recipient in envelope.recipients:
            key = self._keys.get(recipient.key_input(place))
            if key is not None:
                return open_secret(sealed, place, recipient, key)
        refusal: Refusal | None = None
        refused: list[Recipient] = []
        for recipient in self._candidates(envelope.recipients, place):
            name = refusal_name(recipient, place)
            if name not in refusals:
                try:
                    key = self._key(recipient, place, session_id)
                except NotFound as error:
                    # The caller is of this kind, and the secret is not there any more.
                    raise SealedSecretReplaced(REPLACED) from error
                except Unauthorized as error:
                    refusals[name] = error
                else:
                    for other in refused:
                        self._refused.put(kind_name(other, place), time.monotonic())
                    return open_secret(sealed, place, recipient, key)
            refusal = refusals[name]
            refused.append(recipient)
        for recipient in envelope.recipients:
            self._refused.drop(kind_name(recipient, place))
        listed = ", ".join(map(str, envelope.recipients))
        raise SealedSecretForOthers(
            f"the sealed secret is for {listed}, and this caller gets none of their keys: {refusal}"
        ) from refusal

    def close(self) -> None:
        """Forgets all keys."""
        self._keys.close()
        self._refused.close()

    def _candidates(self, recipients: tuple[Recipient, ...], place: SecretPlace) -> list[Recipient]:
        """As whom the secret may be opened, in the order in which that is tried."""
        ordered = sorted(recipients, key=lambda recipient: ORDER.index(recipient.kind))
        return [recipient for recipient in ordered if not self._is_refused(recipient, place)] or ordered

    def _is_refused(self, recipient: Recipient, place: SecretPlace) -> bool:
        at = self._refused.get(kind_name(recipient, place))
        return at is not None and time.monotonic() - at < REFUSED_SECONDS

    def _key(self, recipient: Recipient, place: SecretPlace, session_id: str | None) -> VetKey:
        """A recipient's key; who asks for the same one meanwhile waits for it."""
        name = recipient.key_input(place)
        lock = self._under_way.setdefault(name, Lock())
        try:
            with lock:
                key = self._keys.get(name)
                if key is None:
                    key = self._derived(recipient, place, session_id)
                    self._keys.put(name, key)
                return key
        finally:
            self._under_way.pop(name, None)

    def _derived(self, recipient: Recipient, place: SecretPlace, session_id: str | None) -> VetKey:
        service_key = self.service_key()
        transport = TransportKey()
        derived = self._methods.derive_opening_key(
            place.user_id,
            place.agent_type,
            recipient.in_interface(),
            transport.public,
            account=place.account,
            session_id=session_id,
        )
        try:
            return transport.decrypt(derived.encrypted_key, service_key, recipient.key_input(place))
        except VerificationFailed as error:
            message = f"the key that was given for {recipient} is not that of the service on this network"
            raise OpeningKeyUntrusted(message) from error


def kind_name(recipient: Recipient, place: SecretPlace) -> tuple[str, ...]:
    """What being a kind of recipient depends on."""
    of_all = (recipient.kind, place.agent_type.value)
    return of_all if recipient.kind == "type" else (*of_all, place.user_id)


def refusal_name(recipient: Recipient, place: SecretPlace) -> tuple[str, ...]:
    """What a refusal depends on: an owner can be refused as one of the past."""
    epoch = (str(recipient.epoch),) if recipient.kind == "owner" else ()
    return (*kind_name(recipient, place), *epoch)
