"""Where a secret is kept, and for whom it is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from ..models import AgentType, SealingRecipient, SealingRecipientKind
from ..principal import Principal
from .length_prefixed import length_prefixed, u64

SecretField = Literal["token", "token_data", "session_token"]
"""The secrets of the interface: of credentials the access token and the OAuth grant, of a session its token."""

RecipientKind = Literal["owner", "user", "type"]
"""Who opens a secret: the user's owner alone; agents that the user granted the agent type with credentials; first-party agents of the agent type."""

SECRET_FIELDS: tuple[SecretField, ...] = get_args(SecretField)
RECIPIENT_KINDS: tuple[RecipientKind, ...] = get_args(RecipientKind)
"""In their order in an envelope."""
IN_ENVELOPES: dict[SealingRecipientKind, RecipientKind] = {
    SealingRecipientKind.owner: "owner",
    SealingRecipientKind.user: "user",
    SealingRecipientKind.agent_type: "type",
}
"""What the interface's kinds are called there."""


@dataclass(frozen=True, kw_only=True)
class SecretPlace:
    """Where a secret is kept. A sealed one opens nowhere else."""

    canister_id: Principal
    """The service."""
    user_id: str
    agent_type: AgentType
    field: SecretField
    account: str | None = None
    """The label of the account; None for the default one, and for a session, which has no id yet when its token is sealed."""

    def __bytes__(self) -> bytes:
        """What tells the place apart from every other one."""
        account = () if self.account is None else (self.account,)
        # The field is the last part, so that an account is never taken for it.
        return length_prefixed(self.canister_id.bytes, self.user_id, self.agent_type.value, *account, self.field)


@dataclass(frozen=True)
class Recipient:
    """Recipients of an epoch: whatever ends or narrows a right of theirs begins the next one, with another key."""

    kind: RecipientKind
    epoch: int
    """From 0 to 2**64 - 1."""

    @classmethod
    def of(cls, told: SealingRecipient) -> Recipient:
        """The same in the form of the interface, as get_sealing_keys tells it."""
        return cls(IN_ENVELOPES[told.kind], told.epoch)

    def in_interface(self) -> SealingRecipient:
        """The same in the form of the interface, as derive_opening_key takes it."""
        kind = next(kind for kind, name in IN_ENVELOPES.items() if name == self.kind)
        return SealingRecipient(kind=kind, epoch=self.epoch)

    def __str__(self) -> str:
        return f"{self.kind}.{self.epoch}"

    def key_input(self, place: SecretPlace) -> bytes:
        """The identity that the content key is encrypted for: the input from which the network derives the recipients' key."""
        whose = {
            "owner": [place.user_id],
            "user": [place.user_id, place.agent_type.value],
            "type": [place.agent_type.value],
        }[self.kind]
        return length_prefixed(self.kind, *whose, u64(self.epoch))
