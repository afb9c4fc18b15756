// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

public import Wire

/// The request of `account.create`.
public typealias AccountCreateRequest = Callout_V1_AccountCreateRequest
/// The reply of `account.create`.
public typealias AccountCreateReply = Callout_V1_AccountCreateReply
/// The request of `account.update`.
public typealias AccountUpdateRequest = Callout_V1_AccountUpdateRequest
/// The reply of `account.update`.
public typealias AccountUpdateReply = Callout_V1_AccountUpdateReply
/// The request of `account.get`.
public typealias AccountGetRequest = Callout_V1_AccountGetRequest
/// The reply of `account.get`.
public typealias AccountGetReply = Callout_V1_AccountGetReply
/// The request of `account.list`.
public typealias AccountListRequest = Callout_V1_AccountListRequest
/// The reply of `account.list`.
public typealias AccountListReply = Callout_V1_AccountListReply
/// The request of `subsidiary.add`.
public typealias SubsidiaryAddRequest = Callout_V1_SubsidiaryAddRequest
/// The reply of `subsidiary.add`.
public typealias SubsidiaryAddReply = Callout_V1_SubsidiaryAddReply
/// The request of `assessment.record`.
public typealias AssessmentRecordRequest = Callout_V1_AssessmentRecordRequest
/// The reply of `assessment.record`.
public typealias AssessmentRecordReply = Callout_V1_AssessmentRecordReply
/// The request of `contact.appoint`.
public typealias ContactAppointRequest = Callout_V1_ContactAppointRequest
/// The reply of `contact.appoint`.
public typealias ContactAppointReply = Callout_V1_ContactAppointReply
/// The request of `contact.list`.
public typealias ContactListRequest = Callout_V1_ContactListRequest
/// The reply of `contact.list`.
public typealias ContactListReply = Callout_V1_ContactListReply
/// The request of `asset.register`.
public typealias AssetRegisterRequest = Callout_V1_AssetRegisterRequest
/// The reply of `asset.register`.
public typealias AssetRegisterReply = Callout_V1_AssetRegisterReply
/// The request of `asset.update`.
public typealias AssetUpdateRequest = Callout_V1_AssetUpdateRequest
/// The reply of `asset.update`.
public typealias AssetUpdateReply = Callout_V1_AssetUpdateReply
/// The request of `asset.list`.
public typealias AssetListRequest = Callout_V1_AssetListRequest
/// The reply of `asset.list`.
public typealias AssetListReply = Callout_V1_AssetListReply
/// The request of `ticket.open`.
public typealias TicketOpenRequest = Callout_V1_TicketOpenRequest
/// The reply of `ticket.open`.
public typealias TicketOpenReply = Callout_V1_TicketOpenReply
/// The request of `ticket.get`.
public typealias TicketGetRequest = Callout_V1_TicketGetRequest
/// The reply of `ticket.get`.
public typealias TicketGetReply = Callout_V1_TicketGetReply
/// The request of `ticket.list`.
public typealias TicketListRequest = Callout_V1_TicketListRequest
/// The reply of `ticket.list`.
public typealias TicketListReply = Callout_V1_TicketListReply
/// The request of `ticket.acknowledge`.
public typealias TicketAcknowledgeRequest = Callout_V1_TicketAcknowledgeRequest
/// The reply of `ticket.acknowledge`.
public typealias TicketAcknowledgeReply = Callout_V1_TicketAcknowledgeReply
/// The request of `ticket.contact`.
public typealias TicketContactRequest = Callout_V1_TicketContactRequest
/// The reply of `ticket.contact`.
public typealias TicketContactReply = Callout_V1_TicketContactReply
/// The request of `ticket.begin`.
public typealias TicketBeginRequest = Callout_V1_TicketBeginRequest
/// The reply of `ticket.begin`.
public typealias TicketBeginReply = Callout_V1_TicketBeginReply
/// The request of `ticket.classify`.
public typealias TicketClassifyRequest = Callout_V1_TicketClassifyRequest
/// The reply of `ticket.classify`.
public typealias TicketClassifyReply = Callout_V1_TicketClassifyReply
/// The request of `ticket.link`.
public typealias TicketLinkRequest = Callout_V1_TicketLinkRequest
/// The reply of `ticket.link`.
public typealias TicketLinkReply = Callout_V1_TicketLinkReply
/// The request of `ticket.dispatch`.
public typealias TicketDispatchRequest = Callout_V1_TicketDispatchRequest
/// The reply of `ticket.dispatch`.
public typealias TicketDispatchReply = Callout_V1_TicketDispatchReply
/// The request of `ticket.resolve`.
public typealias TicketResolveRequest = Callout_V1_TicketResolveRequest
/// The reply of `ticket.resolve`.
public typealias TicketResolveReply = Callout_V1_TicketResolveReply
/// The request of `ticket.close`.
public typealias TicketCloseRequest = Callout_V1_TicketCloseRequest
/// The reply of `ticket.close`.
public typealias TicketCloseReply = Callout_V1_TicketCloseReply
/// The request of `ticket.reopen`.
public typealias TicketReopenRequest = Callout_V1_TicketReopenRequest
/// The reply of `ticket.reopen`.
public typealias TicketReopenReply = Callout_V1_TicketReopenReply
/// The request of `message.post`.
public typealias MessagePostRequest = Callout_V1_MessagePostRequest
/// The reply of `message.post`.
public typealias MessagePostReply = Callout_V1_MessagePostReply
/// The request of `work.record`.
public typealias WorkRecordRequest = Callout_V1_WorkRecordRequest
/// The reply of `work.record`.
public typealias WorkRecordReply = Callout_V1_WorkRecordReply
/// The request of `consent.record`.
public typealias ConsentRecordRequest = Callout_V1_ConsentRecordRequest
/// The reply of `consent.record`.
public typealias ConsentRecordReply = Callout_V1_ConsentRecordReply
/// The request of `part.add`.
public typealias PartAddRequest = Callout_V1_PartAddRequest
/// The reply of `part.add`.
public typealias PartAddReply = Callout_V1_PartAddReply
/// The request of `visit.schedule`.
public typealias VisitScheduleRequest = Callout_V1_VisitScheduleRequest
/// The reply of `visit.schedule`.
public typealias VisitScheduleReply = Callout_V1_VisitScheduleReply
/// The request of `visit.arrive`.
public typealias VisitArriveRequest = Callout_V1_VisitArriveRequest
/// The reply of `visit.arrive`.
public typealias VisitArriveReply = Callout_V1_VisitArriveReply
/// The request of `visit.depart`.
public typealias VisitDepartRequest = Callout_V1_VisitDepartRequest
/// The reply of `visit.depart`.
public typealias VisitDepartReply = Callout_V1_VisitDepartReply
/// The request of `visit.cancel`.
public typealias VisitCancelRequest = Callout_V1_VisitCancelRequest
/// The reply of `visit.cancel`.
public typealias VisitCancelReply = Callout_V1_VisitCancelReply
/// The request of `visit.list`.
public typealias VisitListRequest = Callout_V1_VisitListRequest
/// The reply of `visit.list`.
public typealias VisitListReply = Callout_V1_VisitListReply
/// The request of `message.list`.
public typealias MessageListRequest = Callout_V1_MessageListRequest
/// The reply of `message.list`.
public typealias MessageListReply = Callout_V1_MessageListReply
/// The request of `attempt.list`.
public typealias AttemptListRequest = Callout_V1_AttemptListRequest
/// The reply of `attempt.list`.
public typealias AttemptListReply = Callout_V1_AttemptListReply
/// The request of `ticket.why`.
public typealias TicketWhyRequest = Callout_V1_TicketWhyRequest
/// The reply of `ticket.why`.
public typealias TicketWhyReply = Callout_V1_TicketWhyReply

extension IntakeClient {
  /// Creates a customer. It may ask for help once the ledger has signed an agreement. Refuses a hotline that some
  /// account has already (502).
  ///
  /// `account.create`, a write; callers: sales, admin.
  public func accountCreate(
    _ request: AccountCreateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AccountCreateReply {
    try await call(.accountCreate, request, options: options)
  }

  /// Sets what is given; absent fields stay.
  ///
  /// `account.update`, a write; callers: sales, desk, admin.
  public func accountUpdate(
    _ request: AccountUpdateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AccountUpdateReply {
    try await call(.accountUpdate, request, options: options)
  }

  /// Reads a customer and the people who speak for it.
  ///
  /// `account.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func accountGet(
    _ request: AccountGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AccountGetReply {
    try await call(.accountGet, request, options: options)
  }

  /// In the order of their ids.
  ///
  /// `account.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func accountList(
    _ request: AccountListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AccountListReply {
    try await call(.accountList, request, options: options)
  }

  /// Adds a company that may use an account's credits, from the account's next purchase on. Refuses the 1,001st
  /// (509).
  ///
  /// `subsidiary.add`, a write; callers: sales, admin.
  public func subsidiaryAdd(
    _ request: SubsidiaryAddRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> SubsidiaryAddReply {
    try await call(.subsidiaryAdd, request, options: options)
  }

  /// Adds items of the first assessment that are done, or overrides what is missing. Refuses an item that the
  /// plan's assessment does not have (510).
  ///
  /// `assessment.record`, a write; callers: desk, admin.
  public func assessmentRecord(
    _ request: AssessmentRecordRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AssessmentRecordReply {
    try await call(.assessmentRecord, request, options: options)
  }

  /// Appoints a person who speaks for a customer, or one who takes another's place. Details that the plan
  /// requires of contacts must be given (121). Refuses one more than the plan allows (504) or, without an
  /// agreement, the 101st (509), and a successor of someone whose appointment has ended (503).
  ///
  /// `contact.appoint`, a write; callers: sales, admin, desk.
  public func contactAppoint(
    _ request: ContactAppointRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ContactAppointReply {
    try await call(.contactAppoint, request, options: options)
  }

  /// Lists the people who speak for a customer.
  ///
  /// `contact.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func contactList(
    _ request: ContactListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ContactListReply {
    try await call(.contactList, request, options: options)
  }

  /// Registers a thing that is supported. Whether it needs a consent or an inventory is the plan's to say when a
  /// ticket is opened.
  ///
  /// `asset.register`, a write; callers: desk, sales, portal, admin.
  public func assetRegister(
    _ request: AssetRegisterRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AssetRegisterReply {
    try await call(.assetRegister, request, options: options)
  }

  /// Changes a thing that is supported. Absent fields stay. Refuses a retired one, and a withdrawal where no
  /// consent was given (503).
  ///
  /// `asset.update`, a write; callers: desk, sales, portal, admin.
  public func assetUpdate(
    _ request: AssetUpdateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AssetUpdateReply {
    try await call(.assetUpdate, request, options: options)
  }

  /// Lists the things of a customer that are supported, in the order of their ids.
  ///
  /// `asset.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func assetList(
    _ request: AssetListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AssetListReply {
    try await call(.assetList, request, options: options)
  }

  /// Opens a ticket when the plan admits it. A refusal names every clause that failed and is kept as an attempt.
  /// Without an agreement nothing is admitted (504). Refuses a class that the plan does not have (510), a retired
  /// asset, a maintenance visit that is not under way, and an earlier ticket that is not closed (503).
  ///
  /// `ticket.open`, a write; callers: desk, portal, admin.
  public func ticketOpen(
    _ request: TicketOpenRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketOpenReply {
    try await call(.ticketOpen, request, options: options)
  }

  /// Reads a ticket with its messages, work and visits. A portal is not shown internal messages. Refuses a
  /// request that names neither id nor number (121).
  ///
  /// `ticket.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func ticketGet(
    _ request: TicketGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketGetReply {
    try await call(.ticketGet, request, options: options)
  }

  /// Newest first.
  ///
  /// `ticket.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func ticketList(
    _ request: TicketListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketListReply {
    try await call(.ticketList, request, options: options)
  }

  /// Acknowledges a ticket: someone has seen it, which may meet a target. Doing so again changes nothing. Refuses
  /// a ticket that is neither open nor dispatched (503).
  ///
  /// `ticket.acknowledge`, a write; callers: desk, admin.
  public func ticketAcknowledge(
    _ request: TicketAcknowledgeRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketAcknowledgeReply {
    try await call(.ticketAcknowledge, request, options: options)
  }

  /// A person reached the customer. Doing so again keeps the first instant. Refuses a ticket that is neither open
  /// nor dispatched (503).
  ///
  /// `ticket.contact`, a write; callers: desk, admin.
  public func ticketContact(
    _ request: TicketContactRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketContactReply {
    try await call(.ticketContact, request, options: options)
  }

  /// Work has begun. Doing so again changes nothing. Refuses a ticket that is neither open nor dispatched (503).
  ///
  /// `ticket.begin`, a write; callers: desk, admin.
  public func ticketBegin(
    _ request: TicketBeginRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketBeginReply {
    try await call(.ticketBegin, request, options: options)
  }

  /// Sets class, category or incident; what was before is kept as a message. Absent fields stay. Refuses a class
  /// that the plan does not have (510), a change of class without a reason (515), and a ticket that is neither
  /// open nor dispatched (503).
  ///
  /// `ticket.classify`, a write; callers: desk, admin.
  public func ticketClassify(
    _ request: TicketClassifyRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketClassifyReply {
    try await call(.ticketClassify, request, options: options)
  }

  /// Says that the ticket is a repeat of an earlier one. Refuses a closed ticket, and an earlier one that was not
  /// closed when this was opened (503).
  ///
  /// `ticket.link`, a write; callers: desk, admin.
  public func ticketLink(
    _ request: TicketLinkRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketLinkReply {
    try await call(.ticketLink, request, options: options)
  }

  /// Sends someone to the site: makes a visit of kind dispatch. Refuses a ticket that is neither open nor
  /// dispatched (503).
  ///
  /// `ticket.dispatch`, a write; callers: desk, admin.
  public func ticketDispatch(
    _ request: TicketDispatchRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketDispatchReply {
    try await call(.ticketDispatch, request, options: options)
  }

  /// Ends the work on a ticket, which stops its clocks; the ledger charges what is due. Refuses a ticket that is
  /// neither open nor dispatched (503).
  ///
  /// `ticket.resolve`, a write; callers: desk, admin.
  public func ticketResolve(
    _ request: TicketResolveRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketResolveReply {
    try await call(.ticketResolve, request, options: options)
  }

  /// Closes a ticket that is resolved; any other is refused (503). From then on a repeat may be covered by the
  /// plan's warranty.
  ///
  /// `ticket.close`, a write; callers: desk, portal, admin.
  public func ticketClose(
    _ request: TicketCloseRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketCloseReply {
    try await call(.ticketClose, request, options: options)
  }

  /// Takes a resolved or closed ticket up again. Work from here on is rated apart. Refuses an empty reason (515),
  /// any other state (503) and the 101st time (509).
  ///
  /// `ticket.reopen`, a write; callers: desk, portal, admin.
  public func ticketReopen(
    _ request: TicketReopenRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketReopenReply {
    try await call(.ticketReopen, request, options: options)
  }

  /// Adds a message to a ticket in any state. Refuses a portal whose message is not from the customer (203).
  ///
  /// `message.post`, a write; callers: desk, portal, admin.
  public func messagePost(
    _ request: MessagePostRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MessagePostReply {
    try await call(.messagePost, request, options: options)
  }

  /// Records work. The first record also marks work as begun. Refuses a closed ticket (503) and the 1,001st
  /// record (509).
  ///
  /// `work.record`, a write; callers: desk, admin.
  public func workRecord(
    _ request: WorkRecordRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> WorkRecordReply {
    try await call(.workRecord, request, options: options)
  }

  /// Records a contact's answer to a gate inside work (an assessment, another block). Refuses a ticket that is
  /// neither open nor dispatched, a contact whose appointment has ended (503), and the 101st answer (509).
  ///
  /// `consent.record`, a write; callers: desk, portal, admin.
  public func consentRecord(
    _ request: ConsentRecordRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ConsentRecordReply {
    try await call(.consentRecord, request, options: options)
  }

  /// Adds a part at a price that the customer agreed to. Refuses a part without a quote where the plan has no
  /// rate for parts (514), the 101st part (509), and a ticket that is neither open nor dispatched (503).
  ///
  /// `part.add`, a write; callers: desk, admin.
  public func partAdd(
    _ request: PartAddRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> PartAddReply {
    try await call(.partAdd, request, options: options)
  }

  /// Books an appointment for a ticket or a maintenance visit for an account. Refuses a ticket that is neither
  /// open nor dispatched (503).
  ///
  /// `visit.schedule`, a write; callers: desk, admin.
  public func visitSchedule(
    _ request: VisitScheduleRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> VisitScheduleReply {
    try await call(.visitSchedule, request, options: options)
  }

  /// Records that someone is on site, now. The ticket becomes dispatched; a maintenance visit begins. Refuses a
  /// visit that is not planned, a ticket that is neither open nor dispatched, and a second maintenance visit at
  /// once (503).
  ///
  /// `visit.arrive`, a write; callers: desk, admin.
  public func visitArrive(
    _ request: VisitArriveRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> VisitArriveReply {
    try await call(.visitArrive, request, options: options)
  }

  /// Records that whoever was on site has left, now. Refuses a visit at which nobody is (503).
  ///
  /// `visit.depart`, a write; callers: desk, admin.
  public func visitDepart(
    _ request: VisitDepartRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> VisitDepartReply {
    try await call(.visitDepart, request, options: options)
  }

  /// Calls a planned visit off. The ticket is open again when nobody else is on the way, and its targets no
  /// longer count the visit. Refuses an empty reason (515) and a visit that has begun or is cancelled (503).
  ///
  /// `visit.cancel`, a write; callers: desk, admin.
  public func visitCancel(
    _ request: VisitCancelRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> VisitCancelReply {
    try await call(.visitCancel, request, options: options)
  }

  /// Visits of an account or of a ticket, newest first.
  ///
  /// `visit.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func visitList(
    _ request: VisitListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> VisitListReply {
    try await call(.visitList, request, options: options)
  }

  /// Messages of a ticket, oldest first.
  ///
  /// `message.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func messageList(
    _ request: MessageListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MessageListReply {
    try await call(.messageList, request, options: options)
  }

  /// Requests for help that the plan refused, newest first.
  ///
  /// `attempt.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func attemptList(
    _ request: AttemptListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AttemptListReply {
    try await call(.attemptList, request, options: options)
  }

  /// Explains a target of a ticket: every interval of the calendar that was counted or skipped. Refuses a target
  /// that the ticket does not have (510).
  ///
  /// `ticket.why`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func ticketWhy(
    _ request: TicketWhyRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketWhyReply {
    try await call(.ticketWhy, request, options: options)
  }
}
