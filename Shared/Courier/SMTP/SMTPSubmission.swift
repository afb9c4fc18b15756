internal import Foundation

/// A mail address as a command can name it: 3 to 254 bytes of visible ASCII without brackets, one `@` with something on both
/// sides. Nothing in it can end a command or begin another one.
public struct SMTPAddress: Sendable, Hashable {
  public let text: String

  /// Nil if the text is no such address.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard (3...254).contains(bytes.count),
      bytes.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") })
    else { return nil }
    let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.text = text
  }
}

/// One message to one recipient.
public struct SMTPSubmission: Sendable, Equatable {
  /// Who hears that it could not be delivered; nil: nobody (`<>`, RFC 5321, section 4.5.5).
  public let sender: SMTPAddress?
  public let recipient: SMTPAddress
  /// The message as it goes over the line, with dots stuffed and its end marked.
  let data: [UInt8]
  /// How long the message is, in bytes, as SIZE counts it (RFC 1870).
  let size: Int

  /// - Parameter message: header and body in ASCII (`7bit`), with lines that end in LF or CRLF.
  public init(from sender: SMTPAddress?, to recipient: SMTPAddress, message: [UInt8]) {
    self.sender = sender
    self.recipient = recipient
    (data, size) = SMTPSubmission.encoded(message)
  }

  /// Lines end in CRLF whatever ended them before, so that no line end is bare; a dot that begins a line is doubled
  /// (RFC 5321, section 4.5.2); a line with one dot ends it.
  private static func encoded(_ message: [UInt8]) -> (data: [UInt8], size: Int) {
    var data: [UInt8] = []
    data.reserveCapacity(message.count + message.count / 32 + 8)
    var (isLineStart, wasReturn, stuffed) = (true, false, 0)
    for byte in message {
      if byte == 0x0a, wasReturn {
        wasReturn = false
        continue
      }
      wasReturn = byte == 0x0d
      if byte == 0x0a || byte == 0x0d {
        data += [0x0d, 0x0a]
        isLineStart = true
        continue
      }
      if isLineStart, byte == UInt8(ascii: ".") {
        data.append(byte)
        stuffed += 1
      }
      data.append(byte)
      isLineStart = false
    }
    if !isLineStart { data += [0x0d, 0x0a] }
    let size = data.count - stuffed
    return (data + [UInt8(ascii: "."), 0x0d, 0x0a], size)
  }
}

/// Who submits, as the server knows it.
public struct SMTPCredentials: Sendable, Hashable {
  let user: String
  let password: String

  /// Nil if either is empty, has more than 255 bytes, or has a control character.
  public init?(user: String, password: String) {
    for text in [user, password] {
      guard (1...255).contains(text.utf8.count), !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
        return nil
      }
    }
    self.user = user
    self.password = password
  }

  /// The response of PLAIN (RFC 4616).
  var plain: String { Data("\0\(user)\0\(password)".utf8).base64EncodedString() }
  /// The two responses of LOGIN.
  var login: (user: String, password: String) {
    (Data(user.utf8).base64EncodedString(), Data(password.utf8).base64EncodedString())
  }
}

/// How a connection becomes private. There is no way without.
public enum SMTPSecurity: String, CaseIterable, Sendable {
  /// By the command STARTTLS (RFC 3207), mostly on port 587.
  case starttls
  /// From the first byte on (RFC 8314), mostly on port 465.
  case implicit
}

/// What a server can do, as its answer to EHLO says.
struct SMTPCapabilities: Sendable, Equatable {
  var offersTLS = false
  /// The ways to authenticate, in capitals.
  var authentication: Set<String> = []
  /// Whether MAIL takes a SIZE.
  var takesSize = false
  /// The longest message in bytes; nil: it does not say.
  var sizeMax: Int?

  init(_ reply: SMTPReply) {
    for line in reply.lines.dropFirst() {
      let words = line.uppercased().split(separator: " ").map(String.init)
      switch words.first {
      case "STARTTLS": offersTLS = true
      case "AUTH": authentication.formUnion(words.dropFirst())
      case "SIZE":
        takesSize = true
        sizeMax = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
      default: break
      }
    }
  }
}
