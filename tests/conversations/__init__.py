"""Conversations played by `rasa test core --e2e`: people's own words, by situation, one file a skill."""
