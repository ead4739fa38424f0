"""Seals a secret for its recipients at its place, and opens it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..errors import SealedSecretChanged, SealedSecretForOthers
from .envelope import NONCE_LENGTH, Envelope, header, parse_envelope
from .identity_encryption import SEED_LENGTH, decrypt, encrypt
from .keys import ServiceKey, VetKey
from .length_prefixed import length_prefixed
from .places import Recipient, SecretPlace

DOMAIN = "agent-service sealed secret"
KEY_LENGTH = 32


def seal_secret(
    secret: str,
    place: SecretPlace,
    recipients: Sequence[Recipient],
    key: ServiceKey,
    *,
    random: Callable[[int], bytes] = token_bytes,
) -> str:
    """The envelope's text, which takes the secret's place. Recipients are in the order of their kinds, one at least.

    `random` gives bytes that nobody can guess.
    """
    content_key = random(KEY_LENGTH)
    wrapped_keys = tuple(
        encrypt(content_key, key, recipient.key_input(place), random(SEED_LENGTH)) for recipient in recipients
    )
    nonce = random(NONCE_LENGTH)
    surroundings = additional_data(place, tuple(recipients), wrapped_keys)
    ciphertext = AESGCM(content_key).encrypt(nonce, secret.encode("utf-8"), surroundings)
    return str(
        Envelope(
            field=place.field,
            recipients=tuple(recipients),
            wrapped_keys=wrapped_keys,
            nonce=nonce,
            ciphertext=ciphertext,
        )
    )


def open_secret(text: str, place: SecretPlace, recipient: Recipient, key: VetKey) -> str:
    """The secret in an envelope that was found at a place, as one of its recipients, with the recipient's key.

    SealedSecretMalformed, SealedSecretForOthers or SealedSecretChanged where it cannot be opened; each is a VerificationFailed.
    """
    envelope = parse_envelope(text)
    if envelope.field != place.field:
        raise SealedSecretChanged
    if recipient not in envelope.recipients:
        listed = ", ".join(map(str, envelope.recipients))
        raise SealedSecretForOthers(f"the sealed secret is for {listed}, and not for {recipient}")
    content_key = decrypt(envelope.wrapped_keys[envelope.recipients.index(recipient)], key)
    return open_content(envelope, place, content_key)


def open_content(envelope: Envelope, place: SecretPlace, content_key: bytes) -> str:
    surroundings = additional_data(place, envelope.recipients, envelope.wrapped_keys)
    try:
        return AESGCM(content_key).decrypt(envelope.nonce, envelope.ciphertext, surroundings).decode("utf-8")
    except InvalidTag:
        raise SealedSecretChanged from None


def additional_data(place: SecretPlace, recipients: tuple[Recipient, ...], wrapped_keys: tuple[bytes, ...]) -> bytes:
    """All that surrounds the secret: where one byte of it is another one, the secret does not open."""
    inputs = [recipient.key_input(place) for recipient in recipients]
    return length_prefixed(DOMAIN, header(place.field, recipients), bytes(place), *inputs, *wrapped_keys)
