"""A partner's program against running services: it opens a ticket, reads a balance and watches a change.

The environment says where they are: CALLOUT_PARTNER is a JSON file with addresses, certificates and the ids of an
account that has an agreement, a contact and an asset. scripts/test makes it.
"""

import json
import os
import socket
import ssl

import unittest

import common_pb2 as common
import intake_pb2 as intake
import ledger_pb2 as ledger
import wire_pb2 as wire
from callout_wire import (
    COUNTED,
    HEADER,
    HELLO,
    PING,
    REFUSAL,
    REQUEST,
    Connection,
    Disconnected,
    Refused,
    encode_frame,
    uuid7,
)

CHANGES_WATCH, TICKET_OPEN, TICKET_GET, AGREEMENT_GET, BALANCE_GET = 0x000C, 0x010C, 0x010D, 0x0203, 0x0211
AGREEMENT_SIGN = 0x0201

with open(os.environ["CALLOUT_PARTNER"]) as file:
    SETUP = json.load(file)
ACCOUNT, CONTACT, ASSET = (bytes.fromhex(SETUP[name]) for name in ("account", "contact", "asset"))


def connect(service, certificate="desk"):
    host, port = SETUP[service].rsplit(":", 1)
    folder = SETUP["certificates"]
    name = SETUP["identities"][certificate]
    return Connection((host, int(port)), service, f"{folder}/ca.pem", f"{folder}/{name}.pem", f"{folder}/{name}.key")


def ticket_request(subject):
    return intake.TicketOpenRequest(
        account_id=ACCOUNT, contact_id=CONTACT, asset_id=ASSET, subject=subject, channel="telephone", category="desktop"
    )


class Partner(unittest.TestCase):
    def test_welcome_announces_version_limits_and_service(self):
        with connect("intake") as connection:
            self.assertEqual(connection.welcome.version, 1)
            self.assertEqual(connection.welcome.service, "intake")
            self.assertGreaterEqual(connection.welcome.limits.max_frame_bytes, 16 * 1024)
            self.assertGreater(connection.welcome.limits.max_in_flight, 0)
            self.assertEqual(list(connection.welcome.features), [])

    def test_opens_a_ticket_and_watches_it_change(self):
        with connect("intake") as watcher, connect("intake") as connection:
            changes = watcher.subscribe(
                CHANGES_WATCH, common.ChangesWatchRequest(kinds=["ticket.opened"]), common.Change
            )
            # The first item says that the watch stands: nothing is missed from here on.
            self.assertEqual(next(changes)[1].kind, "watch.started")
            key = os.urandom(16)
            first = connection.write(TICKET_OPEN, ticket_request("Printer is silent"), intake.TicketOpenReply, key)
            again = connection.write(TICKET_OPEN, ticket_request("Printer is silent"), intake.TicketOpenReply, key)
            self.assertEqual(first.SerializeToString(), again.SerializeToString())
            read = connection.call(
                TICKET_GET, intake.TicketGetRequest(ticket_id=first.ticket.id), intake.TicketGetReply
            )
            self.assertEqual(read.ticket.number, first.ticket.number)
            self.assertEqual(read.ticket.subject, "Printer is silent")
            for _, change in changes:
                if change.subject == first.ticket.id:
                    self.assertEqual(change.kind, "ticket.opened")
                    break

    def test_reads_the_balance(self):
        with connect("ledger") as connection:
            agreement = connection.call(
                AGREEMENT_GET, ledger.AgreementGetRequest(account_id=ACCOUNT), ledger.AgreementGetReply
            ).agreement
            balance = connection.call(
                BALANCE_GET, ledger.BalanceGetRequest(agreement_id=agreement.id), ledger.BalanceGetReply
            )
            self.assertEqual(balance.unit, "credit")
            self.assertEqual(balance.available, balance.balance - balance.held)

    def test_a_key_used_for_another_request_is_refused(self):
        with connect("intake") as connection:
            key = os.urandom(16)
            connection.write(TICKET_OPEN, ticket_request("One"), intake.TicketOpenReply, key)
            with self.assertRaises(Refused) as caught:
                connection.write(TICKET_OPEN, ticket_request("Another"), intake.TicketOpenReply, key)
            self.assertFalse(caught.exception.refusal.retryable)
            self.assertEqual(caught.exception.refusal.effect, wire.EFFECT_NONE)

    def test_the_plan_refuses_with_every_failed_clause(self):
        with connect("intake") as connection:
            request = ticket_request("By mail")
            request.channel = "email"
            with self.assertRaises(Refused) as caught:
                connection.write(TICKET_OPEN, request, intake.TicketOpenReply)
            self.assertIn("telephone-only", [clause.id for clause in caught.exception.refusal.clauses])

    def test_a_role_that_may_not_is_refused(self):
        with connect("ledger") as connection:
            with self.assertRaises(Refused) as caught:
                connection.write(
                    AGREEMENT_SIGN, ledger.AgreementSignRequest(account_id=ACCOUNT), ledger.AgreementSignReply
                )
            self.assertEqual(caught.exception.refusal.effect, wire.EFFECT_NONE)

    def test_what_does_not_exist_is_refused_like_what_is_another_tenants(self):
        with connect("intake") as connection:
            with self.assertRaises(Refused) as caught:
                connection.call(TICKET_GET, intake.TicketGetRequest(ticket_id=uuid7()), intake.TicketGetReply)
            self.assertFalse(caught.exception.refusal.retryable)

    def test_a_false_length_ends_the_connection_with_a_numbered_refusal(self):
        with connect("intake") as connection:
            connection.send(HEADER.pack(0xFFFF_FFFF, REQUEST, 0, 1, 1))
            with self.assertRaises((Disconnected, Refused)):
                kind, _, payload = connection.read_frame()
                self.assertEqual(kind, REFUSAL)
                raise Refused(wire.Refusal.FromString(payload))

    def test_a_ping_is_answered_with_its_bytes(self):
        with connect("intake") as connection:
            connection.send(encode_frame(PING, b"are you there"))
            length, kind, _, _, _ = HEADER.unpack(connection.read_exactly(HEADER.size))
            self.assertEqual((kind, connection.read_exactly(length - COUNTED)), (10, b"are you there"))

    def test_without_a_certificate_there_is_no_welcome(self):
        host, port = SETUP["intake"].rsplit(":", 1)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.load_verify_locations(f"{SETUP['certificates']}/ca.pem")
        context.set_alpn_protocols(["callout/1"])
        with self.assertRaises((ssl.SSLError, ConnectionError, Disconnected)):
            with context.wrap_socket(socket.create_connection((host, int(port)), timeout=10)) as stranger:
                stranger.sendall(encode_frame(HELLO, wire.Hello(versions=[1], name="stranger").SerializeToString()))
                if not stranger.recv(1):
                    raise Disconnected()


if __name__ == "__main__":
    unittest.main()
