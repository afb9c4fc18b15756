import CalloutClient
import Policy
import SwiftProtobuf
import Foundation
import NIOCore
import SwiftProtobuf
import Testing
import Transport
import Wire

@Suite("JSON as people write it")
struct MessageCodingTests {
  private let coding = MessageCoding()
  private let id = "01890a5d-ac96-774b-bcce-b302099a8057"

  @Test("A request in JSON is the message that a typed program would send")
  func request() throws {
    let json: JSONValue = [
      "account_id": .text(id), "subject": "Mail does not open", "channel": "telephone",
      "appointment": "2026-03-03T09:00:00+08:00",
      "facts": ["device": "private", "documents": ["written-consent", "inventory"]],
    ]
    let message = try Callout_V1_TicketOpenRequest(serializedBytes: try coding.encode(json, as: .ticketOpenRequest))
    #expect(TenantBytes(message.accountID)?.text == id)
    #expect(message.subject == "Mail does not open")
    #expect(message.appointmentMs == 1_772_499_600_000)
    #expect(message.facts.map(\.name) == ["device", "documents"])
    #expect(message.facts.map(\.text) == ["private", ""])
    #expect(message.facts[1].list.items == ["written-consent", "inventory"])
  }

  @Test("A reply shows ids, instants and facts as people read them, and what is not given as null")
  func reply() throws {
    var message = Callout_V1_TicketGetReply()
    message.ticket.id = .init(TenantBytes(text: id)?.bytes ?? [])
    message.ticket.number = 17
    message.ticket.openedMs = 1_772_499_600_000
    message.ticket.targets = [.with { $0.id = "respond" }]
    let bytes: [UInt8] = try message.serializedBytes()
    let json = try coding.decode(bytes, as: .ticketGetReply)
    #expect(json.value(at: "ticket.id") == .text(id))
    #expect(json.value(at: "ticket.number") == 17)
    #expect(json.value(at: "ticket.opened") == "2026-03-03T01:00:00Z")
    #expect(json.value(at: "ticket.closed") == JSONValue.null)
    #expect(json.value(at: "ticket.asset_id") == JSONValue.null)
    #expect(json.value(at: "ticket.targets[-1].missed") == false)
    #expect(json.value(at: "ticket.targets[1]") == nil)
  }

  @Test("Every shape has the numbers of its generated message: defaults of each reply survive the way there and back")
  func shapes() throws {
    for operation in OperationShape.all {
      let value = try coding.decode([], as: operation.reply)
      guard case .object(let members) = value else { Issue.record("\(operation.method.name) is no object"); continue }
      #expect(members.map(\.key) == operation.reply.fields.map(\.key))
      #expect(Set(operation.request.fields.map(\.key)).count == operation.request.fields.count)
      #expect(Method.named(operation.method.name) == operation.method)
    }
    #expect(OperationShape.all.count == Method.all.count)
  }

  @Test("A full message survives the way to JSON and back, byte for byte")
  func roundTrip() throws {
    var task = Callout_V1_Task()
    task.facts = [
      .with {
        $0.name = "mode"
        $0.text = "onsite"
      },
      .with {
        $0.name = "resolved"
        $0.flag = true
      },
      .with {
        $0.name = "missed"
        $0.list.items = ["respond"]
      },
    ]
    task.work = [
      .with {
        $0.fromMs = 1_772_499_600_000
        $0.toMs = 1_772_503_200_000
      }
    ]
    task.minutes = 181
    task.parts = [
      .with {
        $0.name = "fan"
        $0.price = 20
      }
    ]
    let bytes: [UInt8] = try task.serializedBytes()
    let json = try coding.decode(bytes, as: .task)
    #expect(json.value(at: "facts.missed") == ["respond"])
    let again = try Callout_V1_Task(serializedBytes: try coding.encode(json, as: .task))
    #expect(again == task)
  }

  @Test(
    "What does not fit a field is refused with the field's path",
    arguments: [
      (#"{"account_id": "7"}"#, "account_id"), (#"{"colour": 1}"#, "colour"),
      (#"{"appointment": "tomorrow"}"#, "appointment"), (#"{"facts": {"resolved": "perhaps"}}"#, "facts[0].flag"),
      (#"{"subject": {}}"#, "subject"),
    ])
  func misfits(text: String, path: String) throws {
    let json = try JSONValue(parsing: text)
    #expect { _ = try coding.encode(json, as: .ticketOpenRequest) } throws: { error in
      (error as? MessageCodingError)?.path == path
    }
  }

  @Test("Bytes that are no message are refused", arguments: [[0x0a], [0x0a, 0x05, 0x01], [0x07], [0xff, 0xff, 0xff]])
  func malformed(bytes: [UInt8]) {
    #expect(throws: MessageCodingError.self) { _ = try coding.decode(bytes, as: .ticketGetReply) }
  }

  @Test("JSON reads back what it writes")
  func json() throws {
    let value: JSONValue = [
      "text": "a \"quoted\" line\n\u{1}", "number": -7, "list": [true, nil, ["deep": []]], "empty": [:],
    ]
    #expect(try JSONValue(parsing: value.pretty) == value)
    #expect(try JSONValue(parsing: value.compact) == value)
    #expect(try JSONValue(parsing: #""😀""#) == "😀")
    #expect(try JSONValue(parsing: "18446744073709551615") == .unsigned(.max))
  }

  @Test(
    "What is no JSON is refused with its line",
    arguments: [
      ("{\n\"a\": 1,\n\"a\": 2}", 3), ("[1,]", 1), ("\n\nnul", 3), ("01", 1), (#""\ud800""#, 1), ("[1] 2", 1), ("", 1),
    ])
  func noJSON(text: String, line: Int) {
    #expect { _ = try JSONValue(parsing: text) } throws: { error in (error as? JSONError)?.line == line }
  }

  @Test("JSON nested too deep is refused")
  func depth() throws {
    let deepest = JSONValue.depthMax
    _ = try JSONValue(parsing: String(repeating: "[", count: deepest) + String(repeating: "]", count: deepest))
    #expect(throws: JSONError.self) {
      _ = try JSONValue(
        parsing: String(repeating: "[", count: deepest + 1) + String(repeating: "]", count: deepest + 1))
    }
  }
}
