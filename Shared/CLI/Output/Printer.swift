import CalloutClient
import Wire

/// Writes results to standard output, as a table or as JSON.
struct Printer: Sendable {
  let format: OutputFormat
  let times: CivilReading

  /// Columns of lists, by the message that a row is; every other message shows its first scalars.
  private static let columns: [String: [String]] = [
    "Account": ["id", "name", "region", "maintenance_plan", "purchased", "created"],
    "Agreement": ["id", "account_id", "plan", "state", "balance", "held", "unit", "signed"],
    "Article": ["id", "kind", "state", "title", "language", "edition", "published"],
    "ArticleHit": ["rank", "article.title", "article.kind", "excerpt", "article.id"],
    "Asset": ["id", "name", "category", "platform", "private_device", "inventoried", "retired"],
    "Attempt": ["at", "channel", "caller", "subject", "findings"],
    "Contact": ["id", "name", "fixed_phone", "mobile_phone", "email", "appointed", "ended"],
    "Course": ["id", "title", "state", "summary", "created"],
    "Delivery": ["created", "state", "method", "recipient", "address", "subject", "step"],
    "Enrolment": ["learner", "contact_id", "done", "lessons", "enrolled", "completed"],
    "Escalation": ["id", "ticket_number", "target", "ladder", "state", "step", "started", "acknowledged_by"],
    "Hold": ["id", "amount", "captured", "state", "reason", "placed", "expires"],
    "Invoice": ["id", "units", "amount", "currency", "due_to_issue", "issued"],
    "Lot": ["id", "package", "granted", "remaining", "granted_at", "expires", "expired"],
    "Moderation": ["at", "action", "reason", "moderator", "reply_id"],
    "Person": ["id", "name", "methods"],
    "PlanVersion": ["plan", "title", "version", "published"],
    "Rota": ["name", "zone", "handover", "turn_days", "starts", "id"],
    "SlaClock": ["ticket_number", "target", "state", "due", "started", "ended"],
    "Statement": ["from", "to", "opening", "closing", "closed", "id"],
    "Template": ["kind", "language", "published", "at", "version", "id"],
    "Tenant": ["id", "name", "test", "clock", "created"],
    "Ticket": ["number", "state", "subject", "category", "channel", "opened", "id"],
    "TicketMessage": ["at", "direction", "channel", "author", "text"],
    "Topic": ["id", "title", "author", "at", "replies", "replied", "hidden", "closed"],
    "TopicReply": ["id", "at", "author", "text", "hidden"],
    "Transfer": ["at", "kind", "text", "entries", "id"],
    "Visit": ["id", "kind", "engineer", "planned", "arrived", "departed", "cancelled"],
  ]
  /// Replies whose one text says it all.
  private static let documents: [String: [String]] = [
    "statement.get": ["document", "statement.text"], "plan.get": ["document"], "ticket.why": ["lines"],
  ]
  /// The most columns of a table that nobody chose.
  private static let columnCountMax = 8

  /// Writes a method's reply.
  func print(_ reply: JSONValue, of operation: OperationShape) {
    switch format {
    case .json: Surface.current.out(reply.pretty + "\n")
    case .table: table(reply, of: operation)
    }
  }

  /// Writes one object.
  func print(object: JSONValue) {
    switch format {
    case .json: Surface.current.out(object.pretty + "\n")
    case .table: Surface.current.out(Table.block(object).joined(separator: "\n") + "\n")
    }
  }

  /// Writes rows.
  func print(rows: [JSONValue], columns: [String]) {
    switch format {
    case .json: Surface.current.out(JSONValue.list(rows).pretty + "\n")
    case .table: Surface.current.out(Table.rows(rows, columns: columns))
    }
  }

  private func table(_ reply: JSONValue, of operation: OperationShape) {
    if let document = document(of: reply, operation) {
      let text: String
      if case .list(let lines) = document {
        text = lines.map(\.plain).joined(separator: "\n")
      } else {
        text = document.plain
      }
      // The last byte is looked at: a line of CSV ends in two, which are one character.
      Surface.current.out(text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n")
      return
    }
    // A list is a reply with one repeated message, and perhaps the place of the next page.
    let fields = operation.reply.fields.filter { $0.key != "next" }
    if fields.count == 1, let field = fields.first, field.isRepeated, case .message(let name) = field.kind,
      case .list(let rows)? = reply[field.key]
    {
      Surface.current.out(Table.rows(rows, columns: columns(of: name)))
      if let next = reply["next"], next != .null {
        Surface.current.err("There is more: --after \(next.plain)\n")
      }
      return
    }
    // What a reply says about one thing is shown without the thing's name before each line.
    if fields.count == 1, let field = fields.first, let inner = reply[field.key], inner != .null, !field.isRepeated {
      Surface.current.out(Table.block(inner).joined(separator: "\n") + "\n")
      return
    }
    Surface.current.out(Table.block(reply).joined(separator: "\n") + "\n")
  }

  /// What says it all: the first of a method's texts that the reply has.
  private func document(of reply: JSONValue, _ operation: OperationShape) -> JSONValue? {
    let found = (Self.documents[operation.method.name] ?? []).compactMap { reply.value(at: $0) }
    return found.first { $0.plain != "" } ?? found.first
  }

  private func columns(of message: String) -> [String] {
    if let chosen = Self.columns[message] { return chosen }
    let scalars = (MessageShape.all[message]?.fields ?? []).filter { field in
      switch field.kind {
      case .message, .hex, .document: false
      case .text, .flag, .int32, .int64, .uint32, .uint64, .instant, .uuid: !field.isRepeated
      }
    }
    return scalars.prefix(Self.columnCountMax).map(\.key)
  }
}
