public import Policy

/// Takes intake's answer to a mail, and sends it once.
public enum AnswerTold {
  /// The most messages before it that an answer names.
  static let referenceCountMax = 10
  /// The most bytes of what all of them are called.
  static let referenceByteCountMax = 10_000
  /// The most bytes of its text.
  static let textByteCountMax = 16_384

  public struct Request: Hashable, Sendable {
    /// The answer's own identifier.
    public var id: SubjectID
    /// Where it goes.
    public var address: String
    /// Of who wrote, at most 200 bytes; empty: not known.
    public var name: String
    /// One line.
    public var subject: String
    /// At most 16 KiB.
    public var text: String
    /// The messages before it, without brackets; the last is answered.
    public var references: [String]
    /// The ticket that it is about; nil: none.
    public var ticketID: TicketID?

    public init(
      id: SubjectID, address: String, name: String, subject: String, text: String, references: [String],
      ticketID: TicketID?
    ) {
      self.id = id
      self.address = address
      self.name = name
      self.subject = subject
      self.text = text
      self.references = references
      self.ticketID = ticketID
    }
  }

  /// Looks at nothing: an answer is told once, since its news has one version.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      guard let method = ContactMethod(kind: .email, address: request.address) else {
        throw Refused(.invalid(field: "answer.address"), "An answer goes to a mail address.")
      }
      guard request.text.utf8.count <= textByteCountMax else {
        throw Refused(.invalid(field: "answer.text"), "An answer has at most \(textByteCountMax) bytes of text.")
      }
      let references = request.references.suffix(referenceCountMax)
      guard references.reduce(0, { $0 + $1.utf8.count }) <= referenceByteCountMax, references.allSatisfy(isIdentifier)
      else { throw Refused(.invalid(field: "answer.references"), "A reference is visible ASCII without brackets.") }
      let delivery = Delivery(
        id: context.id(), cause: .answer(request.id), step: 0, personID: nil,
        recipient: request.name.onOneLine(limit: TextBound.name), method: .email, address: method.address,
        subject: request.subject.onOneLine(limit: TextBound.reason), text: request.text, createdAt: context.now,
        ticketID: request.ticketID, references: Array(references))
      state.deliveries.insert(delivery)
      state.common.changed("mail.answered", delivery.id, version: 1, "A mail of \(method.address) is answered.")
    }
  }

  private static func isIdentifier(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
  }
}
