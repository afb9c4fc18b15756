import Policy

/// The bounds of what an MTA may send by LMTP.
enum LmtpLimits {
  /// The most bytes of a command's line, its end included (RFC 5321, section 4.5.3.1.4, and room for parameters).
  static let lineByteCountMax = 2_048
  /// The most recipients of one mail.
  static let recipientCountMax = 100
  /// The most bytes of a mail: 10 MiB. What is longer is read to its end, up to twice as much, and refused.
  static let messageByteCountMax = 10 * 1024 * 1024
  /// The most commands that are not understood before the connection is closed.
  static let errorCountMax = 20
}

/// One line of an answer, with its codes (RFC 5321, RFC 3463).
struct LmtpReply: Hashable, Sendable {
  let code: Int
  /// Such as `2.1.0`; empty where the answer has none.
  var status = ""
  let text: String
  /// Whether another line of the same answer follows.
  var continues = false

  init(_ code: Int, _ status: String = "", _ text: String, continues: Bool = false) {
    self.code = code
    self.status = status
    self.text = text
    self.continues = continues
  }

  /// As it is sent: one line, without characters that could begin another.
  var line: String {
    let shown = text.unicodeScalars.map { $0.value < 0x20 || $0.value > 0x7E ? "?" : String($0) }.joined()
    return "\(code)\(continues ? "-" : " ")\(status.isEmpty ? "" : status + " ")\(shown)\r\n"
  }
}

/// A mail with the tenants of its recipients.
struct LmtpEnvelope: Hashable, Sendable {
  struct Recipient: Hashable, Sendable {
    let address: String
    let tenant: TenantID
  }

  /// Without brackets; empty: the null sender.
  let sender: String
  let recipients: [Recipient]
  let message: [UInt8]
}

/// Whose an address is.
enum LmtpResolution: Hashable, Sendable {
  case tenant(TenantID)
  /// No tenant's.
  case unknown
  /// Nobody can tell now.
  case unavailable
}

/// One connection of an MTA, as a state machine without I/O (RFC 2033): what was received goes in, and what is to be done
/// comes out. After `DATA` each recipient has an answer of its own.
struct LmtpSession {
  /// What is to be done.
  enum Action: Hashable, Sendable {
    /// Send these, and go on reading.
    case reply([LmtpReply])
    /// Send this, and close.
    case close(LmtpReply)
    /// Find out whose the address is, then tell ``resolved(_:)``.
    case resolve(String)
    /// Deliver, then tell ``delivered(_:)``.
    case deliver(LmtpEnvelope)
    /// Read on.
    case read
  }

  private enum State {
    case connected
    case ready
    case sender(String)
    case resolving(String, [LmtpEnvelope.Recipient], address: String)
    case recipients(String, [LmtpEnvelope.Recipient])
    case data(String, [LmtpEnvelope.Recipient], DotReader)
    case delivering([LmtpEnvelope.Recipient])
    case closed
  }

  private var state = State.connected
  private var errors = 0

  /// Whether what comes next is a message's content, and no command.
  var isReadingData: Bool { if case .data = state { true } else { false } }

  /// The greeting.
  static let greeting = LmtpReply(220, "", "callout LMTP ready")

  /// A command came, without its line's end.
  mutating func received(_ line: String) -> Action {
    let (verb, rest) = Self.split(line)
    switch verb {
    case "LHLO": return hello()
    case "QUIT": return close(LmtpReply(221, "2.0.0", "bye"))
    case "NOOP": return .reply([LmtpReply(250, "2.0.0", "ok")])
    case "RSET":
      if case .connected = state { return .reply([LmtpReply(250, "2.0.0", "ok")]) }
      state = .ready
      return .reply([LmtpReply(250, "2.0.0", "ok")])
    case "VRFY": return .reply([LmtpReply(252, "2.5.0", "send a mail to learn it")])
    case "MAIL": return mail(rest)
    case "RCPT": return recipient(rest)
    case "DATA": return data()
    default: return refused(LmtpReply(500, "5.5.1", "this is LMTP: LHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT"))
    }
  }

  /// A line came that is longer than a command may be: what follows cannot be told from commands.
  mutating func receivedTooMuch() -> Action { close(LmtpReply(500, "5.5.2", "the line is too long")) }

  /// Content came.
  ///
  /// - Returns: what is to be done, and how many of the bytes belong to the content.
  mutating func received(content: some Collection<UInt8>) -> (Action, count: Int) {
    guard case .data(let sender, let recipients, var reader) = state else { return (.read, 0) }
    // Whatever happens, one of the two holds the message: it must not be copied.
    state = .closed
    var count = 0
    for byte in content {
      count += 1
      switch reader.take(byte) {
      case .more: continue
      case .endless:
        return (close(LmtpReply(552, "5.3.4", "the message does not end")), count)
      case .end:
        if reader.isTooLong {
          state = .ready
          let reply = LmtpReply(552, "5.3.4", "the message has more than \(LmtpLimits.messageByteCountMax) bytes")
          return (.reply(recipients.map { _ in reply }), count)
        }
        state = .delivering(recipients)
        return (.deliver(LmtpEnvelope(sender: sender, recipients: recipients, message: reader.message)), count)
      }
    }
    state = .data(sender, recipients, reader)
    return (.read, count)
  }

  /// It is known whose an address is.
  mutating func resolved(_ resolution: LmtpResolution) -> Action {
    guard case .resolving(let sender, let recipients, let address) = state else { return .read }
    state = recipients.isEmpty ? .sender(sender) : .recipients(sender, recipients)
    switch resolution {
    case .tenant(let tenant):
      state = .recipients(sender, recipients + [LmtpEnvelope.Recipient(address: address, tenant: tenant)])
      return .reply([LmtpReply(250, "2.1.5", "ok")])
    case .unknown: return .reply([LmtpReply(550, "5.1.1", "no such mailbox here")])
    case .unavailable: return .reply([LmtpReply(451, "4.3.0", "try again later")])
    }
  }

  /// Each recipient has its answer, in their order.
  mutating func delivered(_ answers: [LmtpReply]) -> Action {
    guard case .delivering(let recipients) = state else { return .read }
    state = .ready
    let later = LmtpReply(451, "4.3.0", "try again later")
    return .reply(recipients.indices.map { $0 < answers.count ? answers[$0] : later })
  }

  /// The service ends, or the peer has said nothing for too long.
  mutating func ending(_ text: String) -> Action { close(LmtpReply(421, "4.3.2", text)) }

  // MARK: Commands

  private mutating func hello() -> Action {
    state = .ready
    return .reply([
      LmtpReply(250, "", "callout", continues: true), LmtpReply(250, "", "PIPELINING", continues: true),
      LmtpReply(250, "", "ENHANCEDSTATUSCODES", continues: true), LmtpReply(250, "", "8BITMIME", continues: true),
      LmtpReply(250, "", "SIZE \(LmtpLimits.messageByteCountMax)"),
    ])
  }

  private mutating func mail(_ rest: String) -> Action {
    guard case .ready = state else { return refused(LmtpReply(503, "5.5.1", "LHLO first, and one mail at a time")) }
    guard let (path, parameters) = Self.path(rest, after: "FROM:") else {
      return refused(LmtpReply(501, "5.5.4", "MAIL FROM:<address>"))
    }
    for parameter in parameters {
      let pair = parameter.split(separator: "=", maxSplits: 1).map { $0.uppercased() }
      switch pair.first {
      case "SIZE":
        guard let size = pair.count == 2 ? Int(pair[1]) : nil else {
          return refused(LmtpReply(501, "5.5.4", "SIZE is a number"))
        }
        guard size <= LmtpLimits.messageByteCountMax else {
          return .reply([LmtpReply(552, "5.3.4", "a message has at most \(LmtpLimits.messageByteCountMax) bytes")])
        }
      case "BODY": guard pair.count == 2, ["7BIT", "8BITMIME"].contains(pair[1]) else { fallthrough }
      default: return refused(LmtpReply(555, "5.5.4", "\(parameter) is not offered"))
      }
    }
    state = .sender(path)
    return .reply([LmtpReply(250, "2.1.0", "ok")])
  }

  private mutating func recipient(_ rest: String) -> Action {
    let known: (String, [LmtpEnvelope.Recipient])
    switch state {
    case .sender(let sender): known = (sender, [])
    case .recipients(let sender, let recipients): known = (sender, recipients)
    case .connected, .ready, .resolving, .data, .delivering, .closed:
      return refused(LmtpReply(503, "5.5.1", "MAIL first"))
    }
    guard let (path, parameters) = Self.path(rest, after: "TO:"), !path.isEmpty, parameters.isEmpty else {
      return refused(LmtpReply(501, "5.5.4", "RCPT TO:<address>"))
    }
    guard known.1.count < LmtpLimits.recipientCountMax else {
      return .reply([LmtpReply(452, "4.5.3", "at most \(LmtpLimits.recipientCountMax) recipients: send it again")])
    }
    state = .resolving(known.0, known.1, address: path)
    return .resolve(path)
  }

  private mutating func data() -> Action {
    guard case .recipients(let sender, let recipients) = state else {
      return refused(LmtpReply(503, "5.5.1", "no recipient was taken"))
    }
    state = .data(sender, recipients, DotReader())
    return .reply([LmtpReply(354, "", "end with a dot on a line of its own")])
  }

  private mutating func refused(_ reply: LmtpReply) -> Action {
    errors += 1
    return errors > LmtpLimits.errorCountMax ? close(LmtpReply(421, "4.7.0", "too many errors")) : .reply([reply])
  }

  private mutating func close(_ reply: LmtpReply) -> Action {
    state = .closed
    return .close(reply)
  }

  // MARK: Words

  private static func split(_ line: String) -> (verb: String, rest: String) {
    let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    return (parts.first?.uppercased() ?? "", parts.count > 1 ? String(parts[1]) : "")
  }

  /// `FROM:<address> WORD=VALUE …`: what stands in the brackets, without an obsolete route, and the words.
  private static func path(_ rest: String, after name: String) -> (String, [Substring])? {
    let text = rest.drop { $0 == " " }
    guard text.uppercased().hasPrefix(name) else { return nil }
    let path = text.dropFirst(name.count).drop { $0 == " " }
    guard path.first == "<", let end = path.lastIndex(of: ">") else { return nil }
    var address = path[path.index(after: path.startIndex)..<end]
    if address.first == "@", let colon = address.firstIndex(of: ":") {
      address = address[address.index(after: colon)...]
    }
    guard address.utf8.count <= 254, !address.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F })
    else { return nil }
    return (String(address), path[path.index(after: end)...].split(separator: " "))
  }
}

/// Reads a message up to the dot on a line of its own (RFC 5321, section 4.5.2). Only CRLF ends a line here: what another
/// program takes for a line's end must not end a message.
struct DotReader {
  enum Progress: Hashable {
    case more
    case end
    /// It is twice as long as it may be.
    case endless
  }

  private enum Place {
    case lineStart, inLine, afterReturn, afterDot, afterDotReturn
  }

  private(set) var message: [UInt8] = []
  private(set) var isTooLong = false
  private var count = 0
  private var place = Place.lineStart

  mutating func take(_ byte: UInt8) -> Progress {
    switch (place, byte) {
    case (.lineStart, 0x2E): place = .afterDot
    case (.lineStart, 0x0D), (.inLine, 0x0D): place = .afterReturn
    case (.afterDot, 0x0D): place = .afterDotReturn
    case (.afterDotReturn, 0x0A): return .end
    case (.afterReturn, 0x0A):
      keep(0x0D)
      keep(0x0A)
      place = .lineStart
    case (.afterReturn, 0x0D), (.afterDotReturn, 0x0D):
      keep(0x0D)
      place = .afterReturn
    case (.afterReturn, _), (.afterDotReturn, _):
      keep(0x0D)
      keep(byte)
      place = .inLine
    case (.lineStart, _), (.inLine, _), (.afterDot, _):
      keep(byte)
      place = .inLine
    }
    return count > 2 * LmtpLimits.messageByteCountMax ? .endless : .more
  }

  private mutating func keep(_ byte: UInt8) {
    count += 1
    if count > LmtpLimits.messageByteCountMax {
      isTooLong = true
      message = []
    } else {
      message.append(byte)
    }
  }
}
