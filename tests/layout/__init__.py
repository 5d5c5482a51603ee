"""What the folders promise: the mirror of skills, sentences held out, and files a newcomer can read."""
