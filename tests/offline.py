"""Runs feedback where every try to reach a network ends the process: the proof that nothing leaves.

Loopback counts too. `python tests/offline.py demo DIR` is `feedback demo DIR` without a network.
"""

import os
import sys

# Not among them is socket.bind: urllib3, which spaCy imports, binds a socket to see whether there is IPv6.
FORBIDDEN = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "socket.sendmsg",
)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in FORBIDDEN:
        sys.stderr.write(f"a connection was tried: {event}\n")
        sys.stderr.flush()
        os._exit(97)


if __name__ == "__main__":
    sys.addaudithook(_refuse)
    from feedback.cli import main

    main(sys.argv[1:])
