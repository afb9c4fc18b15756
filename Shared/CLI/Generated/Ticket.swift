// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout ticket`
struct TicketCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ticket", abstract: "Tickets.",
    subcommands: [TicketOpenCommand.self, TicketGetCommand.self, TicketListCommand.self, TicketAcknowledgeCommand.self, TicketContactCommand.self, TicketBeginCommand.self, TicketClassifyCommand.self, TicketLinkCommand.self, TicketDispatchCommand.self, TicketResolveCommand.self, TicketCloseCommand.self, TicketReopenCommand.self, TicketWhyCommand.self, TicketMergeCommand.self, TicketSplitCommand.self, TicketTargetsCommand.self])
}

/// `callout ticket open`
struct TicketOpenCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Opens a ticket when the plan admits it.",
    discussion: "A refusal names every clause that failed and is kept as an attempt. Without an agreement nothing is admitted (504). Refuses a class that the plan does not have (510), a retired asset, a maintenance visit that is not under way, and an earlier ticket that is not closed (503). Callers: desk, portal, admin.")
  static let operation = "ticket.open"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("The customer; empty: found by `dialled`.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("subsidiary"), help: ArgumentHelp("The company that needs help; empty: the account itself.", valueName: "id"))
  var subsidiary: String?
  @Option(name: .customLong("contact"), help: ArgumentHelp("Who reports; a caller who is no appointed contact is refused by the plan.", valueName: "id"))
  var contact: String?
  @Option(name: .customLong("caller"), help: ArgumentHelp("The caller's name when it is no registered contact.", valueName: "text"))
  var caller: String?
  @Option(name: .customLong("asset"), help: ArgumentHelp("What it is about, not a retired one; empty: nothing registered.", valueName: "id"))
  var asset: String?
  @Option(name: .customLong("subject"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var subject: String?
  @Option(name: .customLong("text"), help: ArgumentHelp("The first message, at most 64 KiB.", valueName: "text"))
  var text: String?
  @Option(name: .customLong("channel"), help: ArgumentHelp("Telephone, email, portal, fax, voicemail.", valueName: "text"))
  var channel: String?
  @Option(name: .customLong("dialled"), help: ArgumentHelp("The number dialled; finds the account when `account_id` is empty.", valueName: "text"))
  var dialled: String?
  @Option(name: .customLong("category"), help: ArgumentHelp("Empty: the asset's.", valueName: "text"))
  var category: String?
  @Option(name: .customLong("class"), help: ArgumentHelp("A class of the plan, at most 64 bytes; empty: the plan's default.", valueName: "text"))
  var `class`: String?
  @Option(name: .customLong("incident"), help: ArgumentHelp("What went wrong, one word of at most 64 bytes, by which a repeat is seen; empty: not known.", valueName: "text"))
  var incident: String?
  @Option(name: .customLong("earlier-ticket"), help: ArgumentHelp("Says that it is a repeat.", valueName: "id|number"))
  var earlierTicket: String?
  @Option(name: .customLong("region"), help: ArgumentHelp("Where help is needed; empty: the account's.", valueName: "text"))
  var region: String?
  @Option(name: .customLong("appointment"), help: ArgumentHelp("A visit booked without help by telephone; 0: none.", valueName: "time"))
  var appointment: String?
  @Option(name: .customLong("maintenance-visit"), help: ArgumentHelp("Reported during this maintenance visit.", valueName: "id"))
  var maintenanceVisit: String?
  @Option(name: .customLong("fact"), help: ArgumentHelp("Further facts that the plan's conditions may name, at most 32: `service`, `request`, `symptom`, `release`, `about` … What intake knows itself (who calls, the agreement with its tier and term, the standing of a subsidiary) cannot be told; a portal cannot tell what was bought, handed in or not kept, and its `defect` is at most suspected.", valueName: "name=value"))
  var fact: [String] = []

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("subsidiary_id", subsidiary)
    try request.set("contact_id", contact)
    try request.set("caller", caller)
    try request.set("asset_id", asset)
    try request.set("subject", subject)
    try request.set("text", text)
    try request.set("channel", channel)
    try request.set("dialled", dialled)
    try request.set("category", category)
    try request.set("class", `class`)
    try request.set("incident", incident)
    try request.set("earlier_ticket_id", earlierTicket)
    try request.set("region", region)
    try request.set("appointment", appointment)
    try request.set("maintenance_visit_id", maintenanceVisit)
    try request.set("facts", fact)
  }
}

/// `callout ticket get`
struct TicketGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads a ticket with its messages, work, visits and the articles that resolved it.",
    discussion: "A portal is not shown internal messages. Refuses a request that names neither id nor number (121). Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "ticket.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("By id.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("number"), help: ArgumentHelp("By the number that people use, from 1.", valueName: "number"))
  var number: UInt64?
  @Flag(name: .customLong("with-task"), help: "True: also what rating looks at.")
  var withTask = false
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
    request.set("number", number)
    request.set("with_task", withTask)
  }
}

/// `callout ticket list`
struct TicketListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists tickets, newest first.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "ticket.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Empty: every account.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("state"), help: ArgumentHelp("Empty: every state.", valueName: "text"))
  var state: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("state", state)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}

/// `callout ticket acknowledge`
struct TicketAcknowledgeCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Acknowledges a ticket: someone has seen it, which may meet a target.",
    discussion: "Doing so again changes nothing. Refuses a ticket that is neither open nor dispatched (503). Callers: desk, admin.")
  static let operation = "ticket.acknowledge"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
  }
}

/// `callout ticket contact`
struct TicketContactCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: "Records that the desk answered the customer.",
    discussion: "What that counts as is the plan's to say: a reply reaches the customer, a preliminary one as the plan has it, a program's is none. Doing so again keeps the first instant. Refuses a ticket that is neither open nor dispatched (503). Callers: desk, admin.")
  static let operation = "ticket.contact"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("note"), help: ArgumentHelp("What was said, at most 1,000 bytes; kept as an internal message unless empty.", valueName: "text"))
  var note: String?
  @Option(name: .customLong("event"), help: ArgumentHelp("Reply, preliminary-reply or automatic-reply; empty: reply.", valueName: "text"))
  var event: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
    try request.set("note", note)
    try request.set("event", event)
  }
}

/// `callout ticket begin`
struct TicketBeginCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "begin", abstract: "Records that work has begun.",
    discussion: "Doing so again changes nothing. Refuses a ticket that is neither open nor dispatched (503). Callers: desk, admin.")
  static let operation = "ticket.begin"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
  }
}

/// `callout ticket classify`
struct TicketClassifyCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify", abstract: "Sets class, category or incident; what was before is kept as a message.",
    discussion: "Absent fields stay. Refuses a class that the plan does not have (510), one that the plan does not admit for what is known of the ticket (504), a change of class without a reason (515), and a ticket that is neither open nor dispatched (503). Callers: desk, admin.")
  static let operation = "ticket.classify"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("class"), help: ArgumentHelp("A class of the plan, at most 64 bytes; needs a reason and sets the targets anew.", valueName: "text"))
  var `class`: String?
  @Option(name: .customLong("category"), help: ArgumentHelp("One word, 1 to 64 bytes.", valueName: "text"))
  var category: String?
  @Option(name: .customLong("incident"), help: ArgumentHelp("One word, at most 64 bytes; empty takes it away.", valueName: "text"))
  var incident: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("At most 1,000 bytes; not empty when the class changes.", valueName: "text"))
  var reason: String?
  @Option(name: .customLong("fact"), help: ArgumentHelp("What was found since, at most 32 facts, such as a `defect` that is qualified; they win over what was told before.", valueName: "name=value"))
  var fact: [String] = []
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
    try request.set("class", `class`)
    try request.set("category", category)
    try request.set("incident", incident)
    try request.set("reason", reason)
    try request.set("facts", fact)
  }
}

/// `callout ticket link`
struct TicketLinkCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Says that the ticket is a repeat of an earlier one.",
    discussion: "Refuses a closed ticket, and an earlier one that was not closed when this was opened (503). Callers: desk, admin.")
  static let operation = "ticket.link"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("The repeat.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("earlier-ticket"), help: ArgumentHelp("What it repeats: another ticket of the account, closed before this was opened.", valueName: "id|number"))
  var earlierTicket: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
    try request.set("earlier_ticket_id", earlierTicket)
  }
}

/// `callout ticket dispatch`
struct TicketDispatchCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispatch", abstract: "Sends someone to the site: makes a visit of kind dispatch.",
    discussion: "Refuses a ticket that is neither open nor dispatched (503). Callers: desk, admin.")
  static let operation = "ticket.dispatch"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("engineer"), help: ArgumentHelp("Who goes, 1 to 200 bytes.", valueName: "text"))
  var engineer: String?
  @Option(name: .customLong("planned"), help: ArgumentHelp("When to be there, not past; 0: as soon as may be.", valueName: "time"))
  var planned: String?
  @Option(name: .customLong("quote"), help: ArgumentHelp("The ledger's quote that holds the credits; empty: it holds what the plan says.", valueName: "id"))
  var quote: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
    try request.set("engineer", engineer)
    try request.set("planned", planned)
    try request.set("quote_id", quote)
  }
}

/// `callout ticket resolve`
struct TicketResolveCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Ends the work on a ticket, which stops its clocks; the ledger charges what is due.",
    discussion: "Refuses a ticket that is neither open nor dispatched, and one on which somebody is at work (503). Callers: desk, admin.")
  static let operation = "ticket.resolve"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("resolution"), help: ArgumentHelp("Fixed, workaround, unresolved or cancelled.", valueName: "text"))
  var resolution: String?
  @Option(name: .customLong("note"), help: ArgumentHelp("What was done, at most 1,000 bytes; kept as an internal message unless empty.", valueName: "text"))
  var note: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
    try request.set("resolution", resolution)
    try request.set("note", note)
  }
}

/// `callout ticket close`
struct TicketCloseCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Closes a ticket that is resolved; any other is refused (503).",
    discussion: "From then on a repeat may be covered by the plan's warranty. Callers: desk, portal, admin.")
  static let operation = "ticket.close"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
  }
}

/// `callout ticket reopen`
struct TicketReopenCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Takes a resolved or closed ticket up again.",
    discussion: "Work from here on is rated apart. The ladder of its class begins anew; what was promised stays as it stood. Refuses an empty reason (515), any other state (503) and the 101st time (509). Callers: desk, portal, admin.")
  static let operation = "ticket.reopen"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("What is still wrong, 1 to 1,000 bytes; kept as a message.", valueName: "text"))
  var reason: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
    try request.set("reason", reason)
  }
}

/// `callout ticket why`
struct TicketWhyCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Explains a target of a ticket: every interval of the calendar that was counted or skipped, and those in which the clock stood still, with the reason.",
    discussion: "A gate inside the work of its present stretch is explained the same way: by the calendar of the work's rate while work went on, by what it stood still for between, and from now on as if work went on, when somebody is at work. Refuses what is neither a target of the ticket nor a gate of its work, and names those that there are (510). Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "ticket.why"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("target"), help: ArgumentHelp("The target's id in the plan, one that the ticket has, or the id of a gate of the rate of its work.", valueName: "text"))
  var target: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
    try request.set("target", target)
  }
}

/// `callout ticket merge`
struct TicketMergeCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Puts the work of one ticket under another of the same customer, and closes the first, unless it was closed before, with a pointer to the second.",
    discussion: "What it was charged goes along; the second is rated anew with all its work, and what differs is charged or taken back. Refuses an empty reason (515), a second ticket that is closed, a first that was merged before, one for which somebody is out or at work (503), and more than a ticket can hold (509). Callers: desk, admin.")
  static let operation = "ticket.merge"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("The ticket that ends, or has ended.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("into-ticket"), help: ArgumentHelp("The ticket that goes on, not closed.", valueName: "id|number"))
  var intoTicket: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("Why they are one, 1 to 1,000 bytes; kept as an internal message on both.", valueName: "text"))
  var reason: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
    try request.set("into_ticket_id", intoTicket)
    try request.set("reason", reason)
  }
}

/// `callout ticket split`
struct TicketSplitCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "split", abstract: "Makes a ticket with a number of its own from some of a ticket's work.",
    discussion: "Both are rated anew; what the first was charged too much goes along as far as the new one costs it. Refuses an empty reason (515), a closed ticket (503), records that are not the ticket's present work (501), all of them, and work past a gate that nobody opened (121). Callers: desk, admin.")
  static let operation = "ticket.split"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("The ticket whose work it is.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("work-id"), help: ArgumentHelp("The records that go, 1 to 1,000.", valueName: "id"))
  var workId: [String] = []
  @Option(name: .customLong("subject"), help: ArgumentHelp("What the new ticket is about, 1 to 200 bytes, one line.", valueName: "text"))
  var subject: String?
  @Option(name: .customLong("category"), help: ArgumentHelp("One word, at most 64 bytes; empty: the same.", valueName: "text"))
  var category: String?
  @Option(name: .customLong("incident"), help: ArgumentHelp("What went wrong, one word of at most 64 bytes; empty: not known.", valueName: "text"))
  var incident: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("Why it is two, 1 to 1,000 bytes; kept as an internal message on both.", valueName: "text"))
  var reason: String?
  @Argument(help: ArgumentHelp("The same as --ticket.", valueName: "id|number"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket ?? positionalID)
    try request.set("work_ids", workId)
    try request.set("subject", subject)
    try request.set("category", category)
    try request.set("incident", incident)
    try request.set("reason", reason)
  }
}
