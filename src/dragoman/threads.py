"""How many threads numpy's library of linear algebra may take.

It takes one a core by default, also for a product of a hundred rows, and they turn round in circles for a while in case
another follows: two processes that read on two cores then get a third less done. What is multiplied here is small.
"""

from __future__ import annotations

from functools import cache

from threadpoolctl import ThreadpoolController, threadpool_limits


@cache
def _controller() -> ThreadpoolController:
    """The libraries that are loaded; to look for them takes milliseconds."""
    return ThreadpoolController()


def one_thread() -> threadpool_limits:
    """A context in which a product of matrices is made by the thread that asks for it, alone."""
    return _controller().limit(limits=1, user_api="blas")
