"""Mail from an MTA's side: by LMTP with Python's own client, and through a pipe to `callout mail deliver`.

The environment is test_partner's; CALLOUT_LMTP is the socket that intake listens on, CALLOUT_MAILDIR the folder that notifier
delivers to, and CALLOUT_BINARIES the folder of the command.
"""

import email
import email.policy
import os
import pathlib
import re
import smtplib
import subprocess
import sys
import tempfile
import time
import unittest
from email.message import EmailMessage

import common_pb2 as common
import intake_pb2 as intake
import ledger_pb2 as ledger
import notifier_pb2 as notifier
from callout_wire import Connection, text_of, uuid7
from test_partner import SETUP

ROOT = pathlib.Path(__file__).resolve().parents[2]
METHODS = {
    name: int(number, 16)
    for number, name in re.findall(
        r"^\| (0x[0-9A-F]{4}) \| `([a-z.-]+)`", (ROOT / "Shared/Wire/PROTOCOL.md").read_text(), re.M
    )
}
SERVICES = ("intake", "ledger", "notifier")
START = 1772503200000  # Tuesday 3 March 2026, 10:00 in Singapore


def connect(service, identity):
    host, port = SETUP[service].rsplit(":", 1)
    path = f"{SETUP['certificates']}/{identity}"
    return Connection((host, int(port)), service, f"{SETUP['certificates']}/ca.pem", f"{path}.pem", f"{path}.key")


class Desk:
    """A tenant with the plan that takes mail, a customer with a contact, two mailboxes and somebody on duty."""

    def __init__(self):
        self.tenant = uuid7()
        for service in SERVICES:
            with connect(service, "operator") as connection:
                request = common.TenantCreateRequest(name="mail", test=True, clock_ms=START)
                connection.write(
                    METHODS["tenant.create"], request, common.TenantCreateReply, self.tenant, self.tenant
                )
        for role in ("desk", "sales", "admin"):
            subprocess.run(
                [ROOT / "scripts/certs", "tenant", text_of(self.tenant), role, role],
                check=True,
                stdout=subprocess.DEVNULL,
            )
        document = (ROOT / "Shared/Plans/opus-one.yaml").read_bytes()
        for service in SERVICES:
            request = common.PlanPublishRequest(document=document)
            self.version = self.write(service, "plan.publish", request, common.PlanPublishReply).version.version
        request = intake.AccountCreateRequest(name="Saguaro Outdoors", region="US")
        account = self.write("intake", "account.create", request, intake.AccountCreateReply).account.id
        request = intake.ContactAppointRequest(account_id=account, name="Dana Fox", email="dana@saguaro.example")
        self.write("intake", "contact.appoint", request, intake.ContactAppointReply)
        request = ledger.AgreementSignRequest(account_id=account, plan_version=self.version)
        self.write("ledger", "agreement.sign", request, ledger.AgreementSignReply)
        request = notifier.PersonSetRequest(
            name="Maria", methods=[notifier.ContactMethod(kind="email", address="maria@desk.example")]
        )
        maria = self.write("notifier", "person.set", request, notifier.PersonSetReply).person.id
        request = notifier.RotaSetRequest(
            name="group.support", zone="Asia/Singapore", handover="09:00", turn_days=7, starts_ms=START, people=[maria]
        )
        self.write("notifier", "rota.set", request, notifier.RotaSetReply)
        self.domain = f"d{text_of(self.tenant)[-12:]}.example"
        for name in ("support", "urgent"):
            self.mailbox(f"{name}@{self.domain}")
        self.settle()

    def mailbox(self, address):
        with connect("intake", "operator") as connection:
            request = intake.MailboxSetRequest(address=address, plan_version=self.version)
            connection.write(METHODS["mailbox.set"], request, intake.MailboxSetReply, None, self.tenant)

    def identity(self, role):
        return f"{text_of(self.tenant)}-{role}-{role}"

    def write(self, service, name, request, reply, role="admin"):
        with connect(service, self.identity(role)) as connection:
            return connection.write(METHODS[name], request, reply)

    def read(self, service, name, request, reply):
        with connect(service, self.identity("desk")) as connection:
            return connection.call(METHODS[name], request, reply)

    def settle(self):
        for _ in range(600):
            waiting = 0
            for service in SERVICES:
                reply = self.read(service, "pending.get", common.PendingGetRequest(), common.PendingGetReply)
                waiting += reply.events_waiting + reply.timers_due
            if waiting == 0:
                return
            time.sleep(0.1)
        raise AssertionError("the services did not settle within a minute")

    def mails(self):
        return self.read("intake", "mail.list", intake.MailListRequest(), intake.MailListReply).mails

    def delivered(self):
        """What notifier has delivered for this tenant."""
        self.settle()
        folder = pathlib.Path(os.environ["CALLOUT_MAILDIR"]) / text_of(self.tenant) / "new"
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


class MailIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk()
        cls.lmtp_path = os.environ["CALLOUT_LMTP"]

    def letter(self, sender="dana@saguaro.example", subject="The shop is slow", to="support", **headers):
        message = EmailMessage()
        message["From"] = f"Dana <{sender}>"
        message["To"] = f"{to}@{self.desk.domain}"
        message["Subject"] = subject
        message["Message-ID"] = f"<{uuid7().hex()}@saguaro.example>"
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content("Grüße.\n.\nThat was a dot.\n")
        return message

    def send(self, message, to="support", sender="dana@saguaro.example"):
        with smtplib.LMTP(self.lmtp_path) as client:
            return client.sendmail(sender, [f"{to}@{self.desk.domain}"], message.as_bytes(policy=email.policy.SMTP))

    def kept(self, message):
        name = message["Message-ID"].strip("<>")
        return next((mail for mail in self.desk.mails() if mail.message_id == name), None)

    def test_lmtp_opens_a_ticket_and_keeps_the_original(self):
        message = self.letter()
        message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="bild.png")
        self.assertEqual(self.send(message), {})
        mail = self.kept(message)
        self.assertEqual(mail.outcome, "opened")
        self.assertEqual([(a.name, a.size) for a in mail.attachments], [("bild.png", 4)])
        request = intake.MailGetRequest(mail_id=mail.id, piece=1)
        original = self.desk.read("intake", "mail.get", request, intake.MailGetReply).original
        self.assertEqual(original, message.as_bytes(policy=email.policy.SMTP))
        self.assertEqual(self.send(message), {})
        self.assertEqual(len([m for m in self.desk.mails() if m.message_id == mail.message_id]), 1)

    def test_each_recipient_has_an_answer(self):
        message = self.letter()
        with smtplib.LMTP(self.lmtp_path) as client:
            client.ehlo()
            client.mail("dana@saguaro.example")
            self.assertEqual(client.rcpt(f"support@{self.desk.domain}")[0], 250)
            self.assertEqual(client.rcpt(f"nobody@{self.desk.domain}")[0], 550)
            self.assertEqual(client.rcpt(f"Urgent@{self.desk.domain}")[0], 250)
            self.assertEqual(client.data(message.as_bytes(policy=email.policy.SMTP))[0], 250)
            self.assertEqual(client.getreply()[0], 250)
        request = intake.TicketGetRequest(ticket_id=self.kept(message).ticket_id)
        ticket = self.desk.read("intake", "ticket.get", request, intake.TicketGetReply).ticket
        self.assertEqual(getattr(ticket, "class"), "III")

    def test_an_answer_to_a_message_that_was_sent_continues_its_ticket(self):
        message = self.letter(subject="A question about modems")
        self.send(message)
        told = [m for m in self.desk.delivered() if "A question about modems" in m["Subject"]]
        self.assertEqual([m["To"] for m in told], ["Maria <maria@desk.example>"])
        reply = self.letter(subject="Re: " + told[0]["Subject"], In_Reply_To=told[0]["Message-ID"])
        self.send(reply)
        self.assertEqual(self.kept(reply).outcome, "continued")
        self.assertEqual(self.kept(reply).ticket_id, self.kept(message).ticket_id)

    def test_a_stranger_is_answered_once_and_the_answer_starts_no_loop(self):
        message = self.letter(sender="x@stranger.example")
        self.send(message, sender="x@stranger.example")
        self.assertEqual(self.kept(message).outcome, "refused")
        answers = [m for m in self.desk.delivered() if m["To"] and "x@stranger.example" in m["To"]]
        self.assertEqual(len(answers), 1)
        answer = answers[0]
        self.assertEqual(answer["Auto-Submitted"], "auto-replied")
        self.assertEqual(answer["In-Reply-To"], message["Message-ID"])
        self.assertEqual(answer["Return-Path"], "<>")
        self.send(answer, sender="x@stranger.example")
        self.assertEqual(self.kept(answer).outcome, "ignored")
        vacation = self.letter(sender="x@stranger.example", Auto_Submitted="auto-replied")
        self.send(vacation, sender="x@stranger.example")
        self.assertEqual(self.kept(vacation).outcome, "ignored")
        self.send(self.letter(sender="x@stranger.example"), sender="")
        answers = [m for m in self.desk.delivered() if m["To"] and "x@stranger.example" in m["To"]]
        self.assertEqual(len(answers), 1)

    def pipe(self, content, *arguments, port=None):
        """Runs the command as an MTA does; returns its exit code."""
        binary = f"{os.environ['CALLOUT_BINARIES']}/callout"
        with tempfile.TemporaryDirectory() as folder:
            environment = {"PATH": "/usr/bin:/bin", "CALLOUT_CONFIG": f"{folder}/contexts.yaml"}
            path = f"{SETUP['certificates']}/{self.desk.identity('desk')}"
            addresses = [part for s in SERVICES for part in (f"--{s}", SETUP[s] if port is None else f"127.0.0.1:{port}")]
            said = subprocess.run(
                [binary, "context", "set", "mta", "--domain", os.environ.get("CALLOUT_DOMAIN", "callout.test"), "--trust"]
                + [f"{SETUP['certificates']}/ca.pem", "--certificate", f"{path}.pem", "--key", f"{path}.key"]
                + addresses
                + ["--tenant", text_of(self.desk.tenant)],
                env=environment,
                capture_output=True,
            )
            self.assertEqual(said.returncode, 0, said.stderr)
            result = subprocess.run(
                [binary, "mail", "deliver", "--context", "mta", *arguments],
                env=environment,
                input=content,
                capture_output=True,
            )
            sys.stderr.buffer.write(result.stderr)
            self.assertEqual(result.stdout, b"")
            return result.returncode

    def test_a_pipe_hands_a_mail_over_or_keeps_it(self):
        support = ("--sender", "dana@saguaro.example", "--recipient", f"support@{self.desk.domain}")
        message = self.letter()
        self.assertEqual(self.pipe(message.as_bytes(), *support), 0)
        self.assertEqual(self.kept(message).outcome, "opened")
        self.assertEqual(self.pipe(message.as_bytes(), *support), 0)
        stranger = self.letter(sender="y@stranger.example")
        self.assertEqual(self.pipe(stranger.as_bytes(), "--sender", "y@stranger.example", *support[2:]), 0)
        self.assertEqual(self.kept(stranger).outcome, "refused")
        later = self.letter()
        self.assertEqual(self.pipe(later.as_bytes(), *support, port=1), 75)
        self.assertIsNone(self.kept(later))
        self.assertEqual(self.pipe(later.as_bytes(), *support), 0)
        self.assertEqual(self.kept(later).outcome, "opened")
        self.assertEqual(self.pipe(b"this is no mail", *support), 65)
        self.assertEqual(self.pipe(self.letter().as_bytes(), "--recipient", "nobody@nowhere.example"), 67)
        self.assertEqual(self.pipe(message.as_bytes(), "--recipient", "nobody@nowhere.example"), 67)
        self.assertEqual(self.pipe(message.as_bytes(), "--bogus"), 75)


if __name__ == "__main__":
    unittest.main()
