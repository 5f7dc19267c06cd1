# SPDX-License-Identifier: Apache-2.0
"""Certificates for servers of the tests, each signed by its own key."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from topologies.processes import output_of

_DAYS = "30"
_PASSWORD = "changeit"


@dataclass(frozen=True)
class Certificate:
    """A certificate and its key, in PEM files: one of each, and one with both."""

    certificate: Path
    key: Path

    @property
    def both(self) -> Path:
        """The key and the certificate."""
        return self.key.with_suffix(".pem")


def make_certificate(folder: Path, name: str, *addresses: str) -> Certificate:
    """Makes a certificate.

    :param name: the stem of its files, and whose it is
    :param addresses: the IP addresses of whom it is for
    """
    made = Certificate(folder / f"{name}.crt", folder / f"{name}.key")
    names = ",".join(f"IP:{address}" for address in addresses)
    output_of(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
               "-days", _DAYS, "-subj", f"/CN={name}", "-addext", f"subjectAltName={names}",
               "-keyout", str(made.key), "-out", str(made.certificate)])
    made.both.write_text(made.key.read_text() + made.certificate.read_text())
    return made


def trusting(folder: Path, certificates: Sequence[Certificate]) -> str:
    """Makes a Java runtime trust certificates and no others: returns the options that it is to be started with.

    :param folder: where its store is made, which it must be able to read
    """
    store = folder / "trusted.p12"
    store.unlink(missing_ok=True)
    keytool = Path(os.environ["JAVA_HOME"]) / "bin" / "keytool" if os.environ.get("JAVA_HOME") else Path("keytool")
    for each in certificates:
        output_of([str(keytool), "-importcert", "-noprompt", "-alias", each.certificate.stem, "-file",
                   str(each.certificate), "-keystore", str(store), "-storetype", "PKCS12", "-storepass", _PASSWORD])
    store.chmod(0o644)
    return f"-Djavax.net.ssl.trustStore={store} -Djavax.net.ssl.trustStorePassword={_PASSWORD}"
