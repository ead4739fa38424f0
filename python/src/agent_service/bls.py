"""BLS12-381 as the Internet Computer uses it: signatures in G1, keys in G2."""

from __future__ import annotations

from py_arkworks_bls12381 import GT, G1Point, G2Point

from .errors import VerificationFailed

DER_PREFIX = bytes.fromhex("308182301d060d2b0601040182dc7c0503010201060c2b0601040182dc7c05030201036100")
CIPHERSUITE = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"


class ForeignSignature(VerificationFailed):
    """Another key signed, or something else was signed."""


def verify(*, signature: bytes, message: bytes, key: bytes) -> None:
    """VerificationFailed where the signature of 48 bytes is not the DER key's of 133 bytes over the message."""
    point = key_point(key)
    try:
        signed = G1Point.from_compressed_bytes(signature)
    except ValueError:
        raise VerificationFailed("a certificate's signature is no point of the curve") from None
    hashed = G1Point.hash_to_curve(message, CIPHERSUITE)
    if signed == G1Point.identity() or not GT.pairing_check([signed, -hashed], [G2Point(), point]):
        raise ForeignSignature("the certificate's signature is not the network's")


def key_point(key: bytes) -> G2Point:
    """The point of a key in DER. VerificationFailed where it is none."""
    if not key.startswith(DER_PREFIX):
        raise VerificationFailed("a network's key must be a BLS12-381 key in DER")
    try:
        point = G2Point.from_compressed_bytes(key[len(DER_PREFIX) :])
    except ValueError:
        raise VerificationFailed("a network's key is no point of the curve") from None
    if point == G2Point.identity():
        raise VerificationFailed("a network's key must not be the identity")
    return point
