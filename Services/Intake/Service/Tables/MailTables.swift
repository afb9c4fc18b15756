import IntakeRules
import Policy
import ServiceKit

extension Tables {
  /// Mails that were taken.
  static let mails = Table<IntakeState, Mail>(
    "mails", { $1(&$0.mails) }, key: [Column<String>("message_id") { $0 }], columns: mailsColumns, isKept: false,
    read: readMail)

  private static let mailsColumns: [Column<Mail>] = [
    Column("mail_id", fixed: true, \.id), Column("ticket_id", fixed: true, \.ticketID),
    Column("account_id", fixed: true, \.accountID), Column("sender", fixed: true, \.sender),
    Column("subject", fixed: true, \.subject),
    Column("recipients", fixed: true) { JSONDocument(words: $0.recipients) },
    Column("outcome", fixed: true, \.outcome), Column("reason", fixed: true, \.reason),
    Column("answered", fixed: true, \.isAnswered), Column("byte_count", fixed: true, \.byteCount),
    Column("attachments", fixed: true) { JSONDocument($0.attachments, as: StoredAttachment.self) },
    Column("taken_at", fixed: true, \.at),
  ]

  static func readMail(_ row: inout RowReader) throws(RowError) -> Mail {
    let messageID: String = try row.next()
    let id: MailID = try row.next()
    let ticketID: TicketID? = try row.next()
    let accountID: AccountID? = try row.next()
    let sender: String = try row.next()
    let subject: String = try row.next()
    let recipients = try row.next(JSONDocument.self).words()
    let outcome: Mail.Outcome = try row.next()
    let reason: String = try row.next()
    let isAnswered: Bool = try row.next()
    let byteCount: Int = try row.next()
    let attachments = try row.next(JSONDocument.self).values(as: StoredAttachment.self)
    var mail = Mail(
      messageID: messageID, id: id, sender: sender, subject: subject, recipients: recipients, outcome: outcome,
      ticketID: ticketID, accountID: accountID, at: try row.next())
    mail.reason = reason
    mail.isAnswered = isAnswered
    mail.byteCount = byteCount
    mail.attachments = attachments
    return mail
  }

  /// The originals of mails.
  static let pieces = Journal<IntakeState, MailPiece>(
    "mail_pieces", { $1(&$0.pieces) },
    columns: [Column("mail_id", \.mailID), Column("place", \.place), Column("bytes", \.bytes)])

  /// Parts of mails that are yet to be delivered.
  static let mailParts = Table<IntakeState, MailPart>(
    "mail_parts", { $1(&$0.mailParts) },
    key: [Column<MailPart.Key>("upload_id", \.uploadID), Column("place", \.place)],
    columns: [Column("bytes", fixed: true, \.bytes)], isKept: false
  ) { row throws(RowError) in
    MailPart(key: .init(uploadID: try row.next(), place: try row.next()), bytes: try row.next())
  }
  static let partsOfUpload = mailParts.group(by: "upload_id", of: MailUploadID.self, limit: Int(MailPart.countMax))

  /// Addresses at which the tenant takes mail.
  static let mailboxes = Table<IntakeState, Mailbox>(
    "mailboxes", { $1(&$0.mailboxes) }, key: [Column<String>("address") { $0 }],
    columns: [Column("plan_version", \.planVersion), Column("set_at", \.setAt)], read: readMailbox)

  static func readMailbox(_ row: inout RowReader) throws(RowError) -> Mailbox {
    Mailbox(address: try row.next(), planVersion: try row.next(), setAt: try row.next())
  }
  static let mailboxesOfPlan = mailboxes.group(by: "plan_version", of: PlanVersion.self)

  /// Who was answered lately.
  static let mailSenders = Table<IntakeState, MailSender>(
    "mail_senders", { $1(&$0.mailSenders) }, key: [Column<String>("address") { $0 }],
    columns: [
      Column("hour_began_at", \.hourBeganAt), Column("in_hour", \.inHour), Column("day_began_at", \.dayBeganAt),
      Column("in_day", \.inDay),
    ], isKept: false
  ) { row throws(RowError) in
    MailSender(
      address: try row.next(), hourBeganAt: try row.next(), inHour: try row.next(), dayBeganAt: try row.next(),
      inDay: try row.next())
  }

  /// By what contacts are known.
  static let ways = Table<IntakeState, ContactWay>(
    "contact_ways", { $1(&$0.ways) },
    key: [Column<ContactWay.Key>("way", \.way), Column("contact_id", \.contactID)],
    columns: [Column("account_id", fixed: true, \.accountID)], isKept: false
  ) { row throws(RowError) in
    ContactWay(key: .init(way: try row.next(), contactID: try row.next()), accountID: try row.next())
  }
  static let contactsByWay = ways.group(by: "way", of: String.self, limit: contactsOfOneWayMax)
  /// The most contacts that are looked at for one address or number.
  static let contactsOfOneWayMax = 100

  /// Tickets by their numbers: a second view of their table, which is only read.
  static let ticketNumbers = Table<IntakeState, TicketNumber>(
    "tickets", { $1(&$0.ticketNumbers) }, key: [Column<Int64>("number") { $0 }],
    columns: [Column("ticket_id", fixed: true, \.ticketID)], isKept: false
  ) { row throws(RowError) in
    TicketNumber(number: try row.next(), ticketID: try row.next())
  }
}

struct StoredAttachment: StoredValue {
  let name: String
  let type: String
  let bytes: Int

  init(_ attachment: Mail.Attachment) {
    name = attachment.name
    type = attachment.type
    bytes = attachment.byteCount
  }

  var value: Mail.Attachment? { Mail.Attachment(name: name, type: type, byteCount: bytes) }
}
