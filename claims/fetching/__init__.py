"""The queue of what is to be fetched: asked for, carried out under leases, put in by the schedule, held by outlet."""

from claims.fetching.requests import Asker, Wish, count_open, enqueue, join, request, retry, submit

__all__ = ["Asker", "Wish", "count_open", "enqueue", "join", "request", "retry", "submit"]
