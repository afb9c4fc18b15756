@testable import InternetMail
import Testing

@Suite("Every bound holds at its maximum and not beyond")
struct BoundTests {
  private func error(_ text: String) -> MailError? {
    do throws(MailError) {
      _ = try InternetMessage(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test("Bytes of a message")
  func size() {
    let head = "From: a@b\n\n"
    let line = String(repeating: "x", count: 1023) + "\n"
    let lines = String(repeating: line, count: MailLimits.byteCountMax / 1024 - 1)
    let full = head + lines + String(repeating: "y", count: 1024 - head.utf8.count)
    #expect(full.utf8.count == MailLimits.byteCountMax)
    #expect(error(full) == nil)
    #expect(error(full + "y") == .tooLarge)
  }

  @Test("Bytes of a line")
  func line() {
    let full = "From: a@b\n\n" + String(repeating: "x", count: MailLimits.lineByteCountMax)
    #expect(error(full + "\r\nx") == nil)
    #expect(error(full + "x\r\nx") == .lineTooLong)
  }

  @Test("Bytes of a header")
  func header() {
    let line = "X-Filling: " + String(repeating: "x", count: 1024 - 12) + "\n"
    let full =
      String(repeating: line, count: MailLimits.headerByteCountMax / 1024 - 1)
      + "X-Filling: " + String(repeating: "x", count: 1024 - 13) + "\n\n"
    #expect(full.utf8.count == MailLimits.headerByteCountMax)
    #expect(error(full + "text") == nil)
    #expect(error("X: y\n" + full) == .headerTooLarge)
  }

  @Test("Fields of a header")
  func fields() {
    let full = String(repeating: "X: y\n", count: MailLimits.fieldCountMax)
    #expect(error(full + "\n") == nil)
    #expect(error(full + "X: y\n\n") == .tooManyFields)
    #expect(error("") == .noHeader)
    #expect(error("\n\ntext") == .noHeader)
    #expect(error("no field here\n") == .noHeader)
  }

  @Test("Parts of a message")
  func parts() {
    func text(_ count: Int) -> String {
      "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: count) + "--b--\n"
    }
    #expect(error(text(MailLimits.partCountMax - 1)) == nil)
    #expect(error(text(MailLimits.partCountMax)) == .tooManyParts)
  }

  @Test("Levels of parts")
  func depth() {
    func text(_ levels: Int) -> String {
      var text = "x\n"
      for level in (1..<levels).reversed() {
        text =
          "Content-Type: multipart/mixed; boundary=b\(level)b\n\n--b\(level)b\n" + (level == levels - 1 ? "\n" : "")
          + text + "--b\(level)b--\n"
      }
      return text
    }
    #expect(error(text(MailLimits.depthMax)) == nil)
    #expect(error(text(MailLimits.depthMax + 1)) == .tooDeep)
  }

  @Test("Addresses, references and parameters beyond the bound are left out")
  func lists() throws {
    let addresses = (0...MailLimits.addressCountMax).map { "a\($0)@b" }.joined(separator: ", ")
    #expect(MailAddress.list(addresses).count == MailLimits.addressCountMax)
    let ids = (0...MailLimits.referenceCountMax).map { "<\($0)@b>" }
    #expect(MessageIdentifiers.list(ids.joined()).first == "1@b")
    #expect(MessageIdentifiers.list(ids.dropFirst().joined()).count == MailLimits.referenceCountMax)
    let long = String(repeating: "x", count: MailLimits.messageIDByteCountMax)
    #expect(MessageIdentifiers.list("<\(long)>") == [long])
    #expect(MessageIdentifiers.list("<\(long)x>").isEmpty)
    func field(_ count: Int) -> ParameterizedField {
      ParameterizedField("text/plain" + (0..<count).map { "; p\($0)=v" }.joined())
    }
    #expect(field(MailLimits.parameterCountMax).parameters.count == MailLimits.parameterCountMax)
    #expect(field(MailLimits.parameterCountMax + 1).parameters.count == MailLimits.parameterCountMax)
  }

  @Test("An address and a name have their bounds")
  func names() throws {
    let address = String(repeating: "a", count: MailLimits.addressByteCountMax - 2) + "@b"
    #expect(MailAddress.isAddress(address))
    #expect(!MailAddress.isAddress("a" + address))
    let name = String(repeating: "n", count: MailLimits.nameByteCountMax)
    for written in [name, name + "n"] {
      let read = try message("Content-Type: image/png; name=\(written)", "", "x")
      #expect(read.attachments.map(\.name) == [name])
    }
  }

  @Test("A longer text is cut off")
  func text() throws {
    let line = String(repeating: "x", count: 1023) + "\n"
    let lines = String(repeating: line, count: MailLimits.textByteCountMax / 1024)
    let full = try InternetMessage(Array("X: y\n\n\(lines.dropLast())".utf8))
    #expect(full.text.utf8.count == MailLimits.textByteCountMax - 1)
    #expect(try InternetMessage(Array("X: y\n\n\(lines)\(line)".utf8)).text.utf8.count == MailLimits.textByteCountMax)
  }
}
