"""How long fetching a page may take, and how much may come."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Limits of fetching one page with its pictures.

    Attributes
    ----------
    connect_s, read_s : float
        For one connection with its TLS handshake, and between two pieces of an answer.
    file_s, total_s : float
        For one answer with its redirects from the first byte to the last, and for all with the waiting in between.
    file_bytes, total_bytes : int
        Of one answer, and of all, as they come over the network; what they unpack to is limited where they are read.
    pictures : int
        Of a page; more are named and not fetched.
    requests : int
        For all: variants, redirects and further attempts included.
    redirects : int
        From one address to the last.
    attempts : int
        For one address, the first included.
    first_wait_s, longest_wait_s : float
        Before the second attempt, and doubled each time; the most that a server may ask for (`Retry-After`).
    """

    connect_s: float = 10.0
    read_s: float = 20.0
    file_s: float = 60.0
    total_s: float = 300.0
    file_bytes: int = 50_000_000
    total_bytes: int = 500_000_000
    pictures: int = 200
    requests: int = 1_000
    redirects: int = 10
    attempts: int = 3
    first_wait_s: float = 1.0
    longest_wait_s: float = 30.0
