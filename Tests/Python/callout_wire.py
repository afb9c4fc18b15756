"""A small client of Callout's protocol, version 1, written from PROTOCOL.md and the .proto files alone.

It shows what a partner needs in another language: a TLS socket, frames, and the generated messages. It sends one request
at a time and speaks to one service. The generated modules (common_pb2 and so on) must be importable.
"""

import os
import secrets
import socket
import ssl
import struct
import time
import uuid
from collections import deque

import wire_pb2 as wire

HELLO, WELCOME, REQUEST, REPLY, REFUSAL, PUSH, CREDIT, CANCEL, PING, PONG, GOAWAY = range(1, 12)
FIRST_LENGTH_MAX = 16 * 1024
LENGTH_MAX = 4 * 1024 * 1024
HEADER = struct.Struct(">IBBHI")
COUNTED = 8
PING_MAX = 64
CONNECTION_KINDS = (HELLO, WELCOME, PING, PONG, GOAWAY)


class Refused(Exception):
    """The service answered no. `refusal` is the wire's Refusal message."""

    def __init__(self, refusal):
        super().__init__(f"{refusal.number}: {refusal.text}")
        self.refusal = refusal


class Disconnected(Exception):
    """The peer closed the connection; `refusal` is what it said before, if anything."""

    def __init__(self, refusal=None):
        super().__init__(refusal.text if refusal else "the peer closed the connection")
        self.refusal = refusal


class NotAFrame(Exception):
    """Bytes that no frame begins with; `number` is the refusal that PROTOCOL.md gives for it."""

    def __init__(self, number):
        super().__init__(f"refusal {number}")
        self.number = number


def judge_length(length, limit):
    """Refuses a length before its body is read (W11, W12)."""
    if length > min(limit, LENGTH_MAX):
        raise NotAFrame(101)
    if length < COUNTED:
        raise NotAFrame(102)


def judge_header(length, kind, flags, method, stream):
    """Refuses a header that the table of frames does not allow (W13 to W17)."""
    if not HELLO <= kind <= GOAWAY:
        raise NotAFrame(103)
    if flags != 0:
        raise NotAFrame(104)
    if (method != 0) != (kind == REQUEST):
        raise NotAFrame(105)
    if kind != REFUSAL and (stream == 0) != (kind in CONNECTION_KINDS):
        raise NotAFrame(106)
    if (kind == CANCEL and length > COUNTED) or (kind in (PING, PONG) and length > COUNTED + PING_MAX):
        raise NotAFrame(107)


def decode_frames(data, limit):
    """All frames at the beginning of `data` as (kind, method, stream, payload), and how many bytes are left over.

    What stands before a mistake is still given: the third value is the mistake's refusal, or None.
    """
    frames = []
    while len(data) >= 4:
        length = int.from_bytes(data[:4], "big")
        try:
            judge_length(length, limit)
            if len(data) >= HEADER.size:
                _, kind, flags, method, stream = HEADER.unpack(data[: HEADER.size])
                judge_header(length, kind, flags, method, stream)
        except NotAFrame as mistake:
            return frames, 0, mistake.number
        if len(data) < 4 + length:
            break
        frames.append((kind, method, stream, data[HEADER.size : 4 + length]))
        data = data[4 + length :]
    return frames, len(data), None


def encode_frame(kind, payload=b"", stream=0, method=0, flags=0):
    return HEADER.pack(COUNTED + len(payload), kind, flags, method, stream) + payload


def uuid7():
    """A UUID of version 7 (RFC 9562) as 16 bytes."""
    value = int(time.time() * 1000).to_bytes(6, "big") + secrets.token_bytes(10)
    value = bytearray(value)
    value[6] = 0x70 | (value[6] & 0x0F)
    value[8] = 0x80 | (value[8] & 0x3F)
    return bytes(value)


def spiffe_names(certificate_der):
    """The URI names of a certificate, by way of the standard library's own decoder."""
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(ssl.DER_cert_to_PEM_cert(certificate_der))
        file.flush()
        decoded = ssl._ssl._test_decode_cert(file.name)
    return [value for kind, value in decoded.get("subjectAltName", ()) if kind == "URI"]


class Connection:
    """One connection to one service, as the identity of a certificate."""

    def __init__(self, address, service, authority, certificate, key, domain="callout.test", timeout=20):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = False  # the peer is known by its SPIFFE name, checked below
        context.load_verify_locations(authority)
        context.load_cert_chain(certificate, key)
        context.set_alpn_protocols(["callout/1"])
        raw = socket.create_connection(address, timeout=timeout)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = context.wrap_socket(raw)
        if self.socket.selected_alpn_protocol() != "callout/1":
            raise Disconnected()
        names = spiffe_names(self.socket.getpeercert(binary_form=True))
        if names != [f"spiffe://{domain}/service/{service}"]:
            self.socket.close()
            raise ssl.SSLError(f"the peer is {names}, not {service}")
        self.limit = FIRST_LENGTH_MAX
        self.stream = 0
        self.waiting = deque()
        # Nonsense features must be ignored by every server, so this client always offers one.
        hello = wire.Hello(versions=[1, 4242], features=["x-nonsense-" + secrets.token_hex(4)], name="callout-python/1")
        self.send(encode_frame(HELLO, hello.SerializeToString()))
        kind, _, payload = self.read_frame()
        if kind == REFUSAL:
            raise Refused(wire.Refusal.FromString(payload))
        if kind != WELCOME:
            raise Disconnected()
        self.welcome = wire.Welcome.FromString(payload)
        self.limit = self.welcome.limits.max_frame_bytes

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, data):
        self.socket.sendall(data)

    def read_exactly(self, count):
        parts = bytearray()
        while len(parts) < count:
            part = self.socket.recv(count - len(parts))
            if not part:
                raise Disconnected()
            parts += part
        return bytes(parts)

    def read_frame(self):
        """The next frame for us; pings are answered, and a refusal of the whole connection is raised."""
        while True:
            length, kind, flags, method, stream = HEADER.unpack(self.read_exactly(HEADER.size))
            judge_length(length, self.limit)
            judge_header(length, kind, flags, method, stream)
            payload = self.read_exactly(length - COUNTED)
            if kind == PING:
                self.send(encode_frame(PONG, payload))
            elif kind == PONG or kind == GOAWAY:
                continue
            elif kind == REFUSAL and stream == 0 and self.stream > 0:
                raise Disconnected(wire.Refusal.FromString(payload))
            else:
                return kind, stream, payload

    def open_stream(self, method, body, key=b"", tenant=b"", credit=0, timeout_ms=10_000):
        # Streams are numbered upwards and never repeat on a connection (W30).
        self.stream += 1
        request = wire.Request(
            key=key, timeout_ms=timeout_ms, tenant=tenant, body=body.SerializeToString(), credit=credit
        )
        self.send(encode_frame(REQUEST, request.SerializeToString(), self.stream, method))
        return self.stream

    def call(self, method, body, reply, key=b"", tenant=b""):
        """Sends a request and waits for its reply, an instance of `reply`."""
        stream = self.open_stream(method, body, key, tenant)
        while True:
            kind, of, payload = self.read_frame()
            if of != stream:
                self.waiting.append((kind, of, payload))
            elif kind == REPLY:
                return reply.FromString(payload)
            elif kind == REFUSAL:
                raise Refused(wire.Refusal.FromString(payload))

    def write(self, method, body, reply, key=None, tenant=b""):
        """A call that changes something: it carries an idempotency key, so that it may be sent again."""
        return self.call(method, body, reply, key or os.urandom(16), tenant)

    def subscribe(self, method, body, item, tenant=b"", credit=16):
        """Opens a stream; yields (cursor, item) and gives credit back as it goes."""
        stream = self.open_stream(method, body, tenant=tenant, credit=credit, timeout_ms=0)
        return self.items(stream, item)

    def items(self, stream, item):
        while True:
            kind, of, payload = self.waiting.popleft() if self.waiting else self.read_frame()
            if of != stream:
                continue
            if kind == PUSH:
                push = wire.Push.FromString(payload)
                self.send(encode_frame(CREDIT, wire.Credit(items=1).SerializeToString(), stream))
                yield push.cursor, item.FromString(push.body)
            elif kind == REFUSAL:
                raise Refused(wire.Refusal.FromString(payload))
            elif kind == REPLY:
                return


def text_of(identifier):
    return str(uuid.UUID(bytes=identifier))
