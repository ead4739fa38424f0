"""What stands in the way of running the npm package."""


class LocalError(RuntimeError):
    """Node, npm or the npm package is missing, too old or failed; the message says what to do."""
