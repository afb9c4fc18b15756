"""A real MTA before the desk: Exim, through a pipe to `callout mail deliver` and by LMTP.

CALLOUT_MTA is a folder into which Debian's packages of Exim were unpacked (scripts/environment: unpack_mta); nothing is
installed, and no daemon runs. Exim changes its user, so this needs root; without it, it is skipped, and says so.
"""

import email.policy
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from test_mail import SERVICES, SETUP, Desk, text_of, uuid7
from email.message import EmailMessage

USER = 4242  # nobody's, for Exim itself and for the pipe
CONFIGURATION = """
primary_hostname = mta.example
spool_directory = {folder}/spool
log_file_path = {folder}/log/%s
exim_path = {exim}
keep_environment = ^LD_ : ^NSS_
bounce_return_body = false
begin routers
lmtp:
  driver = accept
  domains = lmtp.{domain}
  transport = lmtp
pipe:
  driver = accept
  domains = {domain}
  transport = pipe
begin transports
pipe:
  driver = pipe
  command = {folder}/deliver
  user = {user}
  group = {user}
  message_prefix =
  message_suffix =
  return_fail_output
  temp_errors = 75
lmtp:
  driver = lmtp
  socket = {lmtp}
  user = {user}
  group = {user}
begin retry
* * F,2h,1s
"""


@unittest.skipUnless(os.geteuid() == 0, "Exim changes its user, which needs root")
class MTA(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk()
        root = pathlib.Path(os.environ["CALLOUT_MTA"])
        exim = root / "usr/sbin/exim4"
        libraries = next(root.glob("**/libidn.so.12")).parent
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="callout-mta-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.folder.chmod(0o755)
        for name in ("spool", "log", "own"):
            (cls.folder / name).mkdir()
            shutil.chown(cls.folder / name, USER, USER)
        (cls.folder / "passwd").write_text(
            pathlib.Path("/etc/passwd").read_text() + f"Debian-exim:x:{USER}:{USER}::/:/bin/false\n"
        )
        (cls.folder / "group").write_text(pathlib.Path("/etc/group").read_text() + f"Debian-exim:x:{USER}:\n")
        cls.environment = {
            "PATH": "/usr/bin:/bin",
            "LD_LIBRARY_PATH": str(libraries),
            "LD_PRELOAD": str(next(root.glob("**/libnss_wrapper.so"))),
            "NSS_WRAPPER_PASSWD": str(cls.folder / "passwd"),
            "NSS_WRAPPER_GROUP": str(cls.folder / "group"),
        }
        (cls.folder / "conf").write_text(
            CONFIGURATION.format(
                folder=cls.folder, exim=exim, domain=cls.desk.domain, lmtp=os.environ["CALLOUT_LMTP"], user=USER
            )
        )
        # Whoever may write to the socket may deliver.
        os.chmod(os.environ["CALLOUT_LMTP"], 0o666)
        cls.exim = exim
        cls.reach()

    @classmethod
    def reach(cls, port=None):
        """Gives the pipe's user a context of its own, whose services are where they are or at a port where nobody is."""
        own, identity = cls.folder / "own", cls.desk.identity("desk")
        for source, name in ((f"{identity}.pem", "me.pem"), (f"{identity}.key", "me.key"), ("ca.pem", "ca.pem")):
            shutil.copy(f"{SETUP['certificates']}/{source}", own / name)
            shutil.chown(own / name, USER, USER)
        addresses = [part for s in SERVICES for part in (f"--{s}", SETUP[s] if port is None else f"127.0.0.1:{port}")]
        subprocess.run(
            [f"{os.environ['CALLOUT_BINARIES']}/callout", "context", "set", "desk"]
            + ["--domain", os.environ.get("CALLOUT_DOMAIN", "callout.test"), "--trust", own / "ca.pem"]
            + ["--certificate", own / "me.pem", "--key", own / "me.key", "--tenant", text_of(cls.desk.tenant)]
            + addresses,
            env={"PATH": "/usr/bin:/bin", "CALLOUT_CONFIG": str(own / "contexts.yaml")},
            check=True,
            capture_output=True,
        )
        shutil.chown(own / "contexts.yaml", USER, USER)
        script = cls.folder / "deliver"
        script.write_text(
            f"#!/bin/sh\nexport CALLOUT_CONFIG={own}/contexts.yaml\n"
            f"exec {os.environ['CALLOUT_BINARIES']}/callout mail deliver --context desk\n"
        )
        script.chmod(0o755)

    def run_exim(self, *arguments, content=b""):
        return subprocess.run(
            [self.exim, "-C", self.folder / "conf", *arguments],
            env=self.environment,
            input=content,
            capture_output=True,
            check=False,
        )

    def send(self, to, sender="dana@saguaro.example"):
        message = EmailMessage()
        message["From"] = "Dana Fox <dana@saguaro.example>"
        message["To"] = to
        message["Subject"] = "Through an MTA"
        message["Message-ID"] = f"<{uuid7().hex()}@saguaro.example>"
        message.set_content("It is down.\n")
        queued = self.run_exim("-odq", "-f", sender, to, content=message.as_bytes())
        self.assertEqual(queued.returncode, 0, queued.stderr)
        self.run_exim("-qff")
        return message["Message-ID"].strip("<>")

    def kept(self, message_id):
        return next((mail for mail in self.desk.mails() if mail.message_id == message_id), None)

    def queue(self):
        return self.run_exim("-bp").stdout.decode()

    def log(self):
        return (self.folder / "log/main").read_text()

    def test_a_pipe_delivers_and_what_cannot_be_handed_over_stays_in_the_queue(self):
        to = f"support@{self.desk.domain}"
        self.assertEqual(self.kept(self.send(to)).outcome, "opened", self.log())
        self.assertNotIn(to, self.queue())
        try:
            self.reach(port=1)
            later = self.send(to)
            self.assertIsNone(self.kept(later))
            self.assertIn(to, self.queue(), self.log())
        finally:
            self.reach()
        self.run_exim("-qff")
        self.assertEqual(self.kept(later).outcome, "opened", self.log())
        self.assertNotIn(to, self.queue())

    def test_a_mailbox_that_is_not_there_is_the_senders_to_know(self):
        self.send(f"nobody@{self.desk.domain}")
        self.assertRegex(self.log(), r"\*\* nobody@.*T=pipe")

    def test_lmtp_delivers_and_a_null_sender_is_ignored(self):
        mail = self.kept(self.send(f"support@lmtp.{self.desk.domain}"))
        self.assertIsNone(mail, "the mailbox is another one")
        self.assertRegex(self.log(), r"\*\* support@lmtp.*550")
        with_box = f"lmtp.{self.desk.domain}"
        self.desk.mailbox(f"support@{with_box}")
        self.assertEqual(self.kept(self.send(f"support@{with_box}")).outcome, "opened", self.log())
        ignored = self.kept(self.send(f"support@{with_box}", sender="<>"))
        self.assertEqual(ignored.outcome, "ignored", self.log())


if __name__ == "__main__":
    unittest.main()
