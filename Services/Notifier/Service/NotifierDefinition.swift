public import NotifierRules
public import Policy
public import ServiceKit
import SwiftProtobuf
public import Wire

/// The service that escalates: clocks, rotas, ladders and deliveries.
public enum NotifierDefinition: ServiceDefinition {
  public static let name = ServiceName.notifier
  public static let tables = Tables.all
  public static let migrations = [MigrationScript(101, "tables", PackageResources._101_tables_sql)]

  public static let settings = DeliverySettings.definitions

  public static func problems(_ setting: (String) -> String?) -> [String] { DeliverySettings(setting).problems }

  public static let writes: [WriteEntry<NotifierState>] = [
    WriteEntry(PersonSetWrite.self), WriteEntry(RotaSetWrite.self), WriteEntry(OverrideAddWrite.self),
    WriteEntry(OverrideRemoveWrite.self), WriteEntry(EscalationAcknowledgeWrite.self),
    WriteEntry(EscalationCallWrite.self), WriteEntry(DeliveryReportWrite.self), WriteEntry(DeliveryAnswerWrite.self),
    WriteEntry(TemplateSetWrite.self), WriteEntry(TemplatePublishWrite.self),
    WriteEntry(EndpointSetWrite.self), WriteEntry(EndpointRemoveWrite.self),
  ]

  public static let reads: [ReadEntry] = [
    ReadEntry(PersonListRead.self), ReadEntry(RotaListRead.self), ReadEntry(RotaWhoRead.self),
    ReadEntry(RotaForecastRead.self), ReadEntry(EscalationGetRead.self), ReadEntry(EscalationPreviewRead.self),
    ReadEntry(OverrideListRead.self), ReadEntry(SlaclockListRead.self), ReadEntry(EscalationListRead.self),
    ReadEntry(DeliveryListRead.self), ReadEntry(NoticeListRead.self), ReadEntry(TemplatePreviewRead.self),
    ReadEntry(TemplateGetRead.self), ReadEntry(TemplateListRead.self), ReadEntry(EndpointListRead.self),
  ]

  public static func outgoing(_ event: NotifierEvent) -> [OutgoingEvent] {
    switch event {
    case .escalation(let escalation):
      [
        OutgoingEvent(
          to: .intake, about: escalation.id, version: escalation.version,
          .escalation(.with { $0.escalation = Callout_V1_Escalation(escalation) }))
      ]
    }
  }

  public static func needs(
    _ event: Callout_V1_Event, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    try News.needs(event, state, &needs)
  }

  public static func apply(
    _ event: Callout_V1_Event, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    News.apply(event, &state, &context)
  }

  public static func needs(
    _ timer: Timer, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    switch timer.kind {
    case TicketDue.timer: needs.ladders(of: timer.subject.as(), state)
    case ProductEndDue.timer: needs.told(of: timer.subject.as(), state)
    case DeliveryReport.retryTimer: needs.row(Tables.deliveries, timer.subject.as())
    case BundleDue.timer: needs.bundle(timer.subject.as(), state)
    case RotaWatch.timer: needs.watched(timer.subject.as(), state)
    case RotaMissing.timer, RotaMissing.secondTimer: needs.namedRotas(of: timer.subject.as(), state)
    case let kind: throw Refused(.notFound("timer"), "Notifier has no timer \(kind).")
    }
  }

  public static func fire(
    _ timer: Timer, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    switch timer.kind {
    case TicketDue.timer:
      state.knowZones()
      return TicketDue.decide(timer.subject.as(), &state, &context)
    case ProductEndDue.timer: return ProductEndDue.decide(timer.subject.as(), &state, &context)
    case DeliveryReport.retryTimer: return DeliveryReport.retryDue(timer.subject.as(), &state, &context)
    case BundleDue.timer: return BundleDue.decide(timer.subject.as(), &state, &context)
    case RotaWatch.timer:
      state.knowZones()
      return RotaWatch.decide(timer.subject.as(), &state, &context)
    case RotaMissing.timer: return RotaMissing.decide(timer.subject.as(), isAgain: false, &state, &context)
    case RotaMissing.secondTimer: return RotaMissing.decide(timer.subject.as(), isAgain: true, &state, &context)
    case let kind: return .refused(Refused(.notFound("timer"), "Notifier has no timer \(kind)."))
    }
  }

  public static func background(_ access: Background<NotifierState>) async {
    await DeliveryService.run(access)
  }

  public static func makesWork(_ state: NotifierState) -> Bool { state.deliveries.isChanged }

  /// Messages that wait for a channel which this process does not have are not counted: nothing here will send them.
  public static func pendingSQL(_ setting: (String) -> String?) -> String? {
    // A Maildir takes whatever has no other channel.
    let missing = setting("maildir") == nil ? DeliverySettings(setting).missing : []
    return "SELECT count(*) FROM deliveries WHERE tenant_id = $1 AND is_ready"
      + missing.map { " AND method <> '\($0.rawValue)'" }.joined()
  }
}
