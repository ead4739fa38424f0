"""The envelope as text of ASCII, which every client passes on unchanged."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from ..errors import SealedSecretMalformed
from .places import RECIPIENT_KINDS, SECRET_FIELDS, Recipient, SecretField

MARK = "agent-service-sealed:"
VERSION = "1"
FORM = re.compile(
    rf"{MARK}{VERSION}:(?P<field>[a-z_]+):(?P<recipients>[a-z]+\.\d+(?:,[a-z]+\.\d+)*):(?P<body>[A-Za-z0-9_-]+)",
    re.ASCII,
)
MAX_EPOCH = 2**64 - 1

WRAPPED_KEY_LENGTH = 168
"""Bytes: an IBE ciphertext (header 8, point 96, seed 32) of the content key (32)."""
NONCE_LENGTH = 12
TAG_LENGTH = 16
"""Of AES-256-GCM, at the end of the ciphertext."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A sealed secret, taken apart."""

    field: SecretField
    recipients: tuple[Recipient, ...]
    """In the order of their kinds."""
    wrapped_keys: tuple[bytes, ...]
    """The content key for each recipient, in their order."""
    nonce: bytes
    ciphertext: bytes
    """With the tag."""

    def __str__(self) -> str:
        body = b"".join((*self.wrapped_keys, self.nonce, self.ciphertext))
        return header(self.field, self.recipients) + urlsafe_b64encode(body).decode("ascii").rstrip("=")


def header(field: SecretField, recipients: tuple[Recipient, ...]) -> str:
    """What is in clear of an envelope: all that stands before its bytes."""
    return f"{MARK}{VERSION}:{field}:{','.join(map(str, recipients))}:"


def is_sealed(secret: str) -> bool:
    """Whether a secret is sealed, and not in clear; it may still be malformed."""
    return secret.startswith(MARK)


def parse_envelope(text: str) -> Envelope:
    """Takes an envelope apart. SealedSecretMalformed where it is none, so that each has one text alone."""
    found = FORM.fullmatch(text)
    if found is None:
        raise malformed()
    field = next((known for known in SECRET_FIELDS if known == found["field"]), None)
    if field is None:
        raise malformed()
    recipients = parse_recipients(found["recipients"])
    body = decode_body(found["body"])
    nonce_at = len(recipients) * WRAPPED_KEY_LENGTH
    if len(body) < nonce_at + NONCE_LENGTH + TAG_LENGTH:
        raise malformed()
    return Envelope(
        field=field,
        recipients=recipients,
        wrapped_keys=tuple(body[at : at + WRAPPED_KEY_LENGTH] for at in range(0, nonce_at, WRAPPED_KEY_LENGTH)),
        nonce=body[nonce_at : nonce_at + NONCE_LENGTH],
        ciphertext=body[nonce_at + NONCE_LENGTH :],
    )


def parse_recipients(text: str) -> tuple[Recipient, ...]:
    """Each kind once at most, in their order."""
    recipients: list[Recipient] = []
    kinds = list(RECIPIENT_KINDS)
    for part in text.split(","):
        name, epoch = part.split(".")
        kind = next((known for known in kinds if known == name), None)
        if kind is None or len(epoch) > len(str(MAX_EPOCH)) or str(int(epoch)) != epoch or int(epoch) > MAX_EPOCH:
            raise malformed()
        recipients.append(Recipient(kind, int(epoch)))
        kinds = kinds[kinds.index(kind) + 1 :]
    return tuple(recipients)


def decode_body(text: str) -> bytes:
    try:
        body = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise malformed() from None
    # Bits that belong to no byte would give one envelope several texts.
    if urlsafe_b64encode(body).decode("ascii").rstrip("=") != text:
        raise malformed()
    return body


def malformed() -> SealedSecretMalformed:
    return SealedSecretMalformed(
        "the sealed secret is not of the form that this version of the package knows, or a part of it is missing"
    )
