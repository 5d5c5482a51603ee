"""The counsellors' console: conversations that concern a structure, read, taken over, and what became of them."""
