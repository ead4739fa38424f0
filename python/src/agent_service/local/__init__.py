"""The project's npm package, run by Node: the command `agent-service`, and the networks of tests."""
