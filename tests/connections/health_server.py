# SPDX-License-Identifier: Apache-2.0
"""An HTTP server that answers as it is told. Run it on a host:

    python3 health_server.py ADDRESS PORT ORDERS [PEM]

ORDERS is a file with a JSON object, read anew for each request: `status` and `body` of the response, and after how many
seconds it begins (`delay`). With a PEM file of a key and a certificate it speaks HTTPS. `ready` is printed once it
listens.
"""

from __future__ import annotations

import json
import socket
import ssl
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _IPv6Server(ThreadingHTTPServer):
    """A server with an IPv6 address."""

    address_family = socket.AF_INET6


def handler_of(orders: Path) -> type[BaseHTTPRequestHandler]:
    """Returns what answers requests."""

    class Handler(BaseHTTPRequestHandler):
        """One connection."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # pylint: disable=invalid-name
            """Answers as ordered."""
            order = json.loads(orders.read_text())
            body = order["body"].encode()
            time.sleep(order["delay"])
            try:
                self.send_response(order["status"])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except ConnectionError:
                # Whoever asked has given up.
                self.close_connection = True

    return Handler


def serve(address: str, port: int, orders: Path, certificate: Path | None) -> None:
    """Serves until it is killed."""
    kind = _IPv6Server if ":" in address else ThreadingHTTPServer
    with kind((address, port), handler_of(orders)) as server:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        print("ready", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]) if len(sys.argv) > 4 else None)
