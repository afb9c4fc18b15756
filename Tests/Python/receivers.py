"""Real peers for what leaves the installation: mail servers (aiosmtpd) and a webhook receiver, all with TLS.

receivers.py FOLDER [--close-one-in N]: FOLDER holds server.pem and server.key. Prints one line of JSON with the ports
(starttls, implicit, plain, https), then serves until its standard input ends. Every message and request is appended to
FOLDER/receipts as a line of JSON before it is answered; one in N is not answered at all, but the connection closed.

How a mail is answered stands in its recipient: `rcpt-550@…` answers RCPT with 550, `data-451@…` answers the message with
451, `mute@…` takes the message and closes. How a request is answered stands in its path: `/status/503`, `/after/7` (503 with
Retry-After), `/mute` (takes it and closes), `/early` (closes at once), `/hang` (never answers), `/endless` (answers without
end); everything else is answered with 204. The keys that signatures are tried with stand in FOLDER/secrets, one a line.
"""

import argparse
import asyncio
import base64
import hashlib
import hmac
import json
import os
import random
import ssl
import sys
import time

from aiosmtpd.smtp import SMTP, AuthResult

ENHANCED = {"4": "4.2.0", "5": "5.1.1"}


class Book:
    """What was received, on disk before anybody is told."""

    def __init__(self, folder, close_one_in):
        self.folder = folder
        self.file = open(os.path.join(folder, "receipts"), "a", buffering=1)
        self.close_one_in = close_one_in
        self.chance = random.Random(17)

    def keep(self, **receipt):
        self.file.write(json.dumps(receipt) + "\n")

    def answers(self):
        return not self.close_one_in or self.chance.randrange(self.close_one_in) > 0


class Mail:
    """The handler of the mail servers."""

    def __init__(self, book, is_private):
        self.book = book
        self.is_private = is_private

    async def handle_RCPT(self, server, session, envelope, address, options):
        verb, _, code = address.split("@")[0].partition("-")
        if verb == "rcpt":
            return f"{code} {ENHANCED[code[0]]} as the recipient wishes"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        verb, _, code = envelope.rcpt_tos[0].split("@")[0].partition("-")
        content = envelope.original_content
        fields = content.split(b"\r\n\r\n")[0].decode().replace("\r\n ", " ").split("\r\n")
        named = {name.lower(): value for name, _, value in (field.partition(": ") for field in fields)}
        closes = verb == "mute" or not self.book.answers()
        self.book.keep(
            by="smtp", id=named.get("message-id", ""), digest=hashlib.sha256(content).hexdigest(), answered=not closes,
            sender=envelope.mail_from, recipients=envelope.rcpt_tos, content=content.decode("latin-1"),
            private=session.ssl is not None or self.is_private, user=session.auth_data or "")
        if closes:
            server.transport.abort()
            return "421 4.3.2 nobody reads this"
        if verb == "data":
            return f"{code} {ENHANCED[code[0]]} as the recipient wishes"
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, data):
    if (data.login, data.password) == (b"callout", b"s3cret word"):
        return AuthResult(success=True, auth_data=mechanism)
    return AuthResult(success=False, handled=False)


def signatures(folder, headers, body):
    """How many of the keys have signed the request."""
    try:
        with open(os.path.join(folder, "secrets")) as file:
            secrets = file.read().split()
    except FileNotFoundError:
        return 0
    signed = f"{headers.get('webhook-id')}.{headers.get('webhook-timestamp')}.".encode() + body
    given = headers.get("webhook-signature", "").split(" ")
    count = 0
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        made = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        count += made in given
    return count


async def hook(book, reader, writer):
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:-2])}
        if path.startswith("/early"):
            return writer.transport.abort()
        body = await reader.readexactly(int(headers["content-length"]))
        closes = path.startswith("/mute") or not book.answers()
        book.keep(
            by="https", id=headers.get("webhook-id", ""), digest=hashlib.sha256(body).hexdigest(), answered=not closes,
            method=method, path=path, host=headers.get("host", ""), signed=signatures(book.folder, headers, body),
            name=writer.get_extra_info("ssl_object").callout_name, fresh=abs(time.time() - int(headers.get("webhook-timestamp", 0))) < 300,
            headers=headers, body=body.decode())
        if closes:
            return writer.transport.abort()
        parts = path.split("?")[0].split("/")
        if parts[1] == "hang":
            return await reader.read()
        if parts[1] == "endless":
            writer.write(b"HTTP/1.1 500 Endless\r\nX: ")
            while True:
                writer.write(b"x" * 4096)
                await writer.drain()
        status, extra, words = ("204", "", "")
        if parts[1] == "status":
            status, words = parts[2], "as the path wishes"
        elif parts[1] == "after":
            status, extra, words = "503", f"Retry-After: {parts[2]}\r\n", "busy"
        elif parts[1] == "moved":
            status, extra = "302", "Location: /elsewhere\r\n"
        writer.write(f"HTTP/1.1 {status} Said\r\n{extra}Content-Length: {len(words)}\r\nConnection: close\r\n\r\n{words}".encode())
        await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def serve(folder, close_one_in):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, "server.pem"), os.path.join(folder, "server.key"))

    def named(socket, name, _):
        socket.callout_name = name or ""

    class Named(ssl.SSLObject):
        callout_name = ""

    context.sslobject_class = Named
    context.sni_callback = named
    book = Book(folder, close_one_in)
    loop = asyncio.get_running_loop()

    def mail(is_private, **options):
        return SMTP(Mail(book, is_private), hostname="mx.callout.test", authenticator=authenticate, auth_required=True,
                    data_size_limit=100_000, timeout=600, loop=loop, **options)

    servers = {
        "starttls": await loop.create_server(
            lambda: mail(False, tls_context=context, require_starttls=True), "127.0.0.1", 0, backlog=512),
        "implicit": await loop.create_server(
            lambda: mail(True, auth_require_tls=False), "127.0.0.1", 0, ssl=context, backlog=512),
        "login": await loop.create_server(
            lambda: mail(True, auth_require_tls=False, auth_exclude_mechanism=["PLAIN"]), "127.0.0.1", 0, ssl=context),
        "plain": await loop.create_server(lambda: mail(False, auth_require_tls=False), "127.0.0.1", 0),
        "https": await asyncio.start_server(
            lambda reader, writer: hook(book, reader, writer), "127.0.0.1", 0, ssl=context, backlog=512),
    }
    print(json.dumps({name: server.sockets[0].getsockname()[1] for name, server in servers.items()}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--close-one-in", type=int, default=0)
    options = parser.parse_args()
    asyncio.run(serve(options.folder, options.close_one_in))
