"""The installation's one secret at work: what must be found again is hashed with it, what must be read, encrypted."""

import base64
import hmac

from cryptography.fernet import Fernet


class Seal:
    """Keyed hashes and encryption. Each use has a key of its own, drawn from the secret."""

    def __init__(self, secret: str) -> None:
        self._hashing = hmac.digest(secret.encode(), b"piste: found again", "sha256")
        self._fernet = Fernet(base64.urlsafe_b64encode(hmac.digest(secret.encode(), b"piste: read again", "sha256")))

    def hash(self, *parts: str) -> bytes:
        """Return what stands for these words in the database; nobody guesses them from it without the secret."""
        return hmac.digest(self._hashing, "\0".join(parts).encode(), "sha256")

    def close(self, text: str) -> bytes:
        """Encrypt."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """Decrypt what `close` returned; raises InvalidToken where the secret has changed since."""
        return self._fernet.decrypt(sealed).decode()
