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
  /// Tenants' own words, listed under their kinds.
  public var templates = Records<Template>()
  /// What was published of them, listed under the templates.
  public var editions = Records<TemplateEdition>()
  /// What plans say of the ends of their products, listed under the plans' ids.
  public var productEnds = Records<ProductEnd>()
  /// People who can be told, listed under their handles.
  public var people = Records<Person>()
  /// Duty rotas, listed under their names.
  public var rotas = Records<Rota>()
  /// Who stands in for whom, listed under their rotas.
  public var overrides = Records<RotaOverride>()
  /// Versions of rotas that hold no more.
  public var rotaPasts = Appends<RotaPast>()
  /// Clocks of targets, listed under their tickets.
  public var clocks = Records<SlaClock>()
  /// What clocks went through.
  public var clockEvents = Appends<ClockEvent>()
  /// Runs of ladders, listed under their tickets.
  public var escalations = Records<Escalation>()
  /// Steps that runs take.
  public var steps = Appends<EscalationStep>()
  /// What happened to runs beside their steps.
  public var escalationEvents = Appends<EscalationEvent>()
  /// Messages that wait together, listed under whom they are for.
  public var bundles = Records<Bundle>()
  /// Where the tenant's own systems take messages, listed under their names.
  public var endpoints = Records<WebhookEndpoint>()
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
  /// Messages to one address that wait together.
  public enum Bundle {}
  /// What a published plan says of the end of its product.
  public enum ProductEnd {}
  /// Where a tenant's own system takes messages.
  public enum Endpoint {}
}

public typealias PersonID = ID<Kind.Person>
public typealias OverrideID = ID<Kind.Override>
public typealias BundleID = ID<Kind.Bundle>
public typealias NoticeID = ID<Kind.Notice>
public typealias ProductEndID = ID<Kind.ProductEnd>
public typealias EndpointID = ID<Kind.Endpoint>
