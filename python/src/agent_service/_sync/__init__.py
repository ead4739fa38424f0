# Made from ../_async by `npm run generate`.
"""Calls, asynchronous and not: _sync is made from _async."""
