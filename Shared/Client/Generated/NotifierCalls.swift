// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

public import Wire

/// The request of `person.set`.
public typealias PersonSetRequest = Callout_V1_PersonSetRequest
/// The reply of `person.set`.
public typealias PersonSetReply = Callout_V1_PersonSetReply
/// The request of `person.list`.
public typealias PersonListRequest = Callout_V1_PersonListRequest
/// The reply of `person.list`.
public typealias PersonListReply = Callout_V1_PersonListReply
/// The request of `rota.set`.
public typealias RotaSetRequest = Callout_V1_RotaSetRequest
/// The reply of `rota.set`.
public typealias RotaSetReply = Callout_V1_RotaSetReply
/// The request of `rota.list`.
public typealias RotaListRequest = Callout_V1_RotaListRequest
/// The reply of `rota.list`.
public typealias RotaListReply = Callout_V1_RotaListReply
/// The request of `rota.who`.
public typealias RotaWhoRequest = Callout_V1_RotaWhoRequest
/// The reply of `rota.who`.
public typealias RotaWhoReply = Callout_V1_RotaWhoReply
/// The request of `override.add`.
public typealias OverrideAddRequest = Callout_V1_OverrideAddRequest
/// The reply of `override.add`.
public typealias OverrideAddReply = Callout_V1_OverrideAddReply
/// The request of `override.remove`.
public typealias OverrideRemoveRequest = Callout_V1_OverrideRemoveRequest
/// The reply of `override.remove`.
public typealias OverrideRemoveReply = Callout_V1_OverrideRemoveReply
/// The request of `override.list`.
public typealias OverrideListRequest = Callout_V1_OverrideListRequest
/// The reply of `override.list`.
public typealias OverrideListReply = Callout_V1_OverrideListReply
/// The request of `slaclock.list`.
public typealias SlaclockListRequest = Callout_V1_SlaclockListRequest
/// The reply of `slaclock.list`.
public typealias SlaclockListReply = Callout_V1_SlaclockListReply
/// The request of `escalation.list`.
public typealias EscalationListRequest = Callout_V1_EscalationListRequest
/// The reply of `escalation.list`.
public typealias EscalationListReply = Callout_V1_EscalationListReply
/// The request of `escalation.acknowledge`.
public typealias EscalationAcknowledgeRequest = Callout_V1_EscalationAcknowledgeRequest
/// The reply of `escalation.acknowledge`.
public typealias EscalationAcknowledgeReply = Callout_V1_EscalationAcknowledgeReply
/// The request of `delivery.list`.
public typealias DeliveryListRequest = Callout_V1_DeliveryListRequest
/// The reply of `delivery.list`.
public typealias DeliveryListReply = Callout_V1_DeliveryListReply
/// The request of `delivery.report`.
public typealias DeliveryReportRequest = Callout_V1_DeliveryReportRequest
/// The reply of `delivery.report`.
public typealias DeliveryReportReply = Callout_V1_DeliveryReportReply
/// The request of `delivery.answer`.
public typealias DeliveryAnswerRequest = Callout_V1_DeliveryAnswerRequest
/// The reply of `delivery.answer`.
public typealias DeliveryAnswerReply = Callout_V1_DeliveryAnswerReply
/// The request of `escalation.call`.
public typealias EscalationCallRequest = Callout_V1_EscalationCallRequest
/// The reply of `escalation.call`.
public typealias EscalationCallReply = Callout_V1_EscalationCallReply
/// The request of `notice.list`.
public typealias NoticeListRequest = Callout_V1_NoticeListRequest
/// The reply of `notice.list`.
public typealias NoticeListReply = Callout_V1_NoticeListReply
/// The request of `rota.forecast`.
public typealias RotaForecastRequest = Callout_V1_RotaForecastRequest
/// The reply of `rota.forecast`.
public typealias RotaForecastReply = Callout_V1_RotaForecastReply
/// The request of `escalation.get`.
public typealias EscalationGetRequest = Callout_V1_EscalationGetRequest
/// The reply of `escalation.get`.
public typealias EscalationGetReply = Callout_V1_EscalationGetReply
/// The request of `escalation.preview`.
public typealias EscalationPreviewRequest = Callout_V1_EscalationPreviewRequest
/// The reply of `escalation.preview`.
public typealias EscalationPreviewReply = Callout_V1_EscalationPreviewReply
/// The request of `template.set`.
public typealias TemplateSetRequest = Callout_V1_TemplateSetRequest
/// The reply of `template.set`.
public typealias TemplateSetReply = Callout_V1_TemplateSetReply
/// The request of `template.publish`.
public typealias TemplatePublishRequest = Callout_V1_TemplatePublishRequest
/// The reply of `template.publish`.
public typealias TemplatePublishReply = Callout_V1_TemplatePublishReply
/// The request of `template.preview`.
public typealias TemplatePreviewRequest = Callout_V1_TemplatePreviewRequest
/// The reply of `template.preview`.
public typealias TemplatePreviewReply = Callout_V1_TemplatePreviewReply
/// The request of `template.get`.
public typealias TemplateGetRequest = Callout_V1_TemplateGetRequest
/// The reply of `template.get`.
public typealias TemplateGetReply = Callout_V1_TemplateGetReply
/// The request of `template.list`.
public typealias TemplateListRequest = Callout_V1_TemplateListRequest
/// The reply of `template.list`.
public typealias TemplateListReply = Callout_V1_TemplateListReply
/// The request of `endpoint.set`.
public typealias EndpointSetRequest = Callout_V1_EndpointSetRequest
/// The reply of `endpoint.set`.
public typealias EndpointSetReply = Callout_V1_EndpointSetReply
/// The request of `endpoint.list`.
public typealias EndpointListRequest = Callout_V1_EndpointListRequest
/// The reply of `endpoint.list`.
public typealias EndpointListReply = Callout_V1_EndpointListReply
/// The request of `endpoint.remove`.
public typealias EndpointRemoveRequest = Callout_V1_EndpointRemoveRequest
/// The reply of `endpoint.remove`.
public typealias EndpointRemoveReply = Callout_V1_EndpointRemoveReply

extension NotifierClient {
  /// Creates a person, or replaces one whose id is given.
  ///
  /// `person.set`, a write; callers: admin, desk.
  public func personSet(
    _ request: PersonSetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> PersonSetReply {
    try await call(.personSet, request, options: options)
  }

  /// Lists the people who can be told, in the order of their ids.
  ///
  /// `person.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func personList(
    _ request: PersonListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> PersonListReply {
    try await call(.personList, request, options: options)
  }

  /// Creates a rota, or replaces the one of the same name from now on: what held before is kept for questions
  /// about the past. Its lowest layer stands in the fields of the request. Of a group everyone on a layer is told
  /// while the layer has somebody. The desk is warned 14 days before a time in which nobody is on duty, and again
  /// 3 days before, in the change feed (rota.uncovered) and by mail: to everyone on group.desk, or, where there
  /// is no such group, to everyone on the rota. Where none of them has a mail address, it is tried again every
  /// day.
  ///
  /// `rota.set`, a write; callers: admin, desk.
  public func rotaSet(
    _ request: RotaSetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> RotaSetReply {
    try await call(.rotaSet, request, options: options)
  }

  /// Lists rotas in the order of their ids.
  ///
  /// `rota.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func rotaList(
    _ request: RotaListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> RotaListReply {
    try await call(.rotaList, request, options: options)
  }

  /// Says who is on duty at an instant, past or future, overrides counted. A past instant is answered by the rota
  /// that held then. Refuses a name that no rota has (501).
  ///
  /// `rota.who`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func rotaWho(
    _ request: RotaWhoRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> RotaWhoReply {
    try await call(.rotaWho, request, options: options)
  }

  /// Gives a rota's duty to someone for a while, whoever's turn it is; where two overlap, the one added last
  /// holds. Refuses a rota or a person not known (501) and the 1,001st of a rota (509).
  ///
  /// `override.add`, a write; callers: admin, desk.
  public func overrideAdd(
    _ request: OverrideAddRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> OverrideAddReply {
    try await call(.overrideAdd, request, options: options)
  }

  /// Removes an override: the turns of the rota hold again. One that has begun ends now. Refuses one that is not
  /// there (501), and one that is over for less than 366 days (503): it tells who was on duty.
  ///
  /// `override.remove`, a write; callers: admin, desk.
  public func overrideRemove(
    _ request: OverrideRemoveRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> OverrideRemoveReply {
    try await call(.overrideRemove, request, options: options)
  }

  /// Lists overrides, those that are over included.
  ///
  /// `override.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func overrideList(
    _ request: OverrideListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> OverrideListReply {
    try await call(.overrideList, request, options: options)
  }

  /// Lists the clocks that measure tickets' targets, with what each went through. Refuses a state of another name
  /// (121).
  ///
  /// `slaclock.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func slaclockList(
    _ request: SlaclockListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> SlaclockListReply {
    try await call(.slaclockList, request, options: options)
  }

  /// Lists runs of ladders, newest first.
  ///
  /// `escalation.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func escalationList(
    _ request: EscalationListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> EscalationListReply {
    try await call(.escalationList, request, options: options)
  }

  /// Someone takes it: the ladder stops. Where the plan wants the customer reached in time (contact_within), it
  /// goes on if nobody does. Intake is told. Refuses a run whose ladder has stopped (503).
  ///
  /// `escalation.acknowledge`, a write; callers: desk, admin.
  public func escalationAcknowledge(
    _ request: EscalationAcknowledgeRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> EscalationAcknowledgeReply {
    try await call(.escalationAcknowledge, request, options: options)
  }

  /// Lists messages that were sent or wait, newest first. Refuses a state of another name (121).
  ///
  /// `delivery.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func deliveryList(
    _ request: DeliveryListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> DeliveryListReply {
    try await call(.deliveryList, request, options: options)
  }

  /// Tells what came of an attempt to deliver. A report of an attempt that is recorded changes nothing. Refuses a
  /// number that leaves attempts out (121).
  ///
  /// `delivery.report`, a write; callers: service.
  public func deliveryReport(
    _ request: DeliveryReportRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> DeliveryReportReply {
    try await call(.deliveryReport, request, options: options)
  }

  /// Tells what became of a message that was sent, as who rings phones knows it: a step's `when` asks for it. A
  /// person who answers takes the escalation, and its ladder stops. Where the messages of a step differ, a
  /// voicemail counts before no answer, and refused counts only when all of them were. An answer to a message
  /// that carries others is one to each of them. What is not told is no answer. Telling the same again changes
  /// nothing; another answer is refused, as is one to a message that was not sent (503).
  ///
  /// `delivery.answer`, a write; callers: desk, admin.
  public func deliveryAnswer(
    _ request: DeliveryAnswerRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> DeliveryAnswerReply {
    try await call(.deliveryAnswer, request, options: options)
  }

  /// Takes a customer's own call about a ticket, as the telephone system heard it. The keys bring forward the
  /// first later step whose `or_when` names them: what lies between is recorded as passed over, the step is taken
  /// at once, and those after it keep their distance. A second call with the same keys changes nothing. A
  /// voicemail counts as the answer of the step that is then the latest; a person who answers takes the ticket's
  /// escalations, and nobody else is rung. Refuses a ticket that is not known here (501).
  ///
  /// `escalation.call`, a write; callers: desk, admin.
  public func escalationCall(
    _ request: EscalationCallRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> EscalationCallReply {
    try await call(.escalationCall, request, options: options)
  }

  /// Lists what customers were told apart from ladders, newest first.
  ///
  /// `notice.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func noticeList(
    _ request: NoticeListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> NoticeListReply {
    try await call(.noticeList, request, options: options)
  }

  /// Tells who will be on duty, stretch by stretch, and when nobody will. Refuses a name that no rota has (501),
  /// a plan that is not published here (505), and a time that is past or too long (121).
  ///
  /// `rota.forecast`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func rotaForecast(
    _ request: RotaForecastRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> RotaForecastReply {
    try await call(.rotaForecast, request, options: options)
  }

  /// Reads a run with its steps, what else happened, and its messages with every attempt. Refuses one that is not
  /// there (501).
  ///
  /// `escalation.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func escalationGet(
    _ request: EscalationGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> EscalationGetReply {
    try await call(.escalationGet, request, options: options)
  }

  /// Tells whom a ladder would tell, when and how, if nobody took it. Nobody is told, and nothing is changed.
  /// Refuses a plan that is not published here (505), and a ladder, target or class that it does not have (510).
  ///
  /// `escalation.preview`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func escalationPreview(
    _ request: EscalationPreviewRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> EscalationPreviewReply {
    try await call(.escalationPreview, request, options: options)
  }

  /// Keeps a draft of a tenant's own words for a kind of message in a language, in place of the draft before.
  /// Nothing is written with it until it is published. Refuses what does not parse, names a field that the kind
  /// does not have, or is HTML that could do harm (121, with the line and what exists), and the 33rd language of
  /// a kind (509).
  ///
  /// `template.set`, a write; callers: admin.
  public func templateSet(
    _ request: TemplateSetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TemplateSetReply {
    try await call(.templateSet, request, options: options)
  }

  /// Makes the draft, or an earlier edition again, the words of every message from now on, as a new edition.
  /// Editions are kept for ever. Refuses a template that is not there (501), an edition that is not there (501),
  /// and the 10,001st edition (509).
  ///
  /// `template.publish`, a write; callers: admin.
  public func templatePublish(
    _ request: TemplatePublishRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TemplatePublishReply {
    try await call(.templatePublish, request, options: options)
  }

  /// Shows what a template makes of sample facts, or of those of a real notice of its kind. Nothing is sent.
  ///
  /// `template.preview`, a read; callers: admin, desk.
  public func templatePreview(
    _ request: TemplatePreviewRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TemplatePreviewReply {
    try await call(.templatePreview, request, options: options)
  }

  /// Reads a template with its words.
  ///
  /// `template.get`, a read; callers: admin, desk.
  public func templateGet(
    _ request: TemplateGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TemplateGetReply {
    try await call(.templateGet, request, options: options)
  }

  /// Lists a tenant's templates in the order in which they were made, without their words.
  ///
  /// `template.list`, a read; callers: admin, desk.
  public func templateList(
    _ request: TemplateListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TemplateListReply {
    try await call(.templateList, request, options: options)
  }

  /// Makes an endpoint for signed webhooks, or changes the one of that name. Where a secret is made, the reply is
  /// the only place that ever shows it. Messages are signed as the Standard Webhooks convention has it, with both
  /// secrets while one replaces the other. Refuses an address that another endpoint has (502).
  ///
  /// `endpoint.set`, a write; callers: admin.
  public func endpointSet(
    _ request: EndpointSetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> EndpointSetReply {
    try await call(.endpointSet, request, options: options)
  }

  /// Lists the endpoints in the order of their making.
  ///
  /// `endpoint.list`, a read; callers: admin, desk.
  public func endpointList(
    _ request: EndpointListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> EndpointListReply {
    try await call(.endpointList, request, options: options)
  }

  /// Removes an endpoint; what is still to be sent there is tried in vain until its deadline. Refuses one that is
  /// not there (501).
  ///
  /// `endpoint.remove`, a write; callers: admin.
  public func endpointRemove(
    _ request: EndpointRemoveRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> EndpointRemoveReply {
    try await call(.endpointRemove, request, options: options)
  }
}
