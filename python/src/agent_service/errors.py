"""What a call can raise. Each is an `AgentServiceError`."""

from __future__ import annotations

from datetime import timedelta


class AgentServiceError(Exception):
    """A call did not do what it should."""


class Refusal(AgentServiceError):
    """The service refused the call; nothing was changed."""


class NotFound(Refusal):
    """There is no such record."""


class InvalidArgument(Refusal):
    """An argument is not acceptable; the message says the limit."""

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
    """The record's time is over."""


class CallRejected(AgentServiceError):
    """The network or the canister rejected the call: it does not exist, is stopped, trapped, or could not read it."""

    def __init__(self, code: int, message: str, error_code: str | None, *, certified: bool) -> None:
        super().__init__(message)
        self.code = code
        """1 to 6: "Reject codes" of the interface specification."""
        self.error_code = error_code
        """The network's finer code, such as IC0503."""
        self.certified = certified
        """Whether the network signed it, or for a query a machine of it. Else it is one machine's word, or a gateway's."""


class OutcomeUnknown(AgentServiceError):
    """
    Time ran out before the network's answer was there: the call may have been executed, and may still be.

    A method that takes a request_id can be called again with this one: it is executed once.
    """

    def __init__(self, method: str, request_id: str | None = None) -> None:
        super().__init__(f"{method}: the time for an answer is over; it is unknown whether the call was executed")
        self.method = method
        self.request_id = request_id


class NetworkError(AgentServiceError):
    """The network was not reached, or turned the request away before anything was executed."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status, where there was an answer."""


class VerificationFailed(AgentServiceError):
    """An answer is not what the network signed, or too old: do not trust the machine that gave it."""


class UnexpectedReply(AgentServiceError):
    """A reply is of another type than this version of the package knows."""
