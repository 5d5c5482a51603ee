"""Everything for real: PostgreSQL, Rasa, the action server and the gateway, over HTTP."""
