public import Policy

/// What intake knows about one tenant while it decides a batch.
public struct IntakeState: ServiceState {
  /// What the rules tell the other services.
  public typealias Event = IntakeNews

  /// What all services have in common.
  public var common: CommonState<IntakeNews>
  /// Customers of the tenant.
  public var accounts = Records<Account>()
  /// Companies that share an account.
  public var subsidiaries = Records<Subsidiary>()
  /// Numbers that belong to one account each.
  public var hotlines = Records<Hotline>()
  /// Those who speak for a customer.
  public var contacts = Records<Contact>()
  /// What is supported.
  public var assets = Records<Asset>()
  /// The tickets themselves.
  public var tickets = Records<Ticket>()
  /// What was done on tickets; rows are only added.
  public var work = Records<WorkRecord>()
  /// Visits to customers' sites.
  public var visits = Records<Visit>()
  /// What was said on tickets; rows are only added.
  public var messages = Appends<TicketMessage>()
  /// Requests for help that a plan refused; rows are only added.
  public var attempts = Appends<Attempt>()
  /// Mails that were taken; rows are only added.
  public var mails = Records<Mail>()
  /// The originals of mails; rows are only added.
  public var pieces = Appends<MailPiece>()
  /// Parts of mails that are yet to be delivered.
  public var mailParts = Records<MailPart>()
  /// Addresses at which the tenant takes mail.
  public var mailboxes = Records<Mailbox>()
  /// Who was answered lately.
  public var mailSenders = Records<MailSender>()
  /// By what contacts are known; rows are only added.
  public var ways = Records<ContactWay>()
  /// Tickets by what people call them; only read.
  public var ticketNumbers = Records<TicketNumber>()
  /// What was reported of calls; rows are only added.
  public var calls = Records<Call>()
  /// Tickets on which work goes on, by customer; only read.
  public var openTickets = Records<OpenTicketView>()
  /// The knowledge base.
  public var articles = Records<Article>()
  /// What articles say and said; rows are only added.
  public var editions = Records<ArticleEdition>()
  /// Which article resolved which ticket; rows are only added.
  public var links = Records<ArticleLink>()
  /// The forum.
  public var topics = Records<Topic>()
  /// What was replied in the forum.
  public var replies = Records<TopicReply>()
  /// What the desk did in the forum; rows are only added.
  public var moderations = Appends<Moderation>()
  /// What can be learned.
  public var courses = Records<Course>()
  /// The lessons of courses.
  public var lessons = Records<Lesson>()
  /// How far learners have come.
  public var enrolments = Records<Enrolment>()

  /// Nothing loaded.
  public init(tenant: TenantID) {
    common = CommonState(tenant: tenant)
  }
}

extension IntakeState {
  /// The sequence that tickets are numbered by, from 1 for each tenant.
  public static let ticketNumbers = "ticket"
  /// The timer of a ticket: armed for the instant at which its next target would be missed.
  public static let targetTimer = "ticket.target"
  /// The timer of a ticket with an agreed call: armed for its time.
  public static let callTimer = "ticket.call"
  /// The timer of a mail that comes in parts: armed for when they are forgotten.
  public static let uploadTimer = "mail.upload"
  /// The timer of a ticket while someone is on site or at work: armed for where the plan warns of the next gate, then for
  /// the gate.
  public static let gateTimer = "ticket.gate"

  /// The account, or a refusal.
  func account(_ id: AccountID) throws(Refused) -> Account {
    guard let account = accounts[id] else { throw Refused(.notFound("account"), "There is no account \(id).") }
    return account
  }

  /// The asset, or a refusal.
  func asset(_ id: AssetID) throws(Refused) -> Asset {
    guard let asset = assets[id] else { throw Refused(.notFound("asset"), "There is no asset \(id).") }
    return asset
  }

  /// The visit, or a refusal.
  func visit(_ id: VisitID) throws(Refused) -> Visit {
    guard let visit = visits[id] else { throw Refused(.notFound("visit"), "There is no visit \(id).") }
    return visit
  }

  /// The ticket, or a refusal when there is none or it is in none of `states`.
  func ticket(_ id: TicketID, in states: Set<Ticket.State> = Set(Ticket.State.allCases)) throws(Refused) -> Ticket {
    guard let ticket = tickets[id] else { throw Refused(.notFound("ticket"), "There is no ticket \(id).") }
    guard states.contains(ticket.state) else {
      let wanted = Ticket.State.allCases.filter(states.contains).map(\.rawValue).joined(separator: " or ")
      throw Refused(
        .conflict(state: ticket.state.rawValue),
        "Ticket \(ticket.number) is \(ticket.state.rawValue); this needs one that is \(wanted).")
    }
    return ticket
  }

  /// The plan that a version names, or a refusal when this service does not have it.
  func plan(_ version: PlanVersion) throws(Refused) -> Plan {
    guard let plan = common.plans[version] else {
      throw Refused(.planUnknown, "This service does not have plan version \(version): publish it here first.")
    }
    return plan
  }

  /// The contacts of an account who are appointed now, the earliest first.
  func appointed(for account: AccountID) -> [Contact] {
    contacts.members(of: account).filter { $0.endedAt == nil }
  }
}
