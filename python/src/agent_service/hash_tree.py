"""Hash trees ("Certification, Encoding of certificates" in the interface specification), as CBOR decodes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from .errors import VerificationFailed

EMPTY, FORK, LABELED, LEAF, PRUNED = range(5)
SEPARATORS = {
    kind: bytes([len(name)]) + name
    for kind, name in {
        EMPTY: b"ic-hashtree-empty",
        FORK: b"ic-hashtree-fork",
        LABELED: b"ic-hashtree-labeled",
        LEAF: b"ic-hashtree-leaf",
    }.items()
}
MAX_DEPTH = 256


def digest(node: object, depth: int = 0) -> bytes:
    """The root hash. VerificationFailed where this is no hash tree."""
    if depth > MAX_DEPTH:
        raise VerificationFailed(f"a hash tree is deeper than {MAX_DEPTH}")
    match node:
        case [0]:
            return sha256(SEPARATORS[EMPTY]).digest()
        case [1, left, right]:
            return sha256(SEPARATORS[FORK] + digest(left, depth + 1) + digest(right, depth + 1)).digest()
        case [2, bytes(label), child]:
            return sha256(SEPARATORS[LABELED] + label + digest(child, depth + 1)).digest()
        case [3, bytes(value)]:
            return sha256(SEPARATORS[LEAF] + value).digest()
        case [4, bytes(pruned)] if len(pruned) == 32:
            return pruned
    raise VerificationFailed("a certificate holds no hash tree")


def lookup(node: object, path: Sequence[bytes]) -> bytes | None:
    """The value at a path; None where the tree does not show one. The tree's digest must have been verified."""
    match subtree(node, path):
        case [3, bytes(value)]:
            return value
    return None


def subtree(node: object, path: Sequence[bytes]) -> object:
    """What lies under a path; None where the tree does not show it."""
    for label in path:
        node = next((child for name, child in children(node) if name == label), None)
    return node


def children(node: object) -> Iterator[tuple[bytes, object]]:
    """The labels right under a node that the tree shows, and what they lead to."""
    match node:
        case [1, left, right]:
            yield from children(left)
            yield from children(right)
        case [2, bytes(label), child]:
            yield label, child
