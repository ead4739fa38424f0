"""What a call can raise. Each is an `AgentServiceError`."""

from __future__ import annotations

from datetime import timedelta


class AgentServiceError(Exception):
    """A call did not do what it should."""

    certified = False
    """Whether the network signed what it tells, or for a query a machine of it. Else it is the package's word, one machine's, or a gateway's."""


class Refusal(AgentServiceError):
    """The service refused the call; nothing was changed. Where it is not certified, that is the word of one machine, or the package's."""


class NotFound(Refusal):
    """There is no such record."""


class InvalidArgument(Refusal, ValueError):
    """An argument is not acceptable; the message says the limit. Where the package itself finds that, nothing was sent."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field} {message}")
        self.field = field
        """The argument's name."""


class Unauthorized(Refusal):
    """The caller may not do this."""


class Conflict(Refusal):
    """The record is not in a state that allows this."""


class RateLimited(Refusal):
    """Too many calls."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"too many calls; the next is accepted in {retry_after}")
        self.retry_after = retry_after
        """After which a call is accepted again."""


class QuotaExceeded(Refusal):
    """No more of this resource."""

    def __init__(self, resource: str, limit: int) -> None:
        super().__init__(f"no more than {limit} {resource}")
        self.resource = resource
        self.limit = limit


class Expired(Refusal):
    """The record has expired."""


class CallRejected(AgentServiceError):
    """The network or the canister rejected the call: it does not exist, is stopped, trapped, or could not read it."""

    def __init__(self, code: int, message: str, error_code: str | None, *, certified: bool) -> None:
        super().__init__(message)
        self.code = code
        """1 to 6: "Reject codes" of the interface specification."""
        self.error_code = error_code
        """The network's finer code, such as IC0503."""
        self.certified = certified


class OutcomeUnknown(AgentServiceError):
    """
    Time ran out before the network's answer was there: the call may have been executed, and may still be.

    A method that takes a request_id can be called again with this one: it is executed once.
    """

    def __init__(self, method: str, request_id: str | None = None) -> None:
        super().__init__(f"{method}: the network's answer did not arrive; it is unknown whether the call was executed")
        self.method = method
        self.request_id = request_id


class NetworkError(AgentServiceError):
    """The network was not reached, or turned the request away before anything was executed."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status, where there was an answer."""


class ClockError(NetworkError):
    """
    This machine's clock is not the network's, and the call cannot be made by the network's time: the two differ by more than a day, or the
    network does not prove its time. Nothing was executed.
    """

    def __init__(self, network_ahead: timedelta, reason: str | None = None) -> None:
        direction = "ahead of" if network_ahead < timedelta() else "behind"
        difference = f"this machine's clock is {in_words(abs(network_ahead))} {direction} the network's"
        super().__init__(
            f"{difference}; set the clock of this machine" if reason is None else f"{reason}: by it {difference}"
        )
        self.ahead = -network_ahead
        """By how much this machine's clock is ahead of the network's; negative where it is behind."""


UNITS = (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))


def in_words(time: timedelta) -> str:
    """The two greatest units of a time, such as 6 min 2 s."""
    seconds = round(time.total_seconds())
    parts: list[tuple[int, str]] = []
    for unit, size in UNITS:
        count, seconds = divmod(seconds, size)
        if parts or count > 0 or size == 1:
            parts.append((count, unit))
    return " ".join(f"{count} {unit}" for count, unit in parts[:2] if count > 0 or len(parts) == 1)


class VerificationFailed(AgentServiceError):
    """An answer is not what the network signed, or too old: do not trust the machine that gave it."""


class SealedSecretMalformed(VerificationFailed):
    """A sealed secret is of no form that this version knows, or a part of it is missing."""


class SealedSecretForOthers(VerificationFailed):
    """A sealed secret is for other recipients, or for these in another epoch: the caller gets no key that opens it."""


class SealedSecretReplaced(VerificationFailed):
    """A sealed secret was replaced or removed after it was read. Read it again."""


class SealedSecretChanged(VerificationFailed):
    """A sealed secret was not sealed for this place or this key, or was changed."""

    def __init__(self, message: str = "the sealed secret was not sealed for this place, or was changed") -> None:
        super().__init__(message)


class OpeningKeyUntrusted(VerificationFailed):
    """The key that was given for a recipient is not that of the service on this network: do not trust the machine that gave it."""


class SecretInClear(VerificationFailed):
    """A client or gateway with sealing='require' read a secret that is not sealed. The secret is not given."""


class SealingOff(VerificationFailed):
    """A client or gateway with sealing='require' was to send a secret to a service that has sealing off. Nothing was sent."""


class UnexpectedReply(AgentServiceError):
    """A reply is of another type than this version of the package knows."""
