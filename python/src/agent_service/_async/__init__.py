"""Calls, asynchronous and not: _sync is made from _async."""
