import InternetMail
import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Synchronization
import Wire

/// `mail.deliver`
enum MailDeliver: WriteOperation {
  static let method = Method.mailDeliver

  /// A mail, or the upload that it is in.
  struct Command: Sendable {
    let content: Content
    let weight: Int

    enum Content: Sendable {
      case read(DeliverMail.Request, original: [UInt8])
      case staged(MailUploadID, parts: Int64, StagedMail)
    }
  }

  static func command(_ request: Callout_V1_MailDeliverRequest) throws(Refused) -> Command {
    guard request.uploadID.isEmpty else {
      guard request.original.isEmpty else {
        throw Refused(.invalid(field: "original"), "original: must be empty where upload_id is given.")
      }
      let staged = StagedMail(sender: request.sender, recipients: request.recipients)
      return Command(
        content: .staged(
          try MailUploadID(field: "upload_id", request.uploadID), parts: Int64(request.parts), staged),
        weight: 1 + Int(min(request.parts, UInt32(MailPart.countMax))) * MailPart.byteCountMax / byteCountOfWeight)
    }
    let original = [UInt8](request.original)
    return Command(
      content: .read(
        try DeliverMail.Request(original, sender: request.sender, recipients: request.recipients), original: original),
      weight: 1 + original.count / byteCountOfWeight)
  }

  /// The bytes that a change of the usual size holds.
  static let byteCountOfWeight = 65_536

  static func weight(_ command: Command) -> Int { command.weight }

  /// What is delivered, with the bytes that are kept. Needs the parts of an upload.
  private static func delivery(
    _ command: Command, _ state: IntakeState
  ) throws(Refused) -> (DeliverMail.Request, original: [UInt8]) {
    switch command.content {
    case .read(let request, let original): (request, original)
    case .staged(let id, let parts, let staged):
      try staged.delivery(try StageMail.whole(id, parts: parts, state))
    }
  }

  static func needs(_ command: Command, _ state: IntakeState, _ needs: inout Needs<IntakeState>) throws(Refused) {
    if case .staged(let id, let parts, _) = command.content {
      needs.rows(Tables.partsOfUpload, id)
      // Whatever is missing is refused by the rule.
      guard state.mailParts.members(of: id).count >= parts else { return }
    }
    let request = try delivery(command, state).0
    needs.row(Tables.mails, request.letter.messageID)
    for address in request.addresses {
      needs.row(Tables.mailboxes, address)
      if let box = state.mailboxes[address] { needs.plan(box.planVersion) }
    }
    if let known = state.mails[request.letter.messageID] {
      if let ticket = known.ticketID { needs.row(Tables.tickets, ticket) }
      return
    }
    needs.number(IntakeState.ticketNumbers)
    for id in request.references { needs.row(Tables.mails, id) }
    if let number = request.number { needs.row(Tables.ticketNumbers, number) }
    needs.row(Tables.mailSenders, Mailbox.folded(request.sender))
    needs.contacts(by: ContactWay.mail(request.letter.from), state)
    for ticket in request.threads(state) {
      needs.ticket(ticket, state)
      if let end = state.tickets[ticket]?.mergedInto { needs.ticket(end, state) }
    }
  }

  static func decide(
    _ command: Command, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_MailDeliverReply> {
    Decision { () throws(Refused) in
      let (request, original) = try delivery(command, state)
      let reply = try DeliverMail.decide(request, &state, &context).get()
      if !reply.isSeen { keep(original, of: reply.mail.id, &state) }
      if case .staged(let id, _, _) = command.content { StageMail.forget(id, &state) }
      return .with {
        $0.outcome = reply.isSeen ? "seen" : reply.mail.outcome.rawValue
        $0.mail = Callout_V1_Mail(reply.mail)
        if let ticket = reply.ticket { $0.ticket = Callout_V1_Ticket(ticket) }
        if let clause = reply.answer { $0.answer = Callout_V1_ClauseFinding(clause, failed: true) }
      }
    }
  }

  /// Keeps the original in pieces.
  private static func keep(_ original: [UInt8], of id: MailID, _ state: inout IntakeState) {
    for (place, start) in stride(from: 0, to: original.count, by: MailPiece.byteCountMax).enumerated() {
      let end = min(start + MailPiece.byteCountMax, original.count)
      state.pieces.append(MailPiece(mailID: id, place: Int64(place + 1), bytes: Array(original[start..<end])))
    }
  }
}

/// A mail that was put together, and read once for all rounds of loading.
final class StagedMail: Sendable {
  private let sender: String
  private let recipients: [String]
  private let known = Mutex<(DeliverMail.Request, original: [UInt8])?>(nil)

  init(sender: String, recipients: [String]) {
    self.sender = sender
    self.recipients = recipients
  }

  /// What is delivered: the same parts are the same mail.
  func delivery(_ original: @autoclosure () throws(Refused) -> [UInt8]) throws(Refused) -> (
    DeliverMail.Request, original: [UInt8]
  ) {
    if let known = known.withLock({ $0 }) { return known }
    let original = try original()
    let read = (try DeliverMail.Request(original, sender: sender, recipients: recipients), original: original)
    known.withLock { $0 = read }
    return read
  }
}

extension DeliverMail.Request {
  /// A mail as it came.
  fileprivate init(_ original: [UInt8], sender: String, recipients: [String]) throws(Refused) {
    do throws(MailError) {
      self.init(
        sender: Plan.canonical(messageID: sender), recipients: recipients,
        letter: DeliverMail.Letter(try InternetMessage(original), original, sender: sender))
    } catch {
      throw Refused(.invalid(field: "original"), "original: \(error).")
    }
  }
}

extension DeliverMail.Letter {
  /// What the rules look at of a message. One without a Message-ID gets one from the hash of its bytes, so that the same
  /// bytes are one mail.
  init(_ message: InternetMessage, _ original: [UInt8], sender: String) {
    self.init(messageID: message.messageID ?? Self.made(of: original))
    from = message.from?.address ?? ""
    fromName = message.from?.name ?? ""
    subject = message.subject
    text = message.text
    references = message.references
    recipients = message.recipients.map(\.address)
    automatic = AutomaticMail.reason(message, sender: sender, ownDomain: MailIdentity.domain)
    attachments = message.attachments.map {
      Mail.Attachment(name: $0.name, type: $0.type, byteCount: $0.byteCount)
    }
    byteCount = original.count
  }

  private static func made(of original: [UInt8]) -> String {
    let digits = Digest.sha256(original).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return "sha256-\(digits)@unnamed.invalid"
  }
}

extension Needs<IntakeState> {
  /// Those who are known by an address or a number, with their accounts and plans.
  mutating func contacts(by way: String, _ state: IntakeState) {
    rows(Tables.contactsByWay, way)
    for known in state.ways.members(of: way) {
      row(Tables.contacts, known.key.contactID)
      account(known.accountID)
      plan(of: known.accountID, state)
    }
  }
}

/// `mail.stage`
enum MailStage: WriteOperation {
  static let method = Method.mailStage

  static func command(_ request: Callout_V1_MailStageRequest) throws(Refused) -> MailPart {
    MailPart(
      key: .init(uploadID: try MailUploadID(field: "upload_id", request.uploadID), place: Int64(request.place)),
      bytes: [UInt8](request.original))
  }

  static func weight(_ part: MailPart) -> Int { 1 + part.bytes.count / MailDeliver.byteCountOfWeight }

  static func needs(_ part: MailPart, _ state: IntakeState, _ needs: inout Needs<IntakeState>) throws(Refused) {
    needs.row(Tables.mailParts, part.key)
  }

  static func decide(
    _ part: MailPart, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_MailStageReply> {
    StageMail.decide(part, &state, &context).map { until in .with { $0.untilMs = until.milliseconds } }
  }
}

/// `mailbox.set`
enum MailboxSet: WriteOperation {
  static let method = Method.mailboxSet

  static func needs(
    _ request: Callout_V1_MailboxSetRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    let version = try PlanVersion(field: "plan_version", request.planVersion)
    needs.row(Tables.mailboxes, Mailbox.folded(request.address))
    needs.rows(Tables.mailboxesOfPlan, version)
    needs.plan(version)
  }

  static func decide(
    _ request: Callout_V1_MailboxSetRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_MailboxSetReply> {
    Decision { () throws(Refused) in
      let version = try PlanVersion(field: "plan_version", request.planVersion)
      let mailbox = try SetMailbox.decide(request.address, plan: version, &state, &context).get()
      return .with { $0.mailbox = Callout_V1_Mailbox(mailbox) }
    }
  }
}

/// `mailbox.remove`
enum MailboxRemove: WriteOperation {
  static let method = Method.mailboxRemove

  static func needs(
    _ request: Callout_V1_MailboxRemoveRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.row(Tables.mailboxes, Mailbox.folded(request.address))
  }

  static func decide(
    _ request: Callout_V1_MailboxRemoveRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_MailboxRemoveReply> {
    Decision { () throws(Refused) in
      try RemoveMailbox.decide(request.address, &state, &context).get()
      return .init()
    }
  }
}
