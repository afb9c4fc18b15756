/// A message as it came (RFC 5322 and MIME), read for people: who wrote what to whom, about which other message.
///
/// Reading never fails for what a message says, only for a bound of ``MailLimits``; what is malformed is read as well as it
/// can be. The bytes themselves are kept elsewhere.
public struct InternetMessage: Hashable, Sendable {
  /// What lies in a message beside its text.
  public struct Attachment: Hashable, Sendable {
    /// The name that its writer gave it, without folders, at most 200 bytes; empty: none.
    public let name: String
    /// Such as `image/png`.
    public let type: String
    /// Its size in bytes, as its writer had it.
    public let byteCount: Int
  }

  /// The header.
  public let header: HeaderFields
  /// What the whole of it holds, such as `multipart/report`.
  public let type: String
  /// The writer: the first address of From, or of Sender; nil: none can be read.
  public let from: MailAddress?
  /// The addresses of To and Cc.
  public let recipients: [MailAddress]
  /// One line, decoded; may be empty.
  public let subject: String
  /// Without brackets; nil: it has none.
  public let messageID: String?
  /// The messages that it answers, the latest last: References, then In-Reply-To; each once.
  public let references: [String]
  /// What is said, at most ``MailLimits/textByteCountMax`` bytes: lines that end in LF, without control characters.
  public let text: String
  /// In the order of the message, at most ``MailLimits/partCountMax``.
  public let attachments: [Attachment]

  /// Reads a message, whose lines end in CRLF or LF.
  public init(_ bytes: [UInt8]) throws(MailError) {
    guard bytes.count <= MailLimits.byteCountMax else { throw .tooLarge }
    for line in Lines(bytes, 0..<bytes.count) where line.end - line.start > MailLimits.lineByteCountMax {
      throw .lineTooLong
    }
    let (header, body) = try HeaderFields.read(bytes, 0..<bytes.count)
    guard !header.fields.isEmpty else { throw .noHeader }
    var count = 0
    let root = try MailPart.read(bytes, header, body..<bytes.count, &count)
    self.header = header
    type = root.type
    from = ["from", "sender"].lazy.compactMap { name in header[name].flatMap { MailAddress.list($0).first } }.first
    recipients = ["to", "cc"].flatMap { header.all($0) }.flatMap(MailAddress.list)
      .prefix(MailLimits.addressCountMax).map { $0 }
    subject = EncodedWords.decoded(header["subject"] ?? "").onOneLine
    messageID = header["message-id"].flatMap { MessageIdentifiers.list($0).first }
    var references: [String] = []
    for id in ["references", "in-reply-to"].flatMap({ MessageIdentifiers.list(header[$0] ?? "") }) {
      references.removeAll { $0 == id }
      references.append(id)
    }
    self.references = references.suffix(MailLimits.referenceCountMax).map { $0 }
    var reading = Reading(bytes: bytes)
    reading.take(root)
    text = reading.text.joined(separator: "\n\n").cut(toByteCount: MailLimits.textByteCountMax)
    attachments = reading.attachments
  }

  /// Sorts what a message holds into text and attachments.
  private struct Reading {
    let bytes: [UInt8]
    var text: [String] = []
    var attachments: [Attachment] = []

    mutating func take(_ part: MailPart) {
      guard let parts = part.parts else {
        if part.isText { show(part) } else { attach(part) }
        return
      }
      if part.type == "multipart/alternative" {
        takeBest(of: parts)
      } else {
        for part in parts { take(part) }
      }
    }

    /// Of versions of the same, the one that is best to read as text, and what lies in the others.
    private mutating func takeBest(of parts: [MailPart]) {
      let best =
        parts.firstIndex { $0.isText && $0.type == "text/plain" && !isBlank($0) }
        ?? parts.lastIndex { $0.isText || $0.parts != nil }
      for (place, part) in parts.enumerated() {
        if place == best {
          take(part)
        } else if part.parts != nil {
          attachOnly(part)
        } else if !part.isText {
          attach(part)
        }
      }
    }

    private func isBlank(_ part: MailPart) -> Bool { part.content(bytes).allSatisfy(Byte.isSpace) }

    private mutating func attachOnly(_ part: MailPart) {
      if let parts = part.parts { return parts.forEach { attachOnly($0) } }
      if !part.isText { attach(part) }
    }

    private mutating func show(_ part: MailPart) {
      let written = Charset.text(part.content(bytes), named: part.parameters["charset"])
      let shown = part.type == "text/html" ? HTMLText.text(written) : written
      let text = shown.printable.trimmedLines
      if !text.isEmpty { self.text.append(text.cut(toByteCount: MailLimits.textByteCountMax)) }
    }

    private mutating func attach(_ part: MailPart) {
      attachments.append(Attachment(name: part.fileName, type: part.type, byteCount: part.content(bytes).count))
    }
  }
}

extension String {
  /// Without empty lines at either end, and without blanks at the very end.
  fileprivate var trimmedLines: String {
    var view = utf8[...]
    while let last = view.last, Byte.isSpace(last) { view = view.dropLast() }
    while let first = view.first, first == Byte.lineFeed || first == Byte.carriageReturn { view = view.dropFirst() }
    return String(view) ?? ""
  }
}
