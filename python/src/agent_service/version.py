"""The version of the package, which is the project's: package.json has the same."""

__version__ = "0.1.0"
