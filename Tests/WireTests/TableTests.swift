import Foundation
import SwiftProtobuf
import Testing
import Wire

@Suite("Tables of methods and refusals") struct TableTests {
  /// A line of a table in PROTOCOL.md, cut into its cells.
  private func rows(startingWith pattern: (String) -> Bool) throws -> [[String]] {
    let lines = try wireFile("PROTOCOL.md").split(separator: "\n").filter { $0.hasPrefix("| ") }
    let rows = lines.map { line in
      String(line.dropFirst(2).dropLast(2)).components(separatedBy: " | ").map { $0.replacing("`", with: "") }
    }
    return rows.filter { $0.first.map(pattern) ?? false }
  }

  @Test("W71: the methods of a service are numbered without gaps, and no number or name occurs twice")
  func methodNumbers() {
    #expect(Set(Method.all.map(\.number)).count == Method.all.count)
    #expect(Set(Method.all.map(\.name)).count == Method.all.count)
    for (_, methods) in Dictionary(grouping: Method.all, by: { $0.number >> 8 }) {
      #expect(methods.map { Int($0.number & 0xFF) }.sorted() == Array(1...methods.count))
    }
    #expect(Method.all.allSatisfy { $0.number >> 8 <= 3 && !$0.callers.isEmpty })
  }

  @Test("methods are found by number and by name")
  func lookUp() {
    #expect(Method.numbered(0x010C)?.name == "ticket.open")
    #expect(Method.named("ticket.open")?.number == 0x010C)
    #expect(Method.numbered(0xFFFF) == nil)
    #expect(Method.named("ticket.explode") == nil)
    #expect(
      Method.all.filter { $0.allows(.gateway) } == [.callReport], "a gateway reports calls, and does nothing else")
    #expect(Method.ticketOpen.allows(.desk) && !Method.ticketOpen.allows(.auditor))
  }

  @Test("the schema's comments, the table and PROTOCOL.md declare the same methods")
  func methodTables() throws {
    let folder = projectFolder.appendingPathComponent("Shared/Wire/Schema")
    var declared: [String] = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".proto") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      for line in text.split(separator: "\n") where line.hasPrefix("// method 0x") {
        declared.append(line.dropFirst("// method ".count).lowercased())
      }
    }
    func line(_ method: Method) -> String {
      let number = String(method.number, radix: 16)
      let callers = method.callers == Caller.any ? "any" : method.callers.map(\.rawValue).joined(separator: ",")
      return
        "0x\(String(repeating: "0", count: 4 - number.count))\(number) \(method.name) \(method.kind.rawValue) \(callers)"
        + (method.needsTenant ? "" : " untenanted")
    }
    #expect(Set(declared) == Set(Method.all.map(line)))
    #expect(declared.count == Method.all.count)

    let documented = try rows { $0.hasPrefix("0x") }
    #expect(documented.count == Method.all.count)
    for (row, method) in zip(documented, Method.all.sorted { $0.number < $1.number }) {
      #expect(UInt16(row[0].dropFirst(2), radix: 16) == method.number)
      #expect(
        Array(row[1...])
          == [
            method.name, method.kind.rawValue,
            method.callers == Caller.any ? "any" : method.callers.map(\.rawValue).joined(separator: ", "),
            method.needsTenant ? "yes" : "no",
          ])
    }
  }

  @Test("W45, W71: refusals are numbered without gaps within their hundred, and PROTOCOL.md has the same table")
  func refusals() throws {
    for (_, codes) in Dictionary(grouping: RefusalCode.allCases, by: { $0.rawValue / 100 }) {
      #expect(codes.map { Int($0.rawValue % 100) }.sorted() == Array(1...codes.count))
    }
    #expect(Set(RefusalCode.allCases.map(\.name)).count == RefusalCode.allCases.count)
    let documented = try rows { $0.count == 3 && UInt32($0) != nil }
    #expect(documented.count == RefusalCode.allCases.count)
    for (row, code) in zip(documented, RefusalCode.allCases) {
      #expect(
        Array(row[0...4])
          == ["\(code.rawValue)", code.name, code.isRetryable ? "yes" : "no", "\(code.effect)", code.text])
      #expect(row.count == 6 && !row[5].isEmpty)
    }
  }

  @Test("W46: a refusal takes its number, text, retryable and effect from the table unless it brings its own")
  func refusalMessage() {
    let plain = Callout_V1_Refusal(.tooManyInFlight)
    #expect(
      plain.number == 302 && plain.retryable && plain.effect == .none && plain.text == RefusalCode.tooManyInFlight.text)
    let own = Callout_V1_Refusal(.internalError, text: "Own words.", field: "a.b", effect: .done)
    #expect(own.text == "Own words." && own.field == "a.b" && own.effect == .done && own.code == .internalError)
    #expect(Callout_V1_Refusal.with { $0.number = 999 }.code == nil)
  }
}
