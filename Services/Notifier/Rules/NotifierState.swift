public import Policy

/// What notifier knows about one tenant while it decides: the rows that a command loaded, and what all services share.
public struct NotifierState: ServiceState {
  public typealias Event = NotifierEvent

  public var common: CommonState<NotifierEvent>
  /// Tickets as intake told them, with the time at which something is next due.
  public var tickets = Records<TicketView>()
  /// Accounts as intake told them, with whom to write to.
  public var accounts = Records<AccountView>()
  /// What customers should be told, listed under their accounts.
  public var notices = Records<Notice>()
  /// What plans say of the ends of their products, listed under the plans' ids.
  public var productEnds = Records<ProductEnd>()
  /// People who can be told.
  public var people = Records<Person>()
  /// Duty rotas, listed under their names.
  public var rotas = Records<Rota>()
  /// Who stands in for whom, listed under their rotas.
  public var overrides = Records<RotaOverride>()
  /// Clocks of targets, listed under their tickets.
  public var clocks = Records<SlaClock>()
  /// Runs of ladders, listed under their tickets.
  public var escalations = Records<Escalation>()
  /// Steps that runs take.
  public var steps = Appends<EscalationStep>()
  /// Messages to one address each, listed under what caused them.
  public var deliveries = Records<Delivery>()
  /// Attempts to deliver.
  public var attempts = Appends<DeliveryAttempt>()
  /// The civil time of the zones that the loaded rotas name. Who loads a rota puts its zone here.
  public var zones: [String: TimeZoneRules] = [:]

  public init(tenant: TenantID) {
    common = CommonState(tenant: tenant)
  }
}

/// What notifier tells other services.
public enum NotifierEvent: Hashable, Sendable {
  /// How an escalation stands, for intake.
  case escalation(Escalation)
}

extension Kind {
  /// Someone who can be told.
  public enum Person {}
  /// A rota's override.
  public enum Override {}
  /// Something that a customer should be told.
  public enum Notice {}
  /// What a published plan says of the end of its product.
  public enum ProductEnd {}
}

public typealias PersonID = ID<Kind.Person>
public typealias OverrideID = ID<Kind.Override>
public typealias NoticeID = ID<Kind.Notice>
public typealias ProductEndID = ID<Kind.ProductEnd>

/// What rows are listed under that a tenant has only one list of.
public enum WholeTenant: Hashable, Sendable {
  case all
}
