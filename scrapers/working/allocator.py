"""How freed memory goes back to the system: a worker that read one page of ten megabytes must not keep its room."""

import ctypes

# malloc.h of the GNU C library.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
BIG_BYTES = 262_144
KEPT_BYTES = 524_288
ARENAS = 2


def give_memory_back() -> None:
    """Have this process give big pieces back at once, and its threads share two heaps; only where glibc allocates.

    By itself glibc keeps a heap for every thread, and learns from big pieces to keep bigger ones: after a hostile site
    a worker of eight threads held 450 MB for 330 that it needed at most (tests.bench.hostile).
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    for option, value in ((M_ARENA_MAX, ARENAS), (M_MMAP_THRESHOLD, BIG_BYTES), (M_TRIM_THRESHOLD, KEPT_BYTES)):
        mallopt(option, value)
