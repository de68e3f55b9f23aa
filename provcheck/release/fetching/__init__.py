"""`https://...` to a release: a page and its pictures, fetched within limits and kept as a WARC file.

Nothing is fetched unless a person named the address of a page. Start in `releases` (what is done) and `visiting` (what
of a page is fetched); `asking` asks one address, through redirects and pauses; `pinning` connects to the network
address that `networks` allowed, and to no other; `keeping` puts the WARC file where it stays. `limits` has every limit.
"""

from provcheck.release.fetching.keeping import keep_as, keep_in
from provcheck.release.fetching.limits import FetchLimits
from provcheck.release.fetching.networks import Network, open_network, refusal
from provcheck.release.fetching.releases import Keep, fetch_release

__all__ = ["FetchLimits", "Keep", "Network", "fetch_release", "keep_as", "keep_in", "open_network", "refusal"]
