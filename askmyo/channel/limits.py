"""Rate limits, and whom they count against."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

from sanic.request import Request

from askmyo.channel.errors import too_fast
from askmyo.channel.headers import listed

_MOST_KEYS = 20_000


class Limiter:
    """A token bucket per key: some minutes' worth at once, then one by one.

    It remembers a bounded number of keys and forgets the one unseen for longest.
    """

    def __init__(
        self,
        per_minute: int,
        minutes: int = 1,
        most_keys: int = _MOST_KEYS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._size = float(per_minute * minutes)
        self._per_second = per_minute / 60
        self._most = most_keys
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Counts one call.

        Raises:
            ChannelError: 429 if there were too many; a refused call is not counted.
        """
        now = self._clock()
        left, seen = self._buckets.get(key, (self._size, now))
        left = min(self._size, left + (now - seen) * self._per_second)
        passes = left >= 1
        self._buckets[key] = (left - 1 if passes else left, now)
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        if not passes:
            raise too_fast((1 - left) / self._per_second)

    def forget(self, key: str) -> None:
        """Drops what is known of a key."""
        self._buckets.pop(key, None)

    def __len__(self) -> int:
        return len(self._buckets)


def caller(request: Request, trusted_proxies: int) -> str:
    """The address a call comes from.

    Each proxy in front appends whom it heard from to X-Forwarded-For; only the last
    `trusted_proxies` entries are theirs, all before them anybody can write.
    """
    direct = str(request.ip)
    hops = listed(request, "x-forwarded-for") if trusted_proxies else []
    heard = hops[-trusted_proxies] if len(hops) >= trusted_proxies > 0 else direct
    return _whose(heard) or _whose(direct) or direct


def _whose(address: str) -> str | None:
    """The address all calls of one household share; None if it is no address."""
    try:
        parsed = ipaddress.ip_address(_bare(address))
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    # All of IPv4 lies in one /64 of IPv6: the limit would be everybody's.
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    # One household has a whole /64 of IPv6 addresses.
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _bare(address: str) -> str:
    """Without the brackets, the port and the name of a network card that some proxies add."""
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    return address.partition("%")[0]
