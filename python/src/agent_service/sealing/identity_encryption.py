"""Identity-based encryption (Boneh and Franklin, with the transform of Fujisaki and Okamoto), in the form of `@dfinity/vetkeys`."""

from __future__ import annotations

from hashlib import shake_256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from py_arkworks_bls12381 import GT, G2Point, Scalar

from ..errors import SealedSecretChanged
from .keys import G2_LENGTH, ServiceKey, VetKey
from .scalars import hash_to_scalar

HEADER = b"IC IBE\x00\x01"
SEED_LENGTH = 32
DOMAIN = "ic-vetkd-bls12-381-ibe-"


def encrypt(message: bytes, key: ServiceKey, identity: bytes, seed: bytes) -> bytes:
    """`seed` is 32 bytes that nobody can guess. Returns 136 bytes more than the message has."""
    mask = mask_scalar(seed, message)
    c1 = bytes((G2Point() * mask).to_compressed_bytes())
    shared = GT.pairing(key.identity_point(identity) * mask, key.point)
    return HEADER + c1 + xor(seed, seed_mask(shared)) + xor(message, message_mask(seed, len(message)))


def decrypt(ciphertext: bytes, key: VetKey) -> bytes:
    """SealedSecretChanged where it was encrypted for another key, or a byte of it was changed."""
    point_at = len(HEADER)
    seed_at = point_at + G2_LENGTH
    message_at = seed_at + SEED_LENGTH
    if not ciphertext.startswith(HEADER) or len(ciphertext) < message_at:
        raise SealedSecretChanged
    try:
        c1 = G2Point.from_compressed_bytes(ciphertext[point_at:seed_at])
    except ValueError:
        raise SealedSecretChanged from None
    seed = xor(ciphertext[seed_at:message_at], seed_mask(GT.pairing(key.point, c1)))
    message = xor(ciphertext[message_at:], message_mask(seed, len(ciphertext) - message_at))
    if G2Point() * mask_scalar(seed, message) != c1:
        raise SealedSecretChanged
    return message


def mask_scalar(seed: bytes, message: bytes) -> Scalar:
    return hash_to_scalar(HEADER + seed + message, f"{DOMAIN}hash-to-mask")


def seed_mask(shared: GT) -> bytes:
    # The coefficients of the field of 12 in the order of @noble/curves, each big-endian: the reverse of the little-endian text of arkworks.
    return hkdf(bytes.fromhex(str(shared))[::-1], f"{DOMAIN}mask-seed")


def message_mask(seed: bytes, length: int) -> bytes:
    return shake_256(hkdf(seed, f"{DOMAIN}mask-msg-{length:020}")).digest(length)


def hkdf(material: bytes, info: str) -> bytes:
    return HKDF(SHA256(), SEED_LENGTH, salt=None, info=info.encode("ascii")).derive(material)


def xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
