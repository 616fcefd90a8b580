"""How gunicorn serves the application."""

import gc
import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WORKERS", "2"))
# Sync workers share no session and no connection; each answer is short.
worker_class = "sync"
preload_app = True
# Nobody steers the server while it runs; signals suffice.
control_socket_disable = True
timeout = 60
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000


def post_worker_init(worker):  # noqa: ANN001, ANN201, D103
    # What was loaded before the fork lives as long as the process: never look through it again.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    worker.wsgi.extensions["database"].forget_connections()
