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
/// The request of `article.create`.
public typealias ArticleCreateRequest = Callout_V1_ArticleCreateRequest
/// The reply of `article.create`.
public typealias ArticleCreateReply = Callout_V1_ArticleCreateReply
/// The request of `article.edit`.
public typealias ArticleEditRequest = Callout_V1_ArticleEditRequest
/// The reply of `article.edit`.
public typealias ArticleEditReply = Callout_V1_ArticleEditReply
/// The request of `article.publish`.
public typealias ArticlePublishRequest = Callout_V1_ArticlePublishRequest
/// The reply of `article.publish`.
public typealias ArticlePublishReply = Callout_V1_ArticlePublishReply
/// The request of `article.retire`.
public typealias ArticleRetireRequest = Callout_V1_ArticleRetireRequest
/// The reply of `article.retire`.
public typealias ArticleRetireReply = Callout_V1_ArticleRetireReply
/// The request of `article.get`.
public typealias ArticleGetRequest = Callout_V1_ArticleGetRequest
/// The reply of `article.get`.
public typealias ArticleGetReply = Callout_V1_ArticleGetReply
/// The request of `article.list`.
public typealias ArticleListRequest = Callout_V1_ArticleListRequest
/// The reply of `article.list`.
public typealias ArticleListReply = Callout_V1_ArticleListReply
/// The request of `article.history`.
public typealias ArticleHistoryRequest = Callout_V1_ArticleHistoryRequest
/// The reply of `article.history`.
public typealias ArticleHistoryReply = Callout_V1_ArticleHistoryReply
/// The request of `article.search`.
public typealias ArticleSearchRequest = Callout_V1_ArticleSearchRequest
/// The reply of `article.search`.
public typealias ArticleSearchReply = Callout_V1_ArticleSearchReply
/// The request of `article.link`.
public typealias ArticleLinkRequest = Callout_V1_ArticleLinkRequest
/// The reply of `article.link`.
public typealias ArticleLinkReply = Callout_V1_ArticleLinkReply
/// The request of `topic.open`.
public typealias TopicOpenRequest = Callout_V1_TopicOpenRequest
/// The reply of `topic.open`.
public typealias TopicOpenReply = Callout_V1_TopicOpenReply
/// The request of `topic.get`.
public typealias TopicGetRequest = Callout_V1_TopicGetRequest
/// The reply of `topic.get`.
public typealias TopicGetReply = Callout_V1_TopicGetReply
/// The request of `topic.list`.
public typealias TopicListRequest = Callout_V1_TopicListRequest
/// The reply of `topic.list`.
public typealias TopicListReply = Callout_V1_TopicListReply
/// The request of `topic.moderate`.
public typealias TopicModerateRequest = Callout_V1_TopicModerateRequest
/// The reply of `topic.moderate`.
public typealias TopicModerateReply = Callout_V1_TopicModerateReply
/// The request of `reply.post`.
public typealias ReplyPostRequest = Callout_V1_ReplyPostRequest
/// The reply of `reply.post`.
public typealias ReplyPostReply = Callout_V1_ReplyPostReply
/// The request of `reply.list`.
public typealias ReplyListRequest = Callout_V1_ReplyListRequest
/// The reply of `reply.list`.
public typealias ReplyListReply = Callout_V1_ReplyListReply
/// The request of `reply.moderate`.
public typealias ReplyModerateRequest = Callout_V1_ReplyModerateRequest
/// The reply of `reply.moderate`.
public typealias ReplyModerateReply = Callout_V1_ReplyModerateReply
/// The request of `moderation.list`.
public typealias ModerationListRequest = Callout_V1_ModerationListRequest
/// The reply of `moderation.list`.
public typealias ModerationListReply = Callout_V1_ModerationListReply
/// The request of `course.create`.
public typealias CourseCreateRequest = Callout_V1_CourseCreateRequest
/// The reply of `course.create`.
public typealias CourseCreateReply = Callout_V1_CourseCreateReply
/// The request of `course.publish`.
public typealias CoursePublishRequest = Callout_V1_CoursePublishRequest
/// The reply of `course.publish`.
public typealias CoursePublishReply = Callout_V1_CoursePublishReply
/// The request of `course.retire`.
public typealias CourseRetireRequest = Callout_V1_CourseRetireRequest
/// The reply of `course.retire`.
public typealias CourseRetireReply = Callout_V1_CourseRetireReply
/// The request of `course.get`.
public typealias CourseGetRequest = Callout_V1_CourseGetRequest
/// The reply of `course.get`.
public typealias CourseGetReply = Callout_V1_CourseGetReply
/// The request of `course.list`.
public typealias CourseListRequest = Callout_V1_CourseListRequest
/// The reply of `course.list`.
public typealias CourseListReply = Callout_V1_CourseListReply
/// The request of `course.enrol`.
public typealias CourseEnrolRequest = Callout_V1_CourseEnrolRequest
/// The reply of `course.enrol`.
public typealias CourseEnrolReply = Callout_V1_CourseEnrolReply
/// The request of `lesson.add`.
public typealias LessonAddRequest = Callout_V1_LessonAddRequest
/// The reply of `lesson.add`.
public typealias LessonAddReply = Callout_V1_LessonAddReply
/// The request of `lesson.update`.
public typealias LessonUpdateRequest = Callout_V1_LessonUpdateRequest
/// The reply of `lesson.update`.
public typealias LessonUpdateReply = Callout_V1_LessonUpdateReply
/// The request of `lesson.remove`.
public typealias LessonRemoveRequest = Callout_V1_LessonRemoveRequest
/// The reply of `lesson.remove`.
public typealias LessonRemoveReply = Callout_V1_LessonRemoveReply
/// The request of `lesson.get`.
public typealias LessonGetRequest = Callout_V1_LessonGetRequest
/// The reply of `lesson.get`.
public typealias LessonGetReply = Callout_V1_LessonGetReply
/// The request of `lesson.complete`.
public typealias LessonCompleteRequest = Callout_V1_LessonCompleteRequest
/// The reply of `lesson.complete`.
public typealias LessonCompleteReply = Callout_V1_LessonCompleteReply
/// The request of `enrolment.list`.
public typealias EnrolmentListRequest = Callout_V1_EnrolmentListRequest
/// The reply of `enrolment.list`.
public typealias EnrolmentListReply = Callout_V1_EnrolmentListReply
/// The request of `admission.ask`.
public typealias AdmissionAskRequest = Callout_V1_AdmissionAskRequest
/// The reply of `admission.ask`.
public typealias AdmissionAskReply = Callout_V1_AdmissionAskReply
/// The request of `admission.get`.
public typealias AdmissionGetRequest = Callout_V1_AdmissionGetRequest
/// The reply of `admission.get`.
public typealias AdmissionGetReply = Callout_V1_AdmissionGetReply
/// The request of `obligation.record`.
public typealias ObligationRecordRequest = Callout_V1_ObligationRecordRequest
/// The reply of `obligation.record`.
public typealias ObligationRecordReply = Callout_V1_ObligationRecordReply
/// The request of `misuse.review`.
public typealias MisuseReviewRequest = Callout_V1_MisuseReviewRequest
/// The reply of `misuse.review`.
public typealias MisuseReviewReply = Callout_V1_MisuseReviewReply
/// The request of `mail.take`.
public typealias MailTakeRequest = Callout_V1_MailTakeRequest
/// The reply of `mail.take`.
public typealias MailTakeReply = Callout_V1_MailTakeReply
/// The request of `ticket.merge`.
public typealias TicketMergeRequest = Callout_V1_TicketMergeRequest
/// The reply of `ticket.merge`.
public typealias TicketMergeReply = Callout_V1_TicketMergeReply
/// The request of `ticket.split`.
public typealias TicketSplitRequest = Callout_V1_TicketSplitRequest
/// The reply of `ticket.split`.
public typealias TicketSplitReply = Callout_V1_TicketSplitReply
/// The request of `mail.deliver`.
public typealias MailDeliverRequest = Callout_V1_MailDeliverRequest
/// The reply of `mail.deliver`.
public typealias MailDeliverReply = Callout_V1_MailDeliverReply
/// The request of `mail.get`.
public typealias MailGetRequest = Callout_V1_MailGetRequest
/// The reply of `mail.get`.
public typealias MailGetReply = Callout_V1_MailGetReply
/// The request of `mail.list`.
public typealias MailListRequest = Callout_V1_MailListRequest
/// The reply of `mail.list`.
public typealias MailListReply = Callout_V1_MailListReply
/// The request of `mailbox.set`.
public typealias MailboxSetRequest = Callout_V1_MailboxSetRequest
/// The reply of `mailbox.set`.
public typealias MailboxSetReply = Callout_V1_MailboxSetReply
/// The request of `mailbox.remove`.
public typealias MailboxRemoveRequest = Callout_V1_MailboxRemoveRequest
/// The reply of `mailbox.remove`.
public typealias MailboxRemoveReply = Callout_V1_MailboxRemoveReply
/// The request of `mailbox.list`.
public typealias MailboxListRequest = Callout_V1_MailboxListRequest
/// The reply of `mailbox.list`.
public typealias MailboxListReply = Callout_V1_MailboxListReply
/// The request of `call.report`.
public typealias CallReportRequest = Callout_V1_CallReportRequest
/// The reply of `call.report`.
public typealias CallReportReply = Callout_V1_CallReportReply
/// The request of `call.list`.
public typealias CallListRequest = Callout_V1_CallListRequest
/// The reply of `call.list`.
public typealias CallListReply = Callout_V1_CallListReply
/// The request of `work.begin`.
public typealias WorkBeginRequest = Callout_V1_WorkBeginRequest
/// The reply of `work.begin`.
public typealias WorkBeginReply = Callout_V1_WorkBeginReply
/// The request of `work.end`.
public typealias WorkEndRequest = Callout_V1_WorkEndRequest
/// The reply of `work.end`.
public typealias WorkEndReply = Callout_V1_WorkEndReply
/// The request of `call.schedule`.
public typealias CallScheduleRequest = Callout_V1_CallScheduleRequest
/// The reply of `call.schedule`.
public typealias CallScheduleReply = Callout_V1_CallScheduleReply
/// The request of `mail.stage`.
public typealias MailStageRequest = Callout_V1_MailStageRequest
/// The reply of `mail.stage`.
public typealias MailStageReply = Callout_V1_MailStageReply

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

  /// Changes a customer: sets what is given; absent fields stay.
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

  /// Lists customers in the order of their ids.
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

  /// Reads a ticket with its messages, work, visits and the articles that resolved it. A portal is not shown
  /// internal messages. Refuses a request that names neither id nor number (121).
  ///
  /// `ticket.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func ticketGet(
    _ request: TicketGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketGetReply {
    try await call(.ticketGet, request, options: options)
  }

  /// Lists tickets, newest first.
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

  /// Records that the desk answered the customer. What that counts as is the plan's to say: a reply reaches the
  /// customer, a preliminary one as the plan has it, a program's is none. Doing so again keeps the first instant.
  /// Refuses a ticket that is neither open nor dispatched (503).
  ///
  /// `ticket.contact`, a write; callers: desk, admin.
  public func ticketContact(
    _ request: TicketContactRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketContactReply {
    try await call(.ticketContact, request, options: options)
  }

  /// Records that work has begun. Doing so again changes nothing. Refuses a ticket that is neither open nor
  /// dispatched (503).
  ///
  /// `ticket.begin`, a write; callers: desk, admin.
  public func ticketBegin(
    _ request: TicketBeginRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketBeginReply {
    try await call(.ticketBegin, request, options: options)
  }

  /// Sets class, category or incident; what was before is kept as a message. Absent fields stay. Refuses a class
  /// that the plan does not have (510), one that the plan does not admit for what is known of the ticket (504), a
  /// change of class without a reason (515), and a ticket that is neither open nor dispatched (503).
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
  /// neither open nor dispatched, and one on which somebody is at work (503).
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

  /// Takes a resolved or closed ticket up again. Work from here on is rated apart. The ladder of its class begins
  /// anew; what was promised stays as it stood. Refuses an empty reason (515), any other state (503) and the
  /// 101st time (509).
  ///
  /// `ticket.reopen`, a write; callers: desk, portal, admin.
  public func ticketReopen(
    _ request: TicketReopenRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketReopenReply {
    try await call(.ticketReopen, request, options: options)
  }

  /// Adds a message to a ticket in any state. Refuses a portal whose message is not from the customer (203), and
  /// what the plan does not admit as a message between customer and provider (504); an internal one is neither's.
  ///
  /// `message.post`, a write; callers: desk, portal, admin.
  public func messagePost(
    _ request: MessagePostRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MessagePostReply {
    try await call(.messagePost, request, options: options)
  }

  /// Records work. The first record also marks work as begun. Work of a past time is rated by the ticket's
  /// version of the plan and posted now; a closed statement stays as it is, and the next one tells of it. Work
  /// that was done before the ticket was reopened counts for that time. Refuses a closed ticket and a time before
  /// a reopening, unless the plan takes late work and this was done before that end (503), work that the plan
  /// takes no more (504), and the 1,001st record (509).
  ///
  /// `work.record`, a write; callers: desk, admin.
  public func workRecord(
    _ request: WorkRecordRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> WorkRecordReply {
    try await call(.workRecord, request, options: options)
  }

  /// Records a contact's answer to a gate inside work (an assessment, another block). Work counts from the answer
  /// on: what was done past the gate before it stays uncharged. Refuses a ticket that is neither open nor
  /// dispatched, a contact whose appointment has ended (503), an answer before the ticket's stretch began or in
  /// the future (121), and the 101st (509).
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

  /// Lists visits of an account or of a ticket, newest first.
  ///
  /// `visit.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func visitList(
    _ request: VisitListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> VisitListReply {
    try await call(.visitList, request, options: options)
  }

  /// Lists the messages of a ticket, oldest first.
  ///
  /// `message.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func messageList(
    _ request: MessageListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MessageListReply {
    try await call(.messageList, request, options: options)
  }

  /// Lists requests for help that the plan refused, newest first.
  ///
  /// `attempt.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func attemptList(
    _ request: AttemptListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AttemptListReply {
    try await call(.attemptList, request, options: options)
  }

  /// Explains a target of a ticket: every interval of the calendar that was counted or skipped, and those in
  /// which the clock stood still, with the reason. A gate inside the work of its present stretch is explained the
  /// same way: by the calendar of the work's rate while work went on, by what it stood still for between, and
  /// from now on as if work went on, when somebody is at work. Refuses what is neither a target of the ticket nor
  /// a gate of its work, and names those that there are (510).
  ///
  /// `ticket.why`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func ticketWhy(
    _ request: TicketWhyRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketWhyReply {
    try await call(.ticketWhy, request, options: options)
  }

  /// Writes an article: a draft, in its first edition.
  ///
  /// `article.create`, a write; callers: desk, admin.
  public func articleCreate(
    _ request: ArticleCreateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ArticleCreateReply {
    try await call(.articleCreate, request, options: options)
  }

  /// Writes a further edition of an article. What is published stays so until the new edition is. Absent fields
  /// stay as they are in the latest edition. Refuses an edit of another edition than the latest (503), one that
  /// changes nothing (121), and the 1,001st edition (509).
  ///
  /// `article.edit`, a write; callers: desk, admin.
  public func articleEdit(
    _ request: ArticleEditRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ArticleEditReply {
    try await call(.articleEdit, request, options: options)
  }

  /// Shows an edition of an article to everybody, in place of the one before. A retired article is published
  /// again. Doing so again changes nothing. Refuses an edition that the article does not have (501).
  ///
  /// `article.publish`, a write; callers: desk, admin.
  public func articlePublish(
    _ request: ArticlePublishRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ArticlePublishReply {
    try await call(.articlePublish, request, options: options)
  }

  /// Withdraws an article: portals and searches do not find it any more. Doing so again changes nothing.
  ///
  /// `article.retire`, a write; callers: desk, admin.
  public func articleRetire(
    _ request: ArticleRetireRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ArticleRetireReply {
    try await call(.articleRetire, request, options: options)
  }

  /// Reads an article. A portal reads the published edition; the tenant's own people read any.
  ///
  /// `article.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func articleGet(
    _ request: ArticleGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ArticleGetReply {
    try await call(.articleGet, request, options: options)
  }

  /// Lists articles, newest first. A portal is shown published articles only.
  ///
  /// `article.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func articleList(
    _ request: ArticleListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ArticleListReply {
    try await call(.articleList, request, options: options)
  }

  /// Lists every edition of an article, newest first.
  ///
  /// `article.history`, a read; callers: desk, sales, auditor, admin, operator.
  public func articleHistory(
    _ request: ArticleHistoryRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ArticleHistoryReply {
    try await call(.articleHistory, request, options: options)
  }

  /// Finds published articles, the best match first. Words are found in all their forms where the article's
  /// language has them; "in quotes" they must follow each other, `or` lets one of two suffice, and a - before a
  /// word excludes it.
  ///
  /// `article.search`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func articleSearch(
    _ request: ArticleSearchRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ArticleSearchReply {
    try await call(.articleSearch, request, options: options)
  }

  /// Says that an article resolved a ticket: ticket.get shows it from then on. Doing so again changes nothing.
  /// Refuses an article that is no published resolution, a ticket that is neither resolved nor closed (503), and
  /// a ticket's 21st (509).
  ///
  /// `article.link`, a write; callers: desk, admin.
  public func articleLink(
    _ request: ArticleLinkRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ArticleLinkReply {
    try await call(.articleLink, request, options: options)
  }

  /// Opens a topic in the forum.
  ///
  /// `topic.open`, a write; callers: portal, desk, admin.
  public func topicOpen(
    _ request: TopicOpenRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TopicOpenReply {
    try await call(.topicOpen, request, options: options)
  }

  /// Reads a topic; reply.list has the replies. A portal is not shown a hidden one.
  ///
  /// `topic.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func topicGet(
    _ request: TopicGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TopicGetReply {
    try await call(.topicGet, request, options: options)
  }

  /// Lists topics, newest first. A portal is not shown hidden ones.
  ///
  /// `topic.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func topicList(
    _ request: TopicListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TopicListReply {
    try await call(.topicList, request, options: options)
  }

  /// Hides a topic and its replies from portals, restores it, closes it to replies, or reopens it. Refuses an
  /// empty reason (515), and what the topic is already (503).
  ///
  /// `topic.moderate`, a write; callers: desk, admin.
  public func topicModerate(
    _ request: TopicModerateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TopicModerateReply {
    try await call(.topicModerate, request, options: options)
  }

  /// Replies to a topic. Refuses a closed topic (503), for a portal a hidden one (501), and the 1,001st reply
  /// (509).
  ///
  /// `reply.post`, a write; callers: portal, desk, admin.
  public func replyPost(
    _ request: ReplyPostRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ReplyPostReply {
    try await call(.replyPost, request, options: options)
  }

  /// Lists the replies to a topic, oldest first. A portal is not shown hidden ones.
  ///
  /// `reply.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func replyList(
    _ request: ReplyListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ReplyListReply {
    try await call(.replyList, request, options: options)
  }

  /// Hides a reply from portals, or restores it. Refuses an empty reason (515), and what the reply is already
  /// (503).
  ///
  /// `reply.moderate`, a write; callers: desk, admin.
  public func replyModerate(
    _ request: ReplyModerateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ReplyModerateReply {
    try await call(.replyModerate, request, options: options)
  }

  /// Lists what was done to a topic and its replies, newest first.
  ///
  /// `moderation.list`, a read; callers: desk, sales, auditor, admin, operator.
  public func moderationList(
    _ request: ModerationListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ModerationListReply {
    try await call(.moderationList, request, options: options)
  }

  /// Makes a course: a draft, without lessons.
  ///
  /// `course.create`, a write; callers: desk, admin.
  public func courseCreate(
    _ request: CourseCreateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> CourseCreateReply {
    try await call(.courseCreate, request, options: options)
  }

  /// Opens a course to learners, a retired one again. Doing so again changes nothing. Refuses a course without
  /// lessons (503).
  ///
  /// `course.publish`, a write; callers: desk, admin.
  public func coursePublish(
    _ request: CoursePublishRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> CoursePublishReply {
    try await call(.coursePublish, request, options: options)
  }

  /// Withdraws a course: nobody enrols any more, and portals do not find it. What was learned stays. Doing so
  /// again changes nothing.
  ///
  /// `course.retire`, a write; callers: desk, admin.
  public func courseRetire(
    _ request: CourseRetireRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> CourseRetireReply {
    try await call(.courseRetire, request, options: options)
  }

  /// Reads a course with its lessons. A portal is shown a published one only.
  ///
  /// `course.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func courseGet(
    _ request: CourseGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> CourseGetReply {
    try await call(.courseGet, request, options: options)
  }

  /// Lists courses, newest first. A portal is shown published ones only.
  ///
  /// `course.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func courseList(
    _ request: CourseListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> CourseListReply {
    try await call(.courseList, request, options: options)
  }

  /// Enrols a learner, who is a contact or a named user of a portal. Doing so again changes nothing. Refuses a
  /// course that is not published (503), and a request that names both or neither (121).
  ///
  /// `course.enrol`, a write; callers: portal, desk, admin.
  public func courseEnrol(
    _ request: CourseEnrolRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> CourseEnrolReply {
    try await call(.courseEnrol, request, options: options)
  }

  /// Adds a lesson to a course. Refuses the 101st (509).
  ///
  /// `lesson.add`, a write; callers: desk, admin.
  public func lessonAdd(
    _ request: LessonAddRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> LessonAddReply {
    try await call(.lessonAdd, request, options: options)
  }

  /// Changes a lesson or moves it. Absent fields stay. Refuses a lesson that was removed (503).
  ///
  /// `lesson.update`, a write; callers: desk, admin.
  public func lessonUpdate(
    _ request: LessonUpdateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> LessonUpdateReply {
    try await call(.lessonUpdate, request, options: options)
  }

  /// Takes a lesson out of its course. It counts no more for anybody's progress. Doing so again changes nothing.
  /// Refuses the last lesson of a published course (503).
  ///
  /// `lesson.remove`, a write; callers: desk, admin.
  public func lessonRemove(
    _ request: LessonRemoveRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> LessonRemoveReply {
    try await call(.lessonRemove, request, options: options)
  }

  /// Reads a lesson. A portal reads those of published courses only.
  ///
  /// `lesson.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func lessonGet(
    _ request: LessonGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> LessonGetReply {
    try await call(.lessonGet, request, options: options)
  }

  /// Records that a learner has done a lesson, and enrols the learner where that was not done. Doing so again
  /// changes nothing. Refuses a lesson of a course that is not published or that was removed (503), and a request
  /// that names both a contact and a name or neither (121).
  ///
  /// `lesson.complete`, a write; callers: portal, desk, admin.
  public func lessonComplete(
    _ request: LessonCompleteRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> LessonCompleteReply {
    try await call(.lessonComplete, request, options: options)
  }

  /// Tells how far the learners of a course have come, in the order of their enrolment, or how far one of them
  /// has.
  ///
  /// `enrolment.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func enrolmentList(
    _ request: EnrolmentListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> EnrolmentListReply {
    try await call(.enrolmentList, request, options: options)
  }

  /// Asks whether a plan takes something that is no ticket: a sign-up, a change of an agreement, or its renewal,
  /// by a version and by the plan's newest. A refusal names every clause that failed (504) and is kept as an
  /// attempt. Nothing else is changed: sales does what was asked for.
  ///
  /// `admission.ask`, a write; callers: portal, desk, sales, admin.
  public func admissionAsk(
    _ request: AdmissionAskRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AdmissionAskReply {
    try await call(.admissionAsk, request, options: options)
  }

  /// Reads the decision by which a ticket was admitted, made again from the plan's version and the facts of that
  /// time.
  ///
  /// `admission.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func admissionGet(
    _ request: AdmissionGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AdmissionGetReply {
    try await call(.admissionGet, request, options: options)
  }

  /// Records that a customer does not keep an obligation of the plan, or keeps it again. On a ticket, one that
  /// the plan pauses for stops the clocks, with the clause as the reason, until it is kept or the ticket
  /// resolved: what is promised then falls due later by the open time in between. On an account, it counts for
  /// the tickets that are opened from then on. Refuses an obligation that the plan does not have (510), an empty
  /// reason (515), what is recorded already, a ticket that is neither open nor dispatched, an account without an
  /// agreement (503), and the 101st pause of a ticket (509).
  ///
  /// `obligation.record`, a write; callers: desk, admin.
  public func obligationRecord(
    _ request: ObligationRecordRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ObligationRecordReply {
    try await call(.obligationRecord, request, options: options)
  }

  /// Decides whether a ticket's class was claimed without need. If it was, the customer is told in a message, and
  /// the ledger bills the work by the rate that the plan has for it; without one there is no charge. Refuses a
  /// class for which the plan has no such rule (510), a caller whom the plan does not let decide (203), an empty
  /// reason (515), a closed ticket and one that was reviewed (503).
  ///
  /// `misuse.review`, a write; callers: desk, admin.
  public func misuseReview(
    _ request: MisuseReviewRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MisuseReviewReply {
    try await call(.misuseReview, request, options: options)
  }

  /// Takes a mail to the desk. It opens a ticket of the class that it claims, or of its address; a mail that asks
  /// for nothing that the desk does is logged as an attempt and answered with what is needed, and opens a ticket
  /// only where the plan pages for it. The same Message-ID again changes nothing. Without an account the writer's
  /// address finds it, which must be that of one account's appointed contact. Refuses a mail to no address of the
  /// desk, a class that its address does not open, a writer whom nobody appointed (504), and whatever ticket.open
  /// refuses.
  ///
  /// `mail.take`, a write; callers: desk, portal, admin.
  public func mailTake(
    _ request: MailTakeRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MailTakeReply {
    try await call(.mailTake, request, options: options)
  }

  /// Puts the work of one ticket under another of the same customer, and closes the first, unless it was closed
  /// before, with a pointer to the second. What it was charged goes along; the second is rated anew with all its
  /// work, and what differs is charged or taken back. Refuses an empty reason (515), a second ticket that is
  /// closed, a first that was merged before, one for which somebody is out or at work (503), and more than a
  /// ticket can hold (509).
  ///
  /// `ticket.merge`, a write; callers: desk, admin.
  public func ticketMerge(
    _ request: TicketMergeRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketMergeReply {
    try await call(.ticketMerge, request, options: options)
  }

  /// Makes a ticket with a number of its own from some of a ticket's work. Both are rated anew; what the first
  /// was charged too much goes along as far as the new one costs it. Refuses an empty reason (515), a closed
  /// ticket (503), records that are not the ticket's present work (501), all of them, and work past a gate that
  /// nobody opened (121).
  ///
  /// `ticket.split`, a write; callers: desk, admin.
  public func ticketSplit(
    _ request: TicketSplitRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketSplitReply {
    try await call(.ticketSplit, request, options: options)
  }

  /// Takes a mail as it came, for an MTA. Its recipients name mailboxes of the tenant; its writer's address finds
  /// the contact and the account. It continues the ticket that it refers to, by the Message-ID of a mail that was
  /// sent or taken, or by a word such as [#17] in its subject, if its writer is a contact of the ticket's
  /// account; otherwise it opens one, of the class of its addresses. What the plan does not take is kept as an
  /// attempt and answered politely, at most 3 times an hour and 10 times a day for each writer; mail that a
  /// program wrote is kept, and never answered. The original is kept. The same Message-ID again changes nothing;
  /// one that has none gets one from the hash of its bytes. Refuses a mail to no mailbox (501) and bytes that are
  /// no mail within the bounds (121): 10 MiB, 100 parts, 8 levels. A mail that is longer than a request may be is
  /// staged first. A mail that continues a ticket raises it to the class of an address for more urgent ones, and
  /// calls for its ladder again; it takes up a ticket whose work has ended, and of one that is closed for good, a
  /// ticket of its own follows it.
  ///
  /// `mail.deliver`, a write; callers: desk, admin, operator.
  public func mailDeliver(
    _ request: MailDeliverRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MailDeliverReply {
    try await call(.mailDeliver, request, options: options)
  }

  /// Reads a mail that was taken, and a piece of its original. All pieces one after the other are the original.
  ///
  /// `mail.get`, a read; callers: desk, auditor, admin, operator.
  public func mailGet(
    _ request: MailGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MailGetReply {
    try await call(.mailGet, request, options: options)
  }

  /// Lists mails that were taken, newest first.
  ///
  /// `mail.list`, a read; callers: desk, auditor, admin, operator.
  public func mailList(
    _ request: MailListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MailListReply {
    try await call(.mailList, request, options: options)
  }

  /// Gives an address to the tenant, or changes its plan. An address is one tenant's of the installation: refuses
  /// one that another tenant has (502), a plan that is not published here (505) and the 101st mailbox of a plan
  /// (509).
  ///
  /// `mailbox.set`, a write; callers: operator.
  public func mailboxSet(
    _ request: MailboxSetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MailboxSetReply {
    try await call(.mailboxSet, request, options: options)
  }

  /// Takes an address away from the tenant. Refuses one that it does not have (501).
  ///
  /// `mailbox.remove`, a write; callers: operator.
  public func mailboxRemove(
    _ request: MailboxRemoveRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MailboxRemoveReply {
    try await call(.mailboxRemove, request, options: options)
  }

  /// Lists the addresses of the tenant in their order, the first 1,000.
  ///
  /// `mailbox.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func mailboxList(
    _ request: MailboxListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MailboxListReply {
    try await call(.mailboxList, request, options: options)
  }

  /// Takes a gateway's report of a call to the desk. The dialled number is a customer's own hotline, or that of
  /// the plan of the customer for whom the caller's number is known. The call continues the ticket that is named,
  /// or the latest open one whose ladder listens to calls: the keys bring a later step forward, once, and a
  /// voicemail widens it, as escalation.call does; the notifier learns it by news. Otherwise it opens a ticket if
  /// the plan's channels take it; if not, it is recorded, without ticket and clock, and the contacts are told in
  /// writing what is needed, unless a person answered. A call may be reported several times, as keys are pressed
  /// and when it ends; the same report again changes nothing. Refuses a number that is nobody's hotline (501) and
  /// fields out of their bounds (121). The installation's gateway need not name the tenant: it is the one whose
  /// customer has the dialled number, or whose plan has it; of several with such a plan, the one that knows the
  /// caller's number. Where that does not tell, the request is refused (204).
  ///
  /// `call.report`, a write; callers: desk, admin, operator, gateway.
  public func callReport(
    _ request: CallReportRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> CallReportReply {
    try await call(.callReport, request, options: options)
  }

  /// Lists reports of calls, newest first.
  ///
  /// `call.list`, a read; callers: desk, auditor, admin, operator.
  public func callList(
    _ request: CallListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> CallListReply {
    try await call(.callList, request, options: options)
  }

  /// Somebody begins to work, now. Work is marked as begun; from here to work.end the gates of the plan run as
  /// timers, as they do while somebody is on site. Refuses what the plan does not take as work (504), a ticket
  /// that is neither open nor dispatched, an engineer who is at work on it (503), and the 11th at once (509).
  ///
  /// `work.begin`, a write; callers: desk, admin.
  public func workBegin(
    _ request: WorkBeginRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> WorkBeginReply {
    try await call(.workBegin, request, options: options)
  }

  /// Somebody ends work that was begun: it is recorded. Refuses work that is not under way (501) and an end that
  /// is not after the beginning, in the future, or more than 24 hours after it began (121).
  ///
  /// `work.end`, a write; callers: desk, admin.
  public func workEnd(
    _ request: WorkEndRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> WorkEndReply {
    try await call(.workEnd, request, options: options)
  }

  /// The desk has agreed with the customer when it will call: a call for which nobody was free is put off until
  /// then, and the customer is told so in a message. At that time the feed tells of it, unless the customer was
  /// reached since. Doing so again moves it. No clock is moved. Refuses a time at which the plan does not take
  /// such a ticket (504) or that is past (121), and a ticket that is neither open nor dispatched (503).
  ///
  /// `call.schedule`, a write; callers: desk, admin.
  public func callSchedule(
    _ request: CallScheduleRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> CallScheduleReply {
    try await call(.callSchedule, request, options: options)
  }

  /// Takes a part of a mail that is longer than one request, for mail.deliver to put together. The same part
  /// again changes nothing; other bytes in its place are refused (502). Parts that are not delivered within an
  /// hour after the latest of them are forgotten: mail.deliver refuses what misses one (517).
  ///
  /// `mail.stage`, a write; callers: desk, admin, operator.
  public func mailStage(
    _ request: MailStageRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> MailStageReply {
    try await call(.mailStage, request, options: options)
  }
}
