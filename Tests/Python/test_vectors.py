"""The vectors beside PROTOCOL.md, run over this client's own codec."""

import json
import pathlib
import unittest

import wire_pb2 as wire
from callout_wire import decode_frames, encode_frame
from google.protobuf import text_format

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "Shared/Wire/Vectors"
KINDS = "hello welcome request reply refusal push credit cancel ping pong goaway".split()


def load(name):
    with open(VECTORS / name) as file:
        return json.load(file)


class Vectors(unittest.TestCase):
    def test_frames(self):
        vectors = load("frames.json")
        self.assertGreater(len(vectors), 30)
        for vector in vectors:
            with self.subTest(vector["name"]):
                frames, pending, refusal = decode_frames(bytes.fromhex(vector["hex"]), vector["limit"])
                expected = [
                    (KINDS.index(frame["kind"]) + 1, frame["method"], frame["stream"], bytes.fromhex(frame["payload"]))
                    for frame in vector["frames"]
                ]
                self.assertEqual(frames, expected)
                self.assertEqual(refusal, vector["refusal"])
                self.assertEqual(pending, vector["pending"])

    def test_frames_are_encoded_as_they_were(self):
        for vector in load("frames.json"):
            if vector["refusal"] is None and vector["pending"] == 0:
                with self.subTest(vector["name"]):
                    again = b"".join(
                        encode_frame(
                            KINDS.index(frame["kind"]) + 1,
                            bytes.fromhex(frame["payload"]),
                            frame["stream"],
                            frame["method"],
                        )
                        for frame in vector["frames"]
                    )
                    self.assertEqual(again.hex(), vector["hex"])

    def test_messages(self):
        vectors = load("messages.json")
        self.assertGreater(len(vectors), 5)
        for vector in vectors:
            with self.subTest(vector["message"]):
                expected = text_format.Parse(vector["text"], getattr(wire, vector["message"])())
                self.assertEqual(expected, type(expected).FromString(bytes.fromhex(vector["hex"])))

    def test_requests(self):
        for vector in load("requests.json"):
            if vector["refusal"] is None:
                with self.subTest(vector["name"]):
                    request = wire.Request.FromString(bytes.fromhex(vector["hex"]))
                    self.assertEqual(request.key.hex(), vector["key"])
                    self.assertEqual(request.timeout_ms, vector["timeout_ms"])
                    self.assertEqual(request.tenant.hex(), vector["tenant"])
                    self.assertEqual(request.body.hex(), vector["body"])
                    self.assertEqual(request.credit, vector["credit"])


if __name__ == "__main__":
    unittest.main()
