public import Policy

/// A polite answer to a mail that was not taken as it asks (RFC 3834): the notifier sends it, marked as a program's and with
/// no sender, so that nobody answers it.
public struct MailAnswer: Sendable, Hashable {
  /// The answer's own identifier.
  public let id: SubjectID
  /// Where it goes: the envelope's sender.
  public let address: String
  /// The writer's name; may be empty.
  public let name: String
  /// One line.
  public let subject: String
  /// At most 16 KiB.
  public let text: String
  /// The messages before it, the one that it answers last.
  public let references: [String]
  /// The ticket that it is about; nil: none.
  public let ticketID: TicketID?
}

/// Answers mail, within bounds, so that two programs never answer each other for ever.
enum MailAnswering {
  /// The most bytes of an answer's text.
  static let textByteCountMax = 16_384
  /// The most messages before it that an answer names.
  static let referenceCountMax = 10

  /// Tells the notifier to answer, unless the writer has had as many answers lately as there may be.
  ///
  /// - Returns: whether there is an answer.
  static func answer(
    _ request: DeliverMail.Request, _ clauses: [FailedClause], about ticket: Ticket?, _ state: inout IntakeState,
    _ context: inout Context
  ) -> Bool {
    let address = Mailbox.folded(request.sender)
    guard isAnswerable(address) else { return false }
    var sender = state.mailSenders[address] ?? MailSender(address: address, at: context.now)
    guard sender.admits(at: context.now) else { return false }
    if !state.mailSenders.insert(sender) { state.mailSenders.update(sender) }
    let letter = request.letter
    let before = (letter.references.suffix(referenceCountMax - 1) + [letter.messageID]).filter(isPlain)
    let token = ticket.map { " " + TicketToken.word($0.number) } ?? ""
    state.common.emit(
      .answer(
        MailAnswer(
          id: context.id(), address: request.sender,
          name: MailText.subject(letter.fromName).cut(Fields.nameByteCountMax),
          subject: "Auto: Re: \(MailText.subject(letter.subject))".cut(Fields.nameByteCountMax - token.utf8.count)
            + token,
          text: text(letter, clauses, about: ticket), references: before, ticketID: ticket?.id)))
    return true
  }

  private static func text(_ letter: DeliverMail.Letter, _ clauses: [FailedClause], about ticket: Ticket?) -> String {
    let reasons = clauses.map { clause in
      "- " + clause.text + (clause.remedy.isEmpty ? "" : " (\(clause.remedy))")
    }
    var lines = ["Your message \"\(MailText.subject(letter.subject))\" reached us, and is kept."]
    if let ticket { lines.append("It belongs to ticket \(TicketToken.word(ticket.number)).") }
    lines += [ticket == nil ? "It did not become a ticket:" : "What you should know:", ""] + reasons
    lines += ["", "This answer was written by a program, which reads no answer to it."]
    return lines.joined(separator: "\n").cut(textByteCountMax - 1) + "\n"
  }

  /// Whether an address can be answered: something on both sides of one `@`, in visible ASCII without what separates or
  /// quotes addresses.
  private static func isAnswerable(_ address: String) -> Bool {
    let sides = address.split(separator: "@", omittingEmptySubsequences: false)
    return sides.count == 2 && sides.allSatisfy { !$0.isEmpty } && isPlain(address)
      && !address.utf8.contains { "()\\\",;".utf8.contains($0) }
      && address.utf8.count <= Fields.emailByteCountMax
  }

  /// Visible ASCII without brackets, which a header field can hold.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
  }
}
