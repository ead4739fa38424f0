"""vetKeys, as the Internet Computer derives them: https://internetcomputer.org/docs/references/ic-interface-spec#ic-vetkd_derive_key."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_bytes
from typing import NoReturn, SupportsIndex

from py_arkworks_bls12381 import GT, G1Point, G2Point, Scalar

from ..errors import VerificationFailed
from ..principal import Principal
from .length_prefixed import length_prefixed
from .scalars import hash_to_scalar

CONTEXT = b"agent-service sealing 1"
"""What the service's keys are derived for."""

G1_LENGTH = 48
G2_LENGTH = 96
IDENTITY_SUITE = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_AUG_"
DERIVATION = "ic-vetkd-bls12-381-g2-"


class ServiceKey:
    """The public key that secrets of a service are sealed with, and that the keys which open them are checked against."""

    def __init__(self, compressed: bytes) -> None:
        self.point = public_point(compressed)
        self._compressed = compressed

    def __bytes__(self) -> bytes:
        """The point of G2, compressed: 96 bytes."""
        return self._compressed

    def identity_point(self, key_input: bytes) -> G1Point:
        """What the network signs to derive a key: the augmented hash of the recipient's input."""
        return G1Point.hash_to_curve(self._compressed + key_input, IDENTITY_SUITE)


class MasterKey:
    """A public master key of a network, from which those of services follow, so that no answer of a machine is believed."""

    def __init__(self, compressed: bytes) -> None:
        """A point of G2, compressed: 96 bytes. VerificationFailed for another one."""
        self._point = public_point(compressed)

    def service_key(self, canister_id: Principal) -> ServiceKey:
        of_canister = derived(self._point, canister_id.bytes, "canister-id")
        return ServiceKey(derived(of_canister, CONTEXT, "context").to_compressed_bytes())


class InMemory:
    """A key that is nowhere but in memory: no repr, `vars` or pickle shows it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def __reduce_ex__(self, _protocol: SupportsIndex) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} is kept in memory alone, and is not copied or pickled")


class VetKey(InMemory):
    """A key that opens secrets. It is nowhere but in memory, and no repr shows it."""

    __slots__ = ("point",)

    def __init__(self, compressed: bytes) -> None:
        """A point of G1, compressed: 48 bytes. VerificationFailed for another one."""
        self.point = secret_point(compressed, "a key")


class TransportKey(InMemory):
    """What a key is encrypted for on its way: of one derivation alone, and nowhere but in memory."""

    __slots__ = ("_secret",)

    def __init__(self, *, random: Callable[[int], bytes] = token_bytes) -> None:
        """`random` gives bytes that nobody can guess."""
        # As many bytes as a field element of RFC 9380 has, so that the scalar is not biased.
        self._secret = Scalar.from_be_bytes_mod_order(random(48))

    @property
    def public(self) -> bytes:
        """The point of G1, compressed: 48 bytes."""
        return bytes((G1Point() * self._secret).to_compressed_bytes())

    def decrypt(self, encrypted: bytes, key: ServiceKey, key_input: bytes) -> VetKey:
        """The key in the 192 bytes of `vetkd_derive_key`. VerificationFailed where it is not the one of this service and input."""
        if len(encrypted) != 2 * G1_LENGTH + G2_LENGTH:
            raise VerificationFailed(
                f"an encrypted key must have {2 * G1_LENGTH + G2_LENGTH} bytes, not {len(encrypted)}"
            )
        c1 = secret_point(encrypted[:G1_LENGTH], "an encrypted key")
        c2 = public_point(encrypted[G1_LENGTH:-G1_LENGTH])
        c3 = secret_point(encrypted[-G1_LENGTH:], "an encrypted key")
        if not GT.pairing_check([c1, -G1Point()], [G2Point(), c2]):
            raise VerificationFailed("an encrypted key is not what the network derives")
        point = c3 + -(c1 * self._secret)
        if not GT.pairing_check([point, -key.identity_point(key_input)], [G2Point(), key.point]):
            raise VerificationFailed("the derived key is not the one of this service and recipient")
        return VetKey(point.to_compressed_bytes())


def derived(parent: G2Point, part: bytes, kind: str) -> G2Point:
    offset = hash_to_scalar(length_prefixed(parent.to_compressed_bytes(), part), f"{DERIVATION}{kind}")
    return parent + G2Point() * offset


def public_point(compressed: bytes) -> G2Point:
    try:
        point = G2Point.from_compressed_bytes(compressed)
    except ValueError:
        raise VerificationFailed("a public key is no point of the curve") from None
    if point == G2Point.identity():
        raise VerificationFailed("a public key must not be the identity")
    return point


def secret_point(compressed: bytes, what: str) -> G1Point:
    try:
        return G1Point.from_compressed_bytes(compressed)
    except ValueError:
        raise VerificationFailed(f"{what} is no point of the curve") from None
