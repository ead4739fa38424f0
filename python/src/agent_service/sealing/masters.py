"""The public master keys from which a service's key follows. They stand here, so that no answer of a machine is believed."""

from __future__ import annotations

from ..certificate import MAINNET_ROOT_KEY
from .keys import MasterKey

PRODUCTION_KEY_1 = bytes.fromhex(
    "a9caf9ae8af0c7c7272f8a122133e2e0c7c0899b75e502bda9e109ca8193ded3ef042ed96db1125e1bdaad77d8cc60d9"
    "17e122fe2501c45b96274f43705edf0cfd455bc66c3c060faa2fcd15486e76351edf91fecb993797273bbc8beaa47404"
)
"""`key_1` of the Internet Computer, as `MasterPublicKey.productionKey()` of @dfinity/vetkeys has it."""

LOCAL_KEY_1 = bytes.fromhex(
    "8c800b5cff00463d26e8167369168827f1e48f4d8d60f71dd6a295580f65275b5f5f8e6a792c876b2c72492136530d07"
    "10a27522ee63977a76216c3cef9e70bfcb45b88736fc62142e7e0737848ce06cbb1f45a4a6a349b142ae5cf7853561e0"
)
"""`key_1` of every local network and of PocketIC. Its secret is public: it follows from the name, so nothing is secret there."""


def master_key_of(root_key: bytes) -> MasterKey:
    """The master key of the network whose root key, in DER, answers are verified by."""
    return MasterKey(PRODUCTION_KEY_1 if root_key == MAINNET_ROOT_KEY else LOCAL_KEY_1)
