# SPDX-License-Identifier: Apache-2.0
"""Applications in another language than the proxies, by gRPC."""

from __future__ import annotations

from e2e.messaging.environment import MessagingEnvironment, unconfirmed
from messaging.sites import BY_GRPC


def test_an_application_that_names_what_it_has_processed_processes_nothing_twice_whoever_dies(
        centres: MessagingEnvironment) -> None:
    with centres.flowing(BY_GRPC) as (sender, receiver):
        receiver.process.kill()
        centres.await_more_sent(sender)
        receiver.process.start()
        centres.await_delivered(sender, receiver, 100)
        centres.south.message.kill()
        centres.await_more_sent(sender)
        centres.south.message.start()
        centres.await_delivered(sender, receiver, 100)
        result = centres.await_all(sender, receiver)

    assert result.confirmed == result.sent, unconfirmed(sender)


def test_a_sender_that_loses_its_proxy_knows_what_was_accepted(centres: MessagingEnvironment) -> None:
    with centres.flowing(BY_GRPC) as (sender, receiver):
        centres.north.message.kill()
        centres.north.message.start()
        centres.await_more_sent(sender)
        centres.await_all(sender, receiver)
