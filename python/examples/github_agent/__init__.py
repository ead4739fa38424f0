"""An agent that does on GitHub what its users write, and keeps a record of it in the Agent Service."""
