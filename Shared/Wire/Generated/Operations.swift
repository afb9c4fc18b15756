// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

// Every method with the types of its request and reply, and the shape of every message.

extension Operation where Request == Callout_V1_TenantCreateRequest, Reply == Callout_V1_TenantCreateReply {
  /// Creates a tenant in this service. The same id is given to all three services; the envelope's tenant is that id. Refuses an id that is known under another name, kind of clock or language (502).
  public static var tenantCreate: Self { Self(method: .tenantCreate) }
}

extension Operation where Request == Callout_V1_TenantGetRequest, Reply == Callout_V1_TenantGetReply {
  /// Reads the tenant that the envelope names, as this service knows it.
  public static var tenantGet: Self { Self(method: .tenantGet) }
}

extension Operation where Request == Callout_V1_TenantListRequest, Reply == Callout_V1_TenantListReply {
  /// Lists tenants in the order of their ids. The envelope names no tenant.
  public static var tenantList: Self { Self(method: .tenantList) }
}

extension Operation where Request == Callout_V1_PlanPublishRequest, Reply == Callout_V1_PlanPublishReply {
  /// Gives the service a plan. Publishing the same document again changes nothing. Refuses a document with errors (506).
  public static var planPublish: Self { Self(method: .planPublish) }
}

extension Operation where Request == Callout_V1_PlanGetRequest, Reply == Callout_V1_PlanGetReply {
  /// Reads one published version, or the newest of a plan, with its document. Refuses a version that was never published here (501).
  public static var planGet: Self { Self(method: .planGet) }
}

extension Operation where Request == Callout_V1_PlanListRequest, Reply == Callout_V1_PlanListReply {
  /// Lists versions of plans, newest first.
  public static var planList: Self { Self(method: .planList) }
}

extension Operation where Request == Callout_V1_ClockGetRequest, Reply == Callout_V1_ClockGetReply {
  /// Reads the tenant's time and when something is due next. A live tenant's time is the service's own.
  public static var clockGet: Self { Self(method: .clockGet) }
}

extension Operation where Request == Callout_V1_ClockAdvanceRequest, Reply == Callout_V1_ClockAdvanceReply {
  /// Moves a test tenant's clock in this service. What falls due by then happens at once, each thing at its own instant. Refuses a live tenant (508) and an instant before the clock (503).
  public static var clockAdvance: Self { Self(method: .clockAdvance) }
}

extension Operation where Request == Callout_V1_PendingGetRequest, Reply == Callout_V1_PendingGetReply {
  /// What has not happened yet although its time has come: zero in all three services means that the tenant is settled.
  public static var pendingGet: Self { Self(method: .pendingGet) }
}

extension Operation where Request == Callout_V1_EventApplyRequest, Reply == Callout_V1_EventApplyReply {
  /// Takes news from another service. The envelope's key is the event's id.
  public static var eventApply: Self { Self(method: .eventApply) }
}

extension Operation where Request == Callout_V1_ServiceStatusRequest, Reply == Callout_V1_ServiceStatusReply {
  /// Says how one service is: what runs, since when, and whether it takes requests.
  public static var serviceStatus: Self { Self(method: .serviceStatus) }
}

extension Operation where Request == Callout_V1_ChangesWatchRequest, Reply == Callout_V1_Change {
  /// Pushes a Change for everything that changes in this service for the tenant, from a cursor on and then as it happens. Without a cursor the first item is of kind `watch.started`: its cursor is where the watch begins, and nothing that changes after it has come is missed.
  public static var changesWatch: Self { Self(method: .changesWatch) }
}

extension Operation where Request == Callout_V1_TenantUpdateRequest, Reply == Callout_V1_TenantUpdateReply {
  /// Changes what a tenant's customers are written to in, in this service: each service has its own copy. What was sent or closed before stays as it is.
  public static var tenantUpdate: Self { Self(method: .tenantUpdate) }
}

extension Operation where Request == Callout_V1_AccountCreateRequest, Reply == Callout_V1_AccountCreateReply {
  /// Creates a customer. It may ask for help once the ledger has signed an agreement. Refuses a hotline that some account has already (502).
  public static var accountCreate: Self { Self(method: .accountCreate) }
}

extension Operation where Request == Callout_V1_AccountUpdateRequest, Reply == Callout_V1_AccountUpdateReply {
  /// Changes a customer: sets what is given; absent fields stay.
  public static var accountUpdate: Self { Self(method: .accountUpdate) }
}

extension Operation where Request == Callout_V1_AccountGetRequest, Reply == Callout_V1_AccountGetReply {
  /// Reads a customer and the people who speak for it.
  public static var accountGet: Self { Self(method: .accountGet) }
}

extension Operation where Request == Callout_V1_AccountListRequest, Reply == Callout_V1_AccountListReply {
  /// Lists customers in the order of their ids.
  public static var accountList: Self { Self(method: .accountList) }
}

extension Operation where Request == Callout_V1_SubsidiaryAddRequest, Reply == Callout_V1_SubsidiaryAddReply {
  /// Adds a company that may use an account's credits, from the account's next purchase on. Refuses the 1,001st (509).
  public static var subsidiaryAdd: Self { Self(method: .subsidiaryAdd) }
}

extension Operation where Request == Callout_V1_AssessmentRecordRequest, Reply == Callout_V1_AssessmentRecordReply {
  /// Adds items of the first assessment that are done, or overrides what is missing. Refuses an item that the plan's assessment does not have (510).
  public static var assessmentRecord: Self { Self(method: .assessmentRecord) }
}

extension Operation where Request == Callout_V1_ContactAppointRequest, Reply == Callout_V1_ContactAppointReply {
  /// Appoints a person who speaks for a customer, or one who takes another's place. Details that the plan requires of contacts must be given (121). Refuses one more than the plan allows (504) or, without an agreement, the 101st (509), and a successor of someone whose appointment has ended (503).
  public static var contactAppoint: Self { Self(method: .contactAppoint) }
}

extension Operation where Request == Callout_V1_ContactListRequest, Reply == Callout_V1_ContactListReply {
  /// Lists the people who speak for a customer.
  public static var contactList: Self { Self(method: .contactList) }
}

extension Operation where Request == Callout_V1_AssetRegisterRequest, Reply == Callout_V1_AssetRegisterReply {
  /// Registers a thing that is supported. Whether it needs a consent or an inventory is the plan's to say when a ticket is opened.
  public static var assetRegister: Self { Self(method: .assetRegister) }
}

extension Operation where Request == Callout_V1_AssetUpdateRequest, Reply == Callout_V1_AssetUpdateReply {
  /// Changes a thing that is supported. Absent fields stay. Refuses a retired one, and a withdrawal where no consent was given (503).
  public static var assetUpdate: Self { Self(method: .assetUpdate) }
}

extension Operation where Request == Callout_V1_AssetListRequest, Reply == Callout_V1_AssetListReply {
  /// Lists the things of a customer that are supported, in the order of their ids.
  public static var assetList: Self { Self(method: .assetList) }
}

extension Operation where Request == Callout_V1_TicketOpenRequest, Reply == Callout_V1_TicketOpenReply {
  /// Opens a ticket when the plan admits it. A refusal names every clause that failed and is kept as an attempt. Without an agreement nothing is admitted (504). Refuses a class that the plan does not have (510), a retired asset, a maintenance visit that is not under way, and an earlier ticket that is not closed (503).
  public static var ticketOpen: Self { Self(method: .ticketOpen) }
}

extension Operation where Request == Callout_V1_TicketGetRequest, Reply == Callout_V1_TicketGetReply {
  /// Reads a ticket with its messages, work, visits and the articles that resolved it. A portal is not shown internal messages. Refuses a request that names neither id nor number (121).
  public static var ticketGet: Self { Self(method: .ticketGet) }
}

extension Operation where Request == Callout_V1_TicketListRequest, Reply == Callout_V1_TicketListReply {
  /// Lists tickets, newest first.
  public static var ticketList: Self { Self(method: .ticketList) }
}

extension Operation where Request == Callout_V1_TicketAcknowledgeRequest, Reply == Callout_V1_TicketAcknowledgeReply {
  /// Acknowledges a ticket: someone has seen it, which may meet a target. Doing so again changes nothing. Refuses a ticket that is neither open nor dispatched (503).
  public static var ticketAcknowledge: Self { Self(method: .ticketAcknowledge) }
}

extension Operation where Request == Callout_V1_TicketContactRequest, Reply == Callout_V1_TicketContactReply {
  /// Records that the desk answered the customer. What that counts as is the plan's to say: a reply reaches the customer, a preliminary one as the plan has it, a program's is none. Doing so again keeps the first instant. Refuses a ticket that is neither open nor dispatched (503).
  public static var ticketContact: Self { Self(method: .ticketContact) }
}

extension Operation where Request == Callout_V1_TicketBeginRequest, Reply == Callout_V1_TicketBeginReply {
  /// Records that work has begun. Doing so again changes nothing. Refuses a ticket that is neither open nor dispatched (503).
  public static var ticketBegin: Self { Self(method: .ticketBegin) }
}

extension Operation where Request == Callout_V1_TicketClassifyRequest, Reply == Callout_V1_TicketClassifyReply {
  /// Sets class, category or incident; what was before is kept as a message. Absent fields stay. Refuses a class that the plan does not have (510), one that the plan does not admit for what is known of the ticket (504), a change of class without a reason (515), and a ticket that is neither open nor dispatched (503).
  public static var ticketClassify: Self { Self(method: .ticketClassify) }
}

extension Operation where Request == Callout_V1_TicketLinkRequest, Reply == Callout_V1_TicketLinkReply {
  /// Says that the ticket is a repeat of an earlier one. Refuses a closed ticket, and an earlier one that was not closed when this was opened (503).
  public static var ticketLink: Self { Self(method: .ticketLink) }
}

extension Operation where Request == Callout_V1_TicketDispatchRequest, Reply == Callout_V1_TicketDispatchReply {
  /// Sends someone to the site: makes a visit of kind dispatch. Refuses a ticket that is neither open nor dispatched (503).
  public static var ticketDispatch: Self { Self(method: .ticketDispatch) }
}

extension Operation where Request == Callout_V1_TicketResolveRequest, Reply == Callout_V1_TicketResolveReply {
  /// Ends the work on a ticket, which stops its clocks; the ledger charges what is due. Refuses a ticket that is neither open nor dispatched, and one on which somebody is at work (503).
  public static var ticketResolve: Self { Self(method: .ticketResolve) }
}

extension Operation where Request == Callout_V1_TicketCloseRequest, Reply == Callout_V1_TicketCloseReply {
  /// Closes a ticket that is resolved; any other is refused (503). From then on a repeat may be covered by the plan's warranty.
  public static var ticketClose: Self { Self(method: .ticketClose) }
}

extension Operation where Request == Callout_V1_TicketReopenRequest, Reply == Callout_V1_TicketReopenReply {
  /// Takes a resolved or closed ticket up again. Work from here on is rated apart. The ladder of its class begins anew; what was promised stays as it stood. Refuses an empty reason (515), any other state (503) and the 101st time (509).
  public static var ticketReopen: Self { Self(method: .ticketReopen) }
}

extension Operation where Request == Callout_V1_MessagePostRequest, Reply == Callout_V1_MessagePostReply {
  /// Adds a message to a ticket in any state. Refuses a portal whose message is not from the customer (203), and what the plan does not admit as a message between customer and provider (504); an internal one is neither's.
  public static var messagePost: Self { Self(method: .messagePost) }
}

extension Operation where Request == Callout_V1_WorkRecordRequest, Reply == Callout_V1_WorkRecordReply {
  /// Records work. The first record also marks work as begun. Work of a past time is rated by the ticket's version of the plan and posted now; a closed statement stays as it is, and the next one tells of it. Work that was done before the ticket was reopened counts for that time. Refuses a closed ticket and a time before a reopening, unless the plan takes late work and this was done before that end (503), work that the plan takes no more (504), and the 1,001st record (509).
  public static var workRecord: Self { Self(method: .workRecord) }
}

extension Operation where Request == Callout_V1_ConsentRecordRequest, Reply == Callout_V1_ConsentRecordReply {
  /// Records a contact's answer to a gate inside work (an assessment, another block). Work counts from the answer on: what was done past the gate before it stays uncharged. Refuses a ticket that is neither open nor dispatched, a contact whose appointment has ended (503), an answer before the ticket's stretch began or in the future (121), and the 101st (509).
  public static var consentRecord: Self { Self(method: .consentRecord) }
}

extension Operation where Request == Callout_V1_PartAddRequest, Reply == Callout_V1_PartAddReply {
  /// Adds a part at a price that the customer agreed to. Refuses a part without a quote where the plan has no rate for parts (514), the 101st part (509), and a ticket that is neither open nor dispatched (503).
  public static var partAdd: Self { Self(method: .partAdd) }
}

extension Operation where Request == Callout_V1_VisitScheduleRequest, Reply == Callout_V1_VisitScheduleReply {
  /// Books an appointment for a ticket or a maintenance visit for an account. Refuses a ticket that is neither open nor dispatched (503).
  public static var visitSchedule: Self { Self(method: .visitSchedule) }
}

extension Operation where Request == Callout_V1_VisitArriveRequest, Reply == Callout_V1_VisitArriveReply {
  /// Records that someone is on site, now. The ticket becomes dispatched; a maintenance visit begins. Refuses a visit that is not planned, a ticket that is neither open nor dispatched, and a second maintenance visit at once (503).
  public static var visitArrive: Self { Self(method: .visitArrive) }
}

extension Operation where Request == Callout_V1_VisitDepartRequest, Reply == Callout_V1_VisitDepartReply {
  /// Records that whoever was on site has left, now. Refuses a visit at which nobody is (503).
  public static var visitDepart: Self { Self(method: .visitDepart) }
}

extension Operation where Request == Callout_V1_VisitCancelRequest, Reply == Callout_V1_VisitCancelReply {
  /// Calls a planned visit off. The ticket is open again when nobody else is on the way, and its targets no longer count the visit. Refuses an empty reason (515) and a visit that has begun or is cancelled (503).
  public static var visitCancel: Self { Self(method: .visitCancel) }
}

extension Operation where Request == Callout_V1_VisitListRequest, Reply == Callout_V1_VisitListReply {
  /// Lists visits of an account or of a ticket, newest first.
  public static var visitList: Self { Self(method: .visitList) }
}

extension Operation where Request == Callout_V1_MessageListRequest, Reply == Callout_V1_MessageListReply {
  /// Lists the messages of a ticket, oldest first.
  public static var messageList: Self { Self(method: .messageList) }
}

extension Operation where Request == Callout_V1_AttemptListRequest, Reply == Callout_V1_AttemptListReply {
  /// Lists requests for help that the plan refused, newest first.
  public static var attemptList: Self { Self(method: .attemptList) }
}

extension Operation where Request == Callout_V1_TicketWhyRequest, Reply == Callout_V1_TicketWhyReply {
  /// Explains a target of a ticket: every interval of the calendar that was counted or skipped, and those in which the clock stood still, with the reason. A gate inside the work of its present stretch is explained the same way: by the calendar of the work's rate while work went on, by what it stood still for between, and from now on as if work went on, when somebody is at work. Refuses what is neither a target of the ticket nor a gate of its work, and names those that there are (510).
  public static var ticketWhy: Self { Self(method: .ticketWhy) }
}

extension Operation where Request == Callout_V1_ArticleCreateRequest, Reply == Callout_V1_ArticleCreateReply {
  /// Writes an article: a draft, in its first edition.
  public static var articleCreate: Self { Self(method: .articleCreate) }
}

extension Operation where Request == Callout_V1_ArticleEditRequest, Reply == Callout_V1_ArticleEditReply {
  /// Writes a further edition of an article. What is published stays so until the new edition is. Absent fields stay as they are in the latest edition. Refuses an edit of another edition than the latest (503), one that changes nothing (121), and the 1,001st edition (509).
  public static var articleEdit: Self { Self(method: .articleEdit) }
}

extension Operation where Request == Callout_V1_ArticlePublishRequest, Reply == Callout_V1_ArticlePublishReply {
  /// Shows an edition of an article to everybody, in place of the one before. A retired article is published again. Doing so again changes nothing. Refuses an edition that the article does not have (501).
  public static var articlePublish: Self { Self(method: .articlePublish) }
}

extension Operation where Request == Callout_V1_ArticleRetireRequest, Reply == Callout_V1_ArticleRetireReply {
  /// Withdraws an article: portals and searches do not find it any more. Doing so again changes nothing.
  public static var articleRetire: Self { Self(method: .articleRetire) }
}

extension Operation where Request == Callout_V1_ArticleGetRequest, Reply == Callout_V1_ArticleGetReply {
  /// Reads an article. A portal reads the published edition; the tenant's own people read any.
  public static var articleGet: Self { Self(method: .articleGet) }
}

extension Operation where Request == Callout_V1_ArticleListRequest, Reply == Callout_V1_ArticleListReply {
  /// Lists articles, newest first. A portal is shown published articles only.
  public static var articleList: Self { Self(method: .articleList) }
}

extension Operation where Request == Callout_V1_ArticleHistoryRequest, Reply == Callout_V1_ArticleHistoryReply {
  /// Lists every edition of an article, newest first.
  public static var articleHistory: Self { Self(method: .articleHistory) }
}

extension Operation where Request == Callout_V1_ArticleSearchRequest, Reply == Callout_V1_ArticleSearchReply {
  /// Finds published articles, the best match first. Words are found in all their forms where the article's language has them; "in quotes" they must follow each other, `or` lets one of two suffice, and a - before a word excludes it.
  public static var articleSearch: Self { Self(method: .articleSearch) }
}

extension Operation where Request == Callout_V1_ArticleLinkRequest, Reply == Callout_V1_ArticleLinkReply {
  /// Says that an article resolved a ticket: ticket.get shows it from then on. Doing so again changes nothing. Refuses an article that is no published resolution, a ticket that is neither resolved nor closed (503), and a ticket's 21st (509).
  public static var articleLink: Self { Self(method: .articleLink) }
}

extension Operation where Request == Callout_V1_TopicOpenRequest, Reply == Callout_V1_TopicOpenReply {
  /// Opens a topic in the forum.
  public static var topicOpen: Self { Self(method: .topicOpen) }
}

extension Operation where Request == Callout_V1_TopicGetRequest, Reply == Callout_V1_TopicGetReply {
  /// Reads a topic; reply.list has the replies. A portal is not shown a hidden one.
  public static var topicGet: Self { Self(method: .topicGet) }
}

extension Operation where Request == Callout_V1_TopicListRequest, Reply == Callout_V1_TopicListReply {
  /// Lists topics, newest first. A portal is not shown hidden ones.
  public static var topicList: Self { Self(method: .topicList) }
}

extension Operation where Request == Callout_V1_TopicModerateRequest, Reply == Callout_V1_TopicModerateReply {
  /// Hides a topic and its replies from portals, restores it, closes it to replies, or reopens it. Refuses an empty reason (515), and what the topic is already (503).
  public static var topicModerate: Self { Self(method: .topicModerate) }
}

extension Operation where Request == Callout_V1_ReplyPostRequest, Reply == Callout_V1_ReplyPostReply {
  /// Replies to a topic. Refuses a closed topic (503), for a portal a hidden one (501), and the 1,001st reply (509).
  public static var replyPost: Self { Self(method: .replyPost) }
}

extension Operation where Request == Callout_V1_ReplyListRequest, Reply == Callout_V1_ReplyListReply {
  /// Lists the replies to a topic, oldest first. A portal is not shown hidden ones.
  public static var replyList: Self { Self(method: .replyList) }
}

extension Operation where Request == Callout_V1_ReplyModerateRequest, Reply == Callout_V1_ReplyModerateReply {
  /// Hides a reply from portals, or restores it. Refuses an empty reason (515), and what the reply is already (503).
  public static var replyModerate: Self { Self(method: .replyModerate) }
}

extension Operation where Request == Callout_V1_ModerationListRequest, Reply == Callout_V1_ModerationListReply {
  /// Lists what was done to a topic and its replies, newest first.
  public static var moderationList: Self { Self(method: .moderationList) }
}

extension Operation where Request == Callout_V1_CourseCreateRequest, Reply == Callout_V1_CourseCreateReply {
  /// Makes a course: a draft, without lessons.
  public static var courseCreate: Self { Self(method: .courseCreate) }
}

extension Operation where Request == Callout_V1_CoursePublishRequest, Reply == Callout_V1_CoursePublishReply {
  /// Opens a course to learners, a retired one again. Doing so again changes nothing. Refuses a course without lessons (503).
  public static var coursePublish: Self { Self(method: .coursePublish) }
}

extension Operation where Request == Callout_V1_CourseRetireRequest, Reply == Callout_V1_CourseRetireReply {
  /// Withdraws a course: nobody enrols any more, and portals do not find it. What was learned stays. Doing so again changes nothing.
  public static var courseRetire: Self { Self(method: .courseRetire) }
}

extension Operation where Request == Callout_V1_CourseGetRequest, Reply == Callout_V1_CourseGetReply {
  /// Reads a course with its lessons. A portal is shown a published one only.
  public static var courseGet: Self { Self(method: .courseGet) }
}

extension Operation where Request == Callout_V1_CourseListRequest, Reply == Callout_V1_CourseListReply {
  /// Lists courses, newest first. A portal is shown published ones only.
  public static var courseList: Self { Self(method: .courseList) }
}

extension Operation where Request == Callout_V1_CourseEnrolRequest, Reply == Callout_V1_CourseEnrolReply {
  /// Enrols a learner, who is a contact or a named user of a portal. Doing so again changes nothing. Refuses a course that is not published (503), and a request that names both or neither (121).
  public static var courseEnrol: Self { Self(method: .courseEnrol) }
}

extension Operation where Request == Callout_V1_LessonAddRequest, Reply == Callout_V1_LessonAddReply {
  /// Adds a lesson to a course. Refuses the 101st (509).
  public static var lessonAdd: Self { Self(method: .lessonAdd) }
}

extension Operation where Request == Callout_V1_LessonUpdateRequest, Reply == Callout_V1_LessonUpdateReply {
  /// Changes a lesson or moves it. Absent fields stay. Refuses a lesson that was removed (503).
  public static var lessonUpdate: Self { Self(method: .lessonUpdate) }
}

extension Operation where Request == Callout_V1_LessonRemoveRequest, Reply == Callout_V1_LessonRemoveReply {
  /// Takes a lesson out of its course. It counts no more for anybody's progress. Doing so again changes nothing. Refuses the last lesson of a published course (503).
  public static var lessonRemove: Self { Self(method: .lessonRemove) }
}

extension Operation where Request == Callout_V1_LessonGetRequest, Reply == Callout_V1_LessonGetReply {
  /// Reads a lesson. A portal reads those of published courses only.
  public static var lessonGet: Self { Self(method: .lessonGet) }
}

extension Operation where Request == Callout_V1_LessonCompleteRequest, Reply == Callout_V1_LessonCompleteReply {
  /// Records that a learner has done a lesson, and enrols the learner where that was not done. Doing so again changes nothing. Refuses a lesson of a course that is not published or that was removed (503), and a request that names both a contact and a name or neither (121).
  public static var lessonComplete: Self { Self(method: .lessonComplete) }
}

extension Operation where Request == Callout_V1_EnrolmentListRequest, Reply == Callout_V1_EnrolmentListReply {
  /// Tells how far the learners of a course have come, in the order of their enrolment, or how far one of them has.
  public static var enrolmentList: Self { Self(method: .enrolmentList) }
}

extension Operation where Request == Callout_V1_AdmissionAskRequest, Reply == Callout_V1_AdmissionAskReply {
  /// Asks whether a plan takes something that is no ticket: a sign-up, a change of an agreement, or its renewal, by a version and by the plan's newest. A refusal names every clause that failed (504) and is kept as an attempt. Nothing else is changed: sales does what was asked for.
  public static var admissionAsk: Self { Self(method: .admissionAsk) }
}

extension Operation where Request == Callout_V1_AdmissionGetRequest, Reply == Callout_V1_AdmissionGetReply {
  /// Reads the decision by which a ticket was admitted, made again from the plan's version and the facts of that time.
  public static var admissionGet: Self { Self(method: .admissionGet) }
}

extension Operation where Request == Callout_V1_ObligationRecordRequest, Reply == Callout_V1_ObligationRecordReply {
  /// Records that a customer does not keep an obligation of the plan, or keeps it again. On a ticket, one that the plan pauses for stops the clocks, with the clause as the reason, until it is kept or the ticket resolved: what is promised then falls due later by the open time in between. On an account, it counts for the tickets that are opened from then on. Refuses an obligation that the plan does not have (510), an empty reason (515), what is recorded already, a ticket that is neither open nor dispatched, an account without an agreement (503), and the 101st pause of a ticket (509).
  public static var obligationRecord: Self { Self(method: .obligationRecord) }
}

extension Operation where Request == Callout_V1_MisuseReviewRequest, Reply == Callout_V1_MisuseReviewReply {
  /// Decides whether a ticket's class was claimed without need. If it was, the customer is told in a message, and the ledger bills the work by the rate that the plan has for it; without one there is no charge. Refuses a class for which the plan has no such rule (510), a caller whom the plan does not let decide (203), an empty reason (515), a closed ticket and one that was reviewed (503).
  public static var misuseReview: Self { Self(method: .misuseReview) }
}

extension Operation where Request == Callout_V1_MailTakeRequest, Reply == Callout_V1_MailTakeReply {
  /// Takes a mail to the desk. It opens a ticket of the class that it claims, or of its address; a mail that asks for nothing that the desk does is logged as an attempt and answered with what is needed, and opens a ticket only where the plan pages for it. The same Message-ID again changes nothing. Without an account the writer's address finds it, which must be that of one account's appointed contact. Refuses a mail to no address of the desk, a class that its address does not open, a writer whom nobody appointed (504), and whatever ticket.open refuses.
  public static var mailTake: Self { Self(method: .mailTake) }
}

extension Operation where Request == Callout_V1_TicketMergeRequest, Reply == Callout_V1_TicketMergeReply {
  /// Puts the work of one ticket under another of the same customer, and closes the first, unless it was closed before, with a pointer to the second. What it was charged goes along; the second is rated anew with all its work, and what differs is charged or taken back. Refuses an empty reason (515), a second ticket that is closed, a first that was merged before, one for which somebody is out or at work (503), and more than a ticket can hold (509).
  public static var ticketMerge: Self { Self(method: .ticketMerge) }
}

extension Operation where Request == Callout_V1_TicketSplitRequest, Reply == Callout_V1_TicketSplitReply {
  /// Makes a ticket with a number of its own from some of a ticket's work. Both are rated anew; what the first was charged too much goes along as far as the new one costs it. Refuses an empty reason (515), a closed ticket (503), records that are not the ticket's present work (501), all of them, and work past a gate that nobody opened (121).
  public static var ticketSplit: Self { Self(method: .ticketSplit) }
}

extension Operation where Request == Callout_V1_MailDeliverRequest, Reply == Callout_V1_MailDeliverReply {
  /// Takes a mail as it came, for an MTA. Its recipients name mailboxes of the tenant; its writer's address finds the contact and the account. It continues the ticket that it refers to, by the Message-ID of a mail that was sent or taken, or by a word such as [#17] in its subject, if its writer is a contact of the ticket's account; otherwise it opens one, of the class of its addresses. What the plan does not take is kept as an attempt and answered politely, at most 3 times an hour and 10 times a day for each writer; mail that a program wrote is kept, and never answered. The original is kept. The same Message-ID again changes nothing; one that has none gets one from the hash of its bytes. Refuses a mail to no mailbox (501) and bytes that are no mail within the bounds (121): 10 MiB, 100 parts, 8 levels. A mail that is longer than a request may be is staged first. A mail that continues a ticket raises it to the class of an address for more urgent ones, and calls for its ladder again; it takes up a ticket whose work has ended, and of one that is closed for good, a ticket of its own follows it.
  public static var mailDeliver: Self { Self(method: .mailDeliver) }
}

extension Operation where Request == Callout_V1_MailGetRequest, Reply == Callout_V1_MailGetReply {
  /// Reads a mail that was taken, and a piece of its original. All pieces one after the other are the original.
  public static var mailGet: Self { Self(method: .mailGet) }
}

extension Operation where Request == Callout_V1_MailListRequest, Reply == Callout_V1_MailListReply {
  /// Lists mails that were taken, newest first.
  public static var mailList: Self { Self(method: .mailList) }
}

extension Operation where Request == Callout_V1_MailboxSetRequest, Reply == Callout_V1_MailboxSetReply {
  /// Gives an address to the tenant, or changes its plan. An address is one tenant's of the installation: refuses one that another tenant has (502), a plan that is not published here (505) and the 101st mailbox of a plan (509).
  public static var mailboxSet: Self { Self(method: .mailboxSet) }
}

extension Operation where Request == Callout_V1_MailboxRemoveRequest, Reply == Callout_V1_MailboxRemoveReply {
  /// Takes an address away from the tenant. Refuses one that it does not have (501).
  public static var mailboxRemove: Self { Self(method: .mailboxRemove) }
}

extension Operation where Request == Callout_V1_MailboxListRequest, Reply == Callout_V1_MailboxListReply {
  /// Lists the addresses of the tenant in their order, the first 1,000.
  public static var mailboxList: Self { Self(method: .mailboxList) }
}

extension Operation where Request == Callout_V1_CallReportRequest, Reply == Callout_V1_CallReportReply {
  /// Takes a gateway's report of a call to the desk. The dialled number is a customer's own hotline, or that of the plan of the customer for whom the caller's number is known. The call continues the ticket that is named, or the latest open one whose ladder listens to calls: the keys bring a later step forward, once, and a voicemail widens it, as escalation.call does; the notifier learns it by news. Otherwise it opens a ticket if the plan's channels take it; if not, it is recorded, without ticket and clock, and the contacts are told in writing what is needed, unless a person answered. A call may be reported several times, as keys are pressed and when it ends; the same report again changes nothing. Refuses a number that is nobody's hotline (501) and fields out of their bounds (121). The installation's gateway need not name the tenant: it is the one whose customer has the dialled number, or whose plan has it; of several with such a plan, the one that knows the caller's number. Where that does not tell, the request is refused (204).
  public static var callReport: Self { Self(method: .callReport) }
}

extension Operation where Request == Callout_V1_CallListRequest, Reply == Callout_V1_CallListReply {
  /// Lists reports of calls, newest first.
  public static var callList: Self { Self(method: .callList) }
}

extension Operation where Request == Callout_V1_WorkBeginRequest, Reply == Callout_V1_WorkBeginReply {
  /// Somebody begins to work, now. Work is marked as begun; from here to work.end the gates of the plan run as timers, as they do while somebody is on site. Refuses what the plan does not take as work (504), a ticket that is neither open nor dispatched, an engineer who is at work on it (503), and the 11th at once (509).
  public static var workBegin: Self { Self(method: .workBegin) }
}

extension Operation where Request == Callout_V1_WorkEndRequest, Reply == Callout_V1_WorkEndReply {
  /// Somebody ends work that was begun: it is recorded. Refuses work that is not under way (501) and an end that is not after the beginning, in the future, or more than 24 hours after it began (121).
  public static var workEnd: Self { Self(method: .workEnd) }
}

extension Operation where Request == Callout_V1_CallScheduleRequest, Reply == Callout_V1_CallScheduleReply {
  /// The desk has agreed with the customer when it will call: a call for which nobody was free is put off until then, and the customer is told so in a message. At that time the feed tells of it, unless the customer was reached since. Doing so again moves it. No clock is moved. Refuses a time at which the plan does not take such a ticket (504) or that is past (121), and a ticket that is neither open nor dispatched (503).
  public static var callSchedule: Self { Self(method: .callSchedule) }
}

extension Operation where Request == Callout_V1_MailStageRequest, Reply == Callout_V1_MailStageReply {
  /// Takes a part of a mail that is longer than one request, for mail.deliver to put together. The same part again changes nothing; other bytes in its place are refused (502). Parts that are not delivered within an hour after the latest of them are forgotten: mail.deliver refuses what misses one (517).
  public static var mailStage: Self { Self(method: .mailStage) }
}

extension Operation where Request == Callout_V1_AgreementSignRequest, Reply == Callout_V1_AgreementSignReply {
  /// Signs a customer up to a plan. It starts with nothing: package.purchase fills it. Only sales may, and who administers its work: others are refused with the plan's referral (203). Refuses a plan version that the ledger does not have (505), a second active agreement (502), a tier that the plan does not have, and what the clauses for signing up refuse, of this version or of the plan's newest (504).
  public static var agreementSign: Self { Self(method: .agreementSign) }
}

extension Operation where Request == Callout_V1_AgreementEndRequest, Reply == Callout_V1_AgreementEndReply {
  /// Ends an agreement: nothing new is bought, quoted or charged under it. What is in its wallet stays on record. Refuses one that has ended (503).
  public static var agreementEnd: Self { Self(method: .agreementEnd) }
}

extension Operation where Request == Callout_V1_AgreementGetRequest, Reply == Callout_V1_AgreementGetReply {
  /// Reads an agreement by its id, or the active one of an account. Refuses a request that names neither (121) and an account without an active one (501).
  public static var agreementGet: Self { Self(method: .agreementGet) }
}

extension Operation where Request == Callout_V1_AgreementListRequest, Reply == Callout_V1_AgreementListReply {
  /// Lists agreements in the order of their ids.
  public static var agreementList: Self { Self(method: .agreementList) }
}

extension Operation where Request == Callout_V1_PackagePurchaseRequest, Reply == Callout_V1_PackagePurchaseReply {
  /// Sells a package of the plan, whose units go into the wallet of their unit; what is left there and not expired is carried over where the package says so. Or sells a service that the plan sells for itself, which grants no units: the agreement's tier must have it (504). Only sales may, and who administers its work: others are refused with the plan's referral (203). Refuses what the plan does not sell (510), a service that was bought already (502), and an agreement that has ended (503).
  public static var packagePurchase: Self { Self(method: .packagePurchase) }
}

extension Operation where Request == Callout_V1_QuoteCreateRequest, Reply == Callout_V1_QuoteCreateReply {
  /// Rates work that is planned and holds what it would cost. Beyond what is available it needs an acknowledgement. Refuses an overage that the plan does not allow (507; there is none in its further units), and an agreement that has ended (503).
  public static var quoteCreate: Self { Self(method: .quoteCreate) }
}

extension Operation where Request == Callout_V1_QuoteAcknowledgeRequest, Reply == Callout_V1_QuoteAcknowledgeReply {
  /// Records that a contact of the customer agreed to a quote; holds its total, overage included. Refuses a quote that awaits nothing, or for which less can be drawn by now (503), or that has expired (517).
  public static var quoteAcknowledge: Self { Self(method: .quoteAcknowledge) }
}

extension Operation where Request == Callout_V1_QuoteDeclineRequest, Reply == Callout_V1_QuoteDeclineReply {
  /// Declines a quote and frees what it held. Refuses one that is settled, declined or expired (503).
  public static var quoteDecline: Self { Self(method: .quoteDecline) }
}

extension Operation where Request == Callout_V1_QuoteGetRequest, Reply == Callout_V1_QuoteGetReply {
  /// Reads a quote as it stands.
  public static var quoteGet: Self { Self(method: .quoteGet) }
}

extension Operation where Request == Callout_V1_HoldPlaceRequest, Reply == Callout_V1_HoldPlaceReply {
  /// Keeps units of an agreement aside until they are captured, voided or expire. Refuses more than is available (507) and an agreement that has ended (503).
  public static var holdPlace: Self { Self(method: .holdPlace) }
}

extension Operation where Request == Callout_V1_HoldCaptureRequest, Reply == Callout_V1_HoldCaptureReply {
  /// Charges up to the hold's amount and frees the rest. Refuses a hold that has ended (503) or expired (517).
  public static var holdCapture: Self { Self(method: .holdCapture) }
}

extension Operation where Request == Callout_V1_HoldVoidRequest, Reply == Callout_V1_HoldVoidReply {
  /// Frees all units of an open hold. Refuses one that was captured or voided (503) or has expired (517).
  public static var holdVoid: Self { Self(method: .holdVoid) }
}

extension Operation where Request == Callout_V1_HoldListRequest, Reply == Callout_V1_HoldListReply {
  /// Lists holds of an agreement, newest first.
  public static var holdList: Self { Self(method: .holdList) }
}

extension Operation where Request == Callout_V1_ChargePostRequest, Reply == Callout_V1_ChargePostReply {
  /// Rates a task by the agreement's plan and charges it at once. For work that has no ticket. What was done before units lapsed is paid by them: their expiry is reversed, and the rest lapses again. Refuses what is not available (507), a charge before the first assessment (513), a part without an agreed price (514), and an agreement that has ended (503).
  public static var chargePost: Self { Self(method: .chargePost) }
}

extension Operation where Request == Callout_V1_ChargeReverseRequest, Reply == Callout_V1_ChargeReverseReply {
  /// Reverses a transfer: the units return to the lots that paid. Not a refund of money. Refuses an empty reason (515), a transfer that is reversed already, and one that is neither a charge nor a debit by hand (503).
  public static var chargeReverse: Self { Self(method: .chargeReverse) }
}

extension Operation where Request == Callout_V1_AdjustmentPostRequest, Reply == Callout_V1_AdjustmentPostReply {
  /// Adds or takes units by hand, with a reason. Refuses an empty reason (515), and to take more than is available (507).
  public static var adjustmentPost: Self { Self(method: .adjustmentPost) }
}

extension Operation where Request == Callout_V1_BalanceGetRequest, Reply == Callout_V1_BalanceGetReply {
  /// Reads what an agreement's wallet holds, now or as it was.
  public static var balanceGet: Self { Self(method: .balanceGet) }
}

extension Operation where Request == Callout_V1_LotListRequest, Reply == Callout_V1_LotListReply {
  /// Lists lots in the order in which they are drawn.
  public static var lotList: Self { Self(method: .lotList) }
}

extension Operation where Request == Callout_V1_JournalListRequest, Reply == Callout_V1_JournalListReply {
  /// Lists transfers of an agreement in the order in which they were posted, of all units.
  public static var journalList: Self { Self(method: .journalList) }
}

extension Operation where Request == Callout_V1_TransferGetRequest, Reply == Callout_V1_TransferGetReply {
  /// Reads one transfer of the journal.
  public static var transferGet: Self { Self(method: .transferGet) }
}

extension Operation where Request == Callout_V1_StatementGetRequest, Reply == Callout_V1_StatementGetReply {
  /// Reads the statement of the period that holds an instant: as closed, or a preview while the period runs.
  public static var statementGet: Self { Self(method: .statementGet) }
}

extension Operation where Request == Callout_V1_StatementListRequest, Reply == Callout_V1_StatementListReply {
  /// Lists closed statements, newest first, without lines and text.
  public static var statementList: Self { Self(method: .statementList) }
}

extension Operation where Request == Callout_V1_InvoiceListRequest, Reply == Callout_V1_InvoiceListReply {
  /// Lists an agreement's bills for overage, newest first.
  public static var invoiceList: Self { Self(method: .invoiceList) }
}

extension Operation where Request == Callout_V1_TicketchargeGetRequest, Reply == Callout_V1_TicketchargeGetReply {
  /// What a ticket has cost so far and what is held for it.
  public static var ticketchargeGet: Self { Self(method: .ticketchargeGet) }
}

extension Operation where Request == Callout_V1_ChargePostManyRequest, Reply == Callout_V1_ChargePostManyReply {
  /// Posts up to 1,000 charges in one request. Each is decided on its own, in their order, as charge.post would: one that is refused leaves the others as they are. All have the request's key, so that repeating it gets the same outcomes.
  public static var chargePostMany: Self { Self(method: .chargePostMany) }
}

extension Operation where Request == Callout_V1_AgreementRenewRequest, Reply == Callout_V1_AgreementRenewReply {
  /// Agrees on a further term, under a version of the same plan. What was bought stays, and so does what is in the wallets. Refuses an agreement that has ended (503), a version of another plan, or one that has another zone, currency, unit or statement period (503), and what this version or the plan's newest does not renew, such as after a product's end of life (504).
  public static var agreementRenew: Self { Self(method: .agreementRenew) }
}

extension Operation where Request == Callout_V1_OrderPlaceRequest, Reply == Callout_V1_OrderPlaceReply {
  /// Buys a package that the plan has on standing order, and buys it again every month, quarter or year at the start of the same day of the month in the plan's zone (the month's last day where it lacks that day), until the order or the agreement ends. Refuses what package.purchase refuses, and a package that is not for standing orders (510).
  public static var orderPlace: Self { Self(method: .orderPlace) }
}

extension Operation where Request == Callout_V1_OrderEndRequest, Reply == Callout_V1_OrderEndReply {
  /// Ends a standing order: it is not bought again. What was bought stays. Refuses one that has ended (503).
  public static var orderEnd: Self { Self(method: .orderEnd) }
}

extension Operation where Request == Callout_V1_OrderListRequest, Reply == Callout_V1_OrderListReply {
  /// Lists standing orders of an agreement, newest first.
  public static var orderList: Self { Self(method: .orderList) }
}

extension Operation where Request == Callout_V1_PersonSetRequest, Reply == Callout_V1_PersonSetReply {
  /// Creates a person, or replaces one whose id is given.
  public static var personSet: Self { Self(method: .personSet) }
}

extension Operation where Request == Callout_V1_PersonListRequest, Reply == Callout_V1_PersonListReply {
  /// Lists the people who can be told, in the order of their ids.
  public static var personList: Self { Self(method: .personList) }
}

extension Operation where Request == Callout_V1_RotaSetRequest, Reply == Callout_V1_RotaSetReply {
  /// Creates a rota, or replaces the one of the same name from now on: what held before is kept for questions about the past. Its lowest layer stands in the fields of the request. Of a group everyone on a layer is told while the layer has somebody. The desk is warned 14 days before a time in which nobody is on duty, and again 3 days before, in the change feed (rota.uncovered) and by mail: to everyone on group.desk, or, where there is no such group, to everyone on the rota. Where none of them has a mail address, it is tried again every day.
  public static var rotaSet: Self { Self(method: .rotaSet) }
}

extension Operation where Request == Callout_V1_RotaListRequest, Reply == Callout_V1_RotaListReply {
  /// Lists rotas in the order of their ids.
  public static var rotaList: Self { Self(method: .rotaList) }
}

extension Operation where Request == Callout_V1_RotaWhoRequest, Reply == Callout_V1_RotaWhoReply {
  /// Says who is on duty at an instant, past or future, overrides counted. A past instant is answered by the rota that held then. Refuses a name that no rota has (501).
  public static var rotaWho: Self { Self(method: .rotaWho) }
}

extension Operation where Request == Callout_V1_OverrideAddRequest, Reply == Callout_V1_OverrideAddReply {
  /// Gives a rota's duty to someone for a while, whoever's turn it is; where two overlap, the one added last holds. Refuses a rota or a person not known (501) and the 1,001st of a rota (509).
  public static var overrideAdd: Self { Self(method: .overrideAdd) }
}

extension Operation where Request == Callout_V1_OverrideRemoveRequest, Reply == Callout_V1_OverrideRemoveReply {
  /// Removes an override: the turns of the rota hold again. One that has begun ends now. Refuses one that is not there (501), and one that is over for less than 366 days (503): it tells who was on duty.
  public static var overrideRemove: Self { Self(method: .overrideRemove) }
}

extension Operation where Request == Callout_V1_OverrideListRequest, Reply == Callout_V1_OverrideListReply {
  /// Lists overrides, those that are over included.
  public static var overrideList: Self { Self(method: .overrideList) }
}

extension Operation where Request == Callout_V1_SlaclockListRequest, Reply == Callout_V1_SlaclockListReply {
  /// Lists the clocks that measure tickets' targets, with what each went through. Refuses a state of another name (121).
  public static var slaclockList: Self { Self(method: .slaclockList) }
}

extension Operation where Request == Callout_V1_EscalationListRequest, Reply == Callout_V1_EscalationListReply {
  /// Lists runs of ladders, newest first.
  public static var escalationList: Self { Self(method: .escalationList) }
}

extension Operation where Request == Callout_V1_EscalationAcknowledgeRequest, Reply == Callout_V1_EscalationAcknowledgeReply {
  /// Someone takes it: the ladder stops. Where the plan wants the customer reached in time (contact_within), it goes on if nobody does. Intake is told. Refuses a run whose ladder has stopped (503).
  public static var escalationAcknowledge: Self { Self(method: .escalationAcknowledge) }
}

extension Operation where Request == Callout_V1_DeliveryListRequest, Reply == Callout_V1_DeliveryListReply {
  /// Lists messages that were sent or wait, newest first. Refuses a state of another name (121).
  public static var deliveryList: Self { Self(method: .deliveryList) }
}

extension Operation where Request == Callout_V1_DeliveryReportRequest, Reply == Callout_V1_DeliveryReportReply {
  /// Tells what came of an attempt to deliver. A report of an attempt that is recorded changes nothing. Refuses a number that leaves attempts out (121).
  public static var deliveryReport: Self { Self(method: .deliveryReport) }
}

extension Operation where Request == Callout_V1_DeliveryAnswerRequest, Reply == Callout_V1_DeliveryAnswerReply {
  /// Tells what became of a message that was sent, as who rings phones knows it: a step's `when` asks for it. A person who answers takes the escalation, and its ladder stops. Where the messages of a step differ, a voicemail counts before no answer, and refused counts only when all of them were. An answer to a message that carries others is one to each of them. What is not told is no answer. Telling the same again changes nothing; another answer is refused, as is one to a message that was not sent (503).
  public static var deliveryAnswer: Self { Self(method: .deliveryAnswer) }
}

extension Operation where Request == Callout_V1_EscalationCallRequest, Reply == Callout_V1_EscalationCallReply {
  /// Takes a customer's own call about a ticket, as the telephone system heard it. The keys bring forward the first later step whose `or_when` names them: what lies between is recorded as passed over, the step is taken at once, and those after it keep their distance. A second call with the same keys changes nothing. A voicemail counts as the answer of the step that is then the latest; a person who answers takes the ticket's escalations, and nobody else is rung. Refuses a ticket that is not known here (501).
  public static var escalationCall: Self { Self(method: .escalationCall) }
}

extension Operation where Request == Callout_V1_NoticeListRequest, Reply == Callout_V1_NoticeListReply {
  /// Lists what customers were told apart from ladders, newest first.
  public static var noticeList: Self { Self(method: .noticeList) }
}

extension Operation where Request == Callout_V1_RotaForecastRequest, Reply == Callout_V1_RotaForecastReply {
  /// Tells who will be on duty, stretch by stretch, and when nobody will. Refuses a name that no rota has (501), a plan that is not published here (505), and a time that is past or too long (121).
  public static var rotaForecast: Self { Self(method: .rotaForecast) }
}

extension Operation where Request == Callout_V1_EscalationGetRequest, Reply == Callout_V1_EscalationGetReply {
  /// Reads a run with its steps, what else happened, and its messages with every attempt. Refuses one that is not there (501).
  public static var escalationGet: Self { Self(method: .escalationGet) }
}

extension Operation where Request == Callout_V1_EscalationPreviewRequest, Reply == Callout_V1_EscalationPreviewReply {
  /// Tells whom a ladder would tell, when and how, if nobody took it. Nobody is told, and nothing is changed. Refuses a plan that is not published here (505), and a ladder, target or class that it does not have (510).
  public static var escalationPreview: Self { Self(method: .escalationPreview) }
}

extension Operation where Request == Callout_V1_TemplateSetRequest, Reply == Callout_V1_TemplateSetReply {
  /// Keeps a draft of a tenant's own words for a kind of message in a language, in place of the draft before. Nothing is written with it until it is published. Refuses what does not parse, names a field that the kind does not have, or is HTML that could do harm (121, with the line and what exists), and the 33rd language of a kind (509).
  public static var templateSet: Self { Self(method: .templateSet) }
}

extension Operation where Request == Callout_V1_TemplatePublishRequest, Reply == Callout_V1_TemplatePublishReply {
  /// Makes the draft, or an earlier edition again, the words of every message from now on, as a new edition. Editions are kept for ever. Refuses a template that is not there (501), an edition that is not there (501), and the 10,001st edition (509).
  public static var templatePublish: Self { Self(method: .templatePublish) }
}

extension Operation where Request == Callout_V1_TemplatePreviewRequest, Reply == Callout_V1_TemplatePreviewReply {
  /// Shows what a template makes of sample facts, or of those of a real notice of its kind. Nothing is sent.
  public static var templatePreview: Self { Self(method: .templatePreview) }
}

extension Operation where Request == Callout_V1_TemplateGetRequest, Reply == Callout_V1_TemplateGetReply {
  /// Reads a template with its words.
  public static var templateGet: Self { Self(method: .templateGet) }
}

extension Operation where Request == Callout_V1_TemplateListRequest, Reply == Callout_V1_TemplateListReply {
  /// Lists a tenant's templates in the order in which they were made, without their words.
  public static var templateList: Self { Self(method: .templateList) }
}

extension Operation where Request == Callout_V1_EndpointSetRequest, Reply == Callout_V1_EndpointSetReply {
  /// Makes an endpoint for signed webhooks, or changes the one of that name. Where a secret is made, the reply is the only place that ever shows it. Messages are signed as the Standard Webhooks convention has it, with both secrets while one replaces the other. Refuses an address that another endpoint has (502).
  public static var endpointSet: Self { Self(method: .endpointSet) }
}

extension Operation where Request == Callout_V1_EndpointListRequest, Reply == Callout_V1_EndpointListReply {
  /// Lists the endpoints in the order of their making.
  public static var endpointList: Self { Self(method: .endpointList) }
}

extension Operation where Request == Callout_V1_EndpointRemoveRequest, Reply == Callout_V1_EndpointRemoveReply {
  /// Removes an endpoint; what is still to be sent there is tried in vain until its deadline. Refuses one that is not there (501).
  public static var endpointRemove: Self { Self(method: .endpointRemove) }
}

extension OperationShape {
  /// Every operation, by number.
  public static let all: [OperationShape] = [
    OperationShape(method: .tenantCreate, service: nil, request: .tenantCreateRequest, reply: .tenantCreateReply),
    OperationShape(method: .tenantGet, service: nil, request: .tenantGetRequest, reply: .tenantGetReply),
    OperationShape(method: .tenantList, service: nil, request: .tenantListRequest, reply: .tenantListReply),
    OperationShape(method: .planPublish, service: nil, request: .planPublishRequest, reply: .planPublishReply),
    OperationShape(method: .planGet, service: nil, request: .planGetRequest, reply: .planGetReply),
    OperationShape(method: .planList, service: nil, request: .planListRequest, reply: .planListReply),
    OperationShape(method: .clockGet, service: nil, request: .clockGetRequest, reply: .clockGetReply),
    OperationShape(method: .clockAdvance, service: nil, request: .clockAdvanceRequest, reply: .clockAdvanceReply),
    OperationShape(method: .pendingGet, service: nil, request: .pendingGetRequest, reply: .pendingGetReply),
    OperationShape(method: .eventApply, service: nil, request: .eventApplyRequest, reply: .eventApplyReply),
    OperationShape(method: .serviceStatus, service: nil, request: .serviceStatusRequest, reply: .serviceStatusReply),
    OperationShape(method: .changesWatch, service: nil, request: .changesWatchRequest, reply: .change),
    OperationShape(method: .tenantUpdate, service: nil, request: .tenantUpdateRequest, reply: .tenantUpdateReply),
    OperationShape(method: .accountCreate, service: .intake, request: .accountCreateRequest, reply: .accountCreateReply),
    OperationShape(method: .accountUpdate, service: .intake, request: .accountUpdateRequest, reply: .accountUpdateReply),
    OperationShape(method: .accountGet, service: .intake, request: .accountGetRequest, reply: .accountGetReply),
    OperationShape(method: .accountList, service: .intake, request: .accountListRequest, reply: .accountListReply),
    OperationShape(method: .subsidiaryAdd, service: .intake, request: .subsidiaryAddRequest, reply: .subsidiaryAddReply),
    OperationShape(method: .assessmentRecord, service: .intake, request: .assessmentRecordRequest, reply: .assessmentRecordReply),
    OperationShape(method: .contactAppoint, service: .intake, request: .contactAppointRequest, reply: .contactAppointReply),
    OperationShape(method: .contactList, service: .intake, request: .contactListRequest, reply: .contactListReply),
    OperationShape(method: .assetRegister, service: .intake, request: .assetRegisterRequest, reply: .assetRegisterReply),
    OperationShape(method: .assetUpdate, service: .intake, request: .assetUpdateRequest, reply: .assetUpdateReply),
    OperationShape(method: .assetList, service: .intake, request: .assetListRequest, reply: .assetListReply),
    OperationShape(method: .ticketOpen, service: .intake, request: .ticketOpenRequest, reply: .ticketOpenReply),
    OperationShape(method: .ticketGet, service: .intake, request: .ticketGetRequest, reply: .ticketGetReply),
    OperationShape(method: .ticketList, service: .intake, request: .ticketListRequest, reply: .ticketListReply),
    OperationShape(method: .ticketAcknowledge, service: .intake, request: .ticketAcknowledgeRequest, reply: .ticketAcknowledgeReply),
    OperationShape(method: .ticketContact, service: .intake, request: .ticketContactRequest, reply: .ticketContactReply),
    OperationShape(method: .ticketBegin, service: .intake, request: .ticketBeginRequest, reply: .ticketBeginReply),
    OperationShape(method: .ticketClassify, service: .intake, request: .ticketClassifyRequest, reply: .ticketClassifyReply),
    OperationShape(method: .ticketLink, service: .intake, request: .ticketLinkRequest, reply: .ticketLinkReply),
    OperationShape(method: .ticketDispatch, service: .intake, request: .ticketDispatchRequest, reply: .ticketDispatchReply),
    OperationShape(method: .ticketResolve, service: .intake, request: .ticketResolveRequest, reply: .ticketResolveReply),
    OperationShape(method: .ticketClose, service: .intake, request: .ticketCloseRequest, reply: .ticketCloseReply),
    OperationShape(method: .ticketReopen, service: .intake, request: .ticketReopenRequest, reply: .ticketReopenReply),
    OperationShape(method: .messagePost, service: .intake, request: .messagePostRequest, reply: .messagePostReply),
    OperationShape(method: .workRecord, service: .intake, request: .workRecordRequest, reply: .workRecordReply),
    OperationShape(method: .consentRecord, service: .intake, request: .consentRecordRequest, reply: .consentRecordReply),
    OperationShape(method: .partAdd, service: .intake, request: .partAddRequest, reply: .partAddReply),
    OperationShape(method: .visitSchedule, service: .intake, request: .visitScheduleRequest, reply: .visitScheduleReply),
    OperationShape(method: .visitArrive, service: .intake, request: .visitArriveRequest, reply: .visitArriveReply),
    OperationShape(method: .visitDepart, service: .intake, request: .visitDepartRequest, reply: .visitDepartReply),
    OperationShape(method: .visitCancel, service: .intake, request: .visitCancelRequest, reply: .visitCancelReply),
    OperationShape(method: .visitList, service: .intake, request: .visitListRequest, reply: .visitListReply),
    OperationShape(method: .messageList, service: .intake, request: .messageListRequest, reply: .messageListReply),
    OperationShape(method: .attemptList, service: .intake, request: .attemptListRequest, reply: .attemptListReply),
    OperationShape(method: .ticketWhy, service: .intake, request: .ticketWhyRequest, reply: .ticketWhyReply),
    OperationShape(method: .articleCreate, service: .intake, request: .articleCreateRequest, reply: .articleCreateReply),
    OperationShape(method: .articleEdit, service: .intake, request: .articleEditRequest, reply: .articleEditReply),
    OperationShape(method: .articlePublish, service: .intake, request: .articlePublishRequest, reply: .articlePublishReply),
    OperationShape(method: .articleRetire, service: .intake, request: .articleRetireRequest, reply: .articleRetireReply),
    OperationShape(method: .articleGet, service: .intake, request: .articleGetRequest, reply: .articleGetReply),
    OperationShape(method: .articleList, service: .intake, request: .articleListRequest, reply: .articleListReply),
    OperationShape(method: .articleHistory, service: .intake, request: .articleHistoryRequest, reply: .articleHistoryReply),
    OperationShape(method: .articleSearch, service: .intake, request: .articleSearchRequest, reply: .articleSearchReply),
    OperationShape(method: .articleLink, service: .intake, request: .articleLinkRequest, reply: .articleLinkReply),
    OperationShape(method: .topicOpen, service: .intake, request: .topicOpenRequest, reply: .topicOpenReply),
    OperationShape(method: .topicGet, service: .intake, request: .topicGetRequest, reply: .topicGetReply),
    OperationShape(method: .topicList, service: .intake, request: .topicListRequest, reply: .topicListReply),
    OperationShape(method: .topicModerate, service: .intake, request: .topicModerateRequest, reply: .topicModerateReply),
    OperationShape(method: .replyPost, service: .intake, request: .replyPostRequest, reply: .replyPostReply),
    OperationShape(method: .replyList, service: .intake, request: .replyListRequest, reply: .replyListReply),
    OperationShape(method: .replyModerate, service: .intake, request: .replyModerateRequest, reply: .replyModerateReply),
    OperationShape(method: .moderationList, service: .intake, request: .moderationListRequest, reply: .moderationListReply),
    OperationShape(method: .courseCreate, service: .intake, request: .courseCreateRequest, reply: .courseCreateReply),
    OperationShape(method: .coursePublish, service: .intake, request: .coursePublishRequest, reply: .coursePublishReply),
    OperationShape(method: .courseRetire, service: .intake, request: .courseRetireRequest, reply: .courseRetireReply),
    OperationShape(method: .courseGet, service: .intake, request: .courseGetRequest, reply: .courseGetReply),
    OperationShape(method: .courseList, service: .intake, request: .courseListRequest, reply: .courseListReply),
    OperationShape(method: .courseEnrol, service: .intake, request: .courseEnrolRequest, reply: .courseEnrolReply),
    OperationShape(method: .lessonAdd, service: .intake, request: .lessonAddRequest, reply: .lessonAddReply),
    OperationShape(method: .lessonUpdate, service: .intake, request: .lessonUpdateRequest, reply: .lessonUpdateReply),
    OperationShape(method: .lessonRemove, service: .intake, request: .lessonRemoveRequest, reply: .lessonRemoveReply),
    OperationShape(method: .lessonGet, service: .intake, request: .lessonGetRequest, reply: .lessonGetReply),
    OperationShape(method: .lessonComplete, service: .intake, request: .lessonCompleteRequest, reply: .lessonCompleteReply),
    OperationShape(method: .enrolmentList, service: .intake, request: .enrolmentListRequest, reply: .enrolmentListReply),
    OperationShape(method: .admissionAsk, service: .intake, request: .admissionAskRequest, reply: .admissionAskReply),
    OperationShape(method: .admissionGet, service: .intake, request: .admissionGetRequest, reply: .admissionGetReply),
    OperationShape(method: .obligationRecord, service: .intake, request: .obligationRecordRequest, reply: .obligationRecordReply),
    OperationShape(method: .misuseReview, service: .intake, request: .misuseReviewRequest, reply: .misuseReviewReply),
    OperationShape(method: .mailTake, service: .intake, request: .mailTakeRequest, reply: .mailTakeReply),
    OperationShape(method: .ticketMerge, service: .intake, request: .ticketMergeRequest, reply: .ticketMergeReply),
    OperationShape(method: .ticketSplit, service: .intake, request: .ticketSplitRequest, reply: .ticketSplitReply),
    OperationShape(method: .mailDeliver, service: .intake, request: .mailDeliverRequest, reply: .mailDeliverReply),
    OperationShape(method: .mailGet, service: .intake, request: .mailGetRequest, reply: .mailGetReply),
    OperationShape(method: .mailList, service: .intake, request: .mailListRequest, reply: .mailListReply),
    OperationShape(method: .mailboxSet, service: .intake, request: .mailboxSetRequest, reply: .mailboxSetReply),
    OperationShape(method: .mailboxRemove, service: .intake, request: .mailboxRemoveRequest, reply: .mailboxRemoveReply),
    OperationShape(method: .mailboxList, service: .intake, request: .mailboxListRequest, reply: .mailboxListReply),
    OperationShape(method: .callReport, service: .intake, request: .callReportRequest, reply: .callReportReply),
    OperationShape(method: .callList, service: .intake, request: .callListRequest, reply: .callListReply),
    OperationShape(method: .workBegin, service: .intake, request: .workBeginRequest, reply: .workBeginReply),
    OperationShape(method: .workEnd, service: .intake, request: .workEndRequest, reply: .workEndReply),
    OperationShape(method: .callSchedule, service: .intake, request: .callScheduleRequest, reply: .callScheduleReply),
    OperationShape(method: .mailStage, service: .intake, request: .mailStageRequest, reply: .mailStageReply),
    OperationShape(method: .agreementSign, service: .ledger, request: .agreementSignRequest, reply: .agreementSignReply),
    OperationShape(method: .agreementEnd, service: .ledger, request: .agreementEndRequest, reply: .agreementEndReply),
    OperationShape(method: .agreementGet, service: .ledger, request: .agreementGetRequest, reply: .agreementGetReply),
    OperationShape(method: .agreementList, service: .ledger, request: .agreementListRequest, reply: .agreementListReply),
    OperationShape(method: .packagePurchase, service: .ledger, request: .packagePurchaseRequest, reply: .packagePurchaseReply),
    OperationShape(method: .quoteCreate, service: .ledger, request: .quoteCreateRequest, reply: .quoteCreateReply),
    OperationShape(method: .quoteAcknowledge, service: .ledger, request: .quoteAcknowledgeRequest, reply: .quoteAcknowledgeReply),
    OperationShape(method: .quoteDecline, service: .ledger, request: .quoteDeclineRequest, reply: .quoteDeclineReply),
    OperationShape(method: .quoteGet, service: .ledger, request: .quoteGetRequest, reply: .quoteGetReply),
    OperationShape(method: .holdPlace, service: .ledger, request: .holdPlaceRequest, reply: .holdPlaceReply),
    OperationShape(method: .holdCapture, service: .ledger, request: .holdCaptureRequest, reply: .holdCaptureReply),
    OperationShape(method: .holdVoid, service: .ledger, request: .holdVoidRequest, reply: .holdVoidReply),
    OperationShape(method: .holdList, service: .ledger, request: .holdListRequest, reply: .holdListReply),
    OperationShape(method: .chargePost, service: .ledger, request: .chargePostRequest, reply: .chargePostReply),
    OperationShape(method: .chargeReverse, service: .ledger, request: .chargeReverseRequest, reply: .chargeReverseReply),
    OperationShape(method: .adjustmentPost, service: .ledger, request: .adjustmentPostRequest, reply: .adjustmentPostReply),
    OperationShape(method: .balanceGet, service: .ledger, request: .balanceGetRequest, reply: .balanceGetReply),
    OperationShape(method: .lotList, service: .ledger, request: .lotListRequest, reply: .lotListReply),
    OperationShape(method: .journalList, service: .ledger, request: .journalListRequest, reply: .journalListReply),
    OperationShape(method: .transferGet, service: .ledger, request: .transferGetRequest, reply: .transferGetReply),
    OperationShape(method: .statementGet, service: .ledger, request: .statementGetRequest, reply: .statementGetReply),
    OperationShape(method: .statementList, service: .ledger, request: .statementListRequest, reply: .statementListReply),
    OperationShape(method: .invoiceList, service: .ledger, request: .invoiceListRequest, reply: .invoiceListReply),
    OperationShape(method: .ticketchargeGet, service: .ledger, request: .ticketchargeGetRequest, reply: .ticketchargeGetReply),
    OperationShape(method: .chargePostMany, service: .ledger, request: .chargePostManyRequest, reply: .chargePostManyReply),
    OperationShape(method: .agreementRenew, service: .ledger, request: .agreementRenewRequest, reply: .agreementRenewReply),
    OperationShape(method: .orderPlace, service: .ledger, request: .orderPlaceRequest, reply: .orderPlaceReply),
    OperationShape(method: .orderEnd, service: .ledger, request: .orderEndRequest, reply: .orderEndReply),
    OperationShape(method: .orderList, service: .ledger, request: .orderListRequest, reply: .orderListReply),
    OperationShape(method: .personSet, service: .notifier, request: .personSetRequest, reply: .personSetReply),
    OperationShape(method: .personList, service: .notifier, request: .personListRequest, reply: .personListReply),
    OperationShape(method: .rotaSet, service: .notifier, request: .rotaSetRequest, reply: .rotaSetReply),
    OperationShape(method: .rotaList, service: .notifier, request: .rotaListRequest, reply: .rotaListReply),
    OperationShape(method: .rotaWho, service: .notifier, request: .rotaWhoRequest, reply: .rotaWhoReply),
    OperationShape(method: .overrideAdd, service: .notifier, request: .overrideAddRequest, reply: .overrideAddReply),
    OperationShape(method: .overrideRemove, service: .notifier, request: .overrideRemoveRequest, reply: .overrideRemoveReply),
    OperationShape(method: .overrideList, service: .notifier, request: .overrideListRequest, reply: .overrideListReply),
    OperationShape(method: .slaclockList, service: .notifier, request: .slaclockListRequest, reply: .slaclockListReply),
    OperationShape(method: .escalationList, service: .notifier, request: .escalationListRequest, reply: .escalationListReply),
    OperationShape(method: .escalationAcknowledge, service: .notifier, request: .escalationAcknowledgeRequest, reply: .escalationAcknowledgeReply),
    OperationShape(method: .deliveryList, service: .notifier, request: .deliveryListRequest, reply: .deliveryListReply),
    OperationShape(method: .deliveryReport, service: .notifier, request: .deliveryReportRequest, reply: .deliveryReportReply),
    OperationShape(method: .deliveryAnswer, service: .notifier, request: .deliveryAnswerRequest, reply: .deliveryAnswerReply),
    OperationShape(method: .escalationCall, service: .notifier, request: .escalationCallRequest, reply: .escalationCallReply),
    OperationShape(method: .noticeList, service: .notifier, request: .noticeListRequest, reply: .noticeListReply),
    OperationShape(method: .rotaForecast, service: .notifier, request: .rotaForecastRequest, reply: .rotaForecastReply),
    OperationShape(method: .escalationGet, service: .notifier, request: .escalationGetRequest, reply: .escalationGetReply),
    OperationShape(method: .escalationPreview, service: .notifier, request: .escalationPreviewRequest, reply: .escalationPreviewReply),
    OperationShape(method: .templateSet, service: .notifier, request: .templateSetRequest, reply: .templateSetReply),
    OperationShape(method: .templatePublish, service: .notifier, request: .templatePublishRequest, reply: .templatePublishReply),
    OperationShape(method: .templatePreview, service: .notifier, request: .templatePreviewRequest, reply: .templatePreviewReply),
    OperationShape(method: .templateGet, service: .notifier, request: .templateGetRequest, reply: .templateGetReply),
    OperationShape(method: .templateList, service: .notifier, request: .templateListRequest, reply: .templateListReply),
    OperationShape(method: .endpointSet, service: .notifier, request: .endpointSetRequest, reply: .endpointSetReply),
    OperationShape(method: .endpointList, service: .notifier, request: .endpointListRequest, reply: .endpointListReply),
    OperationShape(method: .endpointRemove, service: .notifier, request: .endpointRemoveRequest, reply: .endpointRemoveReply),
  ]
}

extension MessageShape {
  /// Shape of `Page`.
  public static let page = MessageShape("Page", [
    FieldShape(1, "size", .uint32, repeated: false),
    FieldShape(2, "after", .hex, repeated: false),
  ])
  /// Shape of `Fact`.
  public static let fact = MessageShape("Fact", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "text", .text, repeated: false, .explicit),
    FieldShape(3, "number", .int64, repeated: false, .explicit),
    FieldShape(4, "flag", .flag, repeated: false, .explicit),
    FieldShape(5, "list", .message("TextList"), repeated: false, .explicit),
    FieldShape(6, "instant", .instant, repeated: false, .explicit),
  ])
  /// Shape of `TextList`.
  public static let textList = MessageShape("TextList", [
    FieldShape(1, "items", .text, repeated: true),
  ])
  /// Shape of `ClauseFinding`.
  public static let clauseFinding = MessageShape("ClauseFinding", [
    FieldShape(1, "id", .text, repeated: false),
    FieldShape(2, "failed", .flag, repeated: false),
    FieldShape(3, "text", .text, repeated: false),
    FieldShape(4, "refer", .text, repeated: false),
    FieldShape(5, "accept_if", .text, repeated: false),
    FieldShape(6, "looked", .text, repeated: true),
  ])
  /// Shape of `ChargeLine`.
  public static let chargeLine = MessageShape("ChargeLine", [
    FieldShape(1, "clause", .text, repeated: false),
    FieldShape(2, "kind", .text, repeated: false),
    FieldShape(3, "amount", .int64, repeated: false),
    FieldShape(4, "text", .text, repeated: false),
    FieldShape(5, "arithmetic", .text, repeated: false),
    FieldShape(6, "inputs", .text, repeated: true),
  ])
  /// Shape of `Interval`.
  public static let interval = MessageShape("Interval", [
    FieldShape(1, "from", .instant, repeated: false),
    FieldShape(2, "to", .instant, repeated: false),
  ])
  /// Shape of `Part`.
  public static let part = MessageShape("Part", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "price", .int64, repeated: false),
    FieldShape(3, "minutes", .uint32, repeated: false),
  ])
  /// Shape of `Task`.
  public static let task = MessageShape("Task", [
    FieldShape(1, "facts", .message("Fact"), repeated: true),
    FieldShape(2, "work", .message("Interval"), repeated: true),
    FieldShape(3, "minutes", .uint32, repeated: false),
    FieldShape(4, "reported", .instant, repeated: false),
    FieldShape(5, "completed", .instant, repeated: false),
    FieldShape(6, "blocks_consented", .uint32, repeated: false),
    FieldShape(7, "assessed", .flag, repeated: false),
    FieldShape(8, "assessment", .text, repeated: true),
    FieldShape(9, "override_reason", .text, repeated: false),
    FieldShape(10, "earlier_closed", .instant, repeated: false),
    FieldShape(11, "parts", .message("Part"), repeated: true),
    FieldShape(12, "misused_class", .text, repeated: false),
    FieldShape(13, "beyond", .message("Interval"), repeated: true),
  ])
  /// Shape of `Tenant`.
  public static let tenant = MessageShape("Tenant", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "test", .flag, repeated: false),
    FieldShape(4, "clock", .instant, repeated: false),
    FieldShape(5, "created", .instant, repeated: false),
    FieldShape(6, "language", .text, repeated: false),
    FieldShape(7, "version", .uint64, repeated: false),
  ])
  /// Shape of `TenantCreateRequest`.
  public static let tenantCreateRequest = MessageShape("TenantCreateRequest", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "test", .flag, repeated: false),
    FieldShape(3, "clock", .instant, repeated: false),
    FieldShape(4, "language", .text, repeated: false),
  ])
  /// Shape of `TenantCreateReply`.
  public static let tenantCreateReply = MessageShape("TenantCreateReply", [
    FieldShape(1, "tenant", .message("Tenant"), repeated: false),
  ])
  /// Shape of `TenantGetRequest`.
  public static let tenantGetRequest = MessageShape("TenantGetRequest", [
  ])
  /// Shape of `TenantGetReply`.
  public static let tenantGetReply = MessageShape("TenantGetReply", [
    FieldShape(1, "tenant", .message("Tenant"), repeated: false),
  ])
  /// Shape of `TenantListRequest`.
  public static let tenantListRequest = MessageShape("TenantListRequest", [
    FieldShape(1, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `TenantListReply`.
  public static let tenantListReply = MessageShape("TenantListReply", [
    FieldShape(1, "tenants", .message("Tenant"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `TenantUpdateRequest`.
  public static let tenantUpdateRequest = MessageShape("TenantUpdateRequest", [
    FieldShape(1, "language", .text, repeated: false),
  ])
  /// Shape of `TenantUpdateReply`.
  public static let tenantUpdateReply = MessageShape("TenantUpdateReply", [
    FieldShape(1, "tenant", .message("Tenant"), repeated: false),
  ])
  /// Shape of `PlanVersion`.
  public static let planVersion = MessageShape("PlanVersion", [
    FieldShape(1, "version", .hex, repeated: false),
    FieldShape(2, "plan", .text, repeated: false),
    FieldShape(3, "title", .text, repeated: false),
    FieldShape(4, "published", .instant, repeated: false),
  ])
  /// Shape of `PlanPublishRequest`.
  public static let planPublishRequest = MessageShape("PlanPublishRequest", [
    FieldShape(1, "document", .document, repeated: false),
  ])
  /// Shape of `PlanPublishReply`.
  public static let planPublishReply = MessageShape("PlanPublishReply", [
    FieldShape(1, "version", .message("PlanVersion"), repeated: false),
  ])
  /// Shape of `PlanGetRequest`.
  public static let planGetRequest = MessageShape("PlanGetRequest", [
    FieldShape(1, "version", .hex, repeated: false),
    FieldShape(2, "plan", .text, repeated: false),
  ])
  /// Shape of `PlanGetReply`.
  public static let planGetReply = MessageShape("PlanGetReply", [
    FieldShape(1, "version", .message("PlanVersion"), repeated: false),
    FieldShape(2, "document", .document, repeated: false),
  ])
  /// Shape of `PlanListRequest`.
  public static let planListRequest = MessageShape("PlanListRequest", [
    FieldShape(1, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `PlanListReply`.
  public static let planListReply = MessageShape("PlanListReply", [
    FieldShape(1, "versions", .message("PlanVersion"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `ClockGetRequest`.
  public static let clockGetRequest = MessageShape("ClockGetRequest", [
  ])
  /// Shape of `ClockGetReply`.
  public static let clockGetReply = MessageShape("ClockGetReply", [
    FieldShape(1, "now", .instant, repeated: false),
    FieldShape(2, "next_due", .instant, repeated: false),
  ])
  /// Shape of `ClockAdvanceRequest`.
  public static let clockAdvanceRequest = MessageShape("ClockAdvanceRequest", [
    FieldShape(1, "to", .instant, repeated: false),
  ])
  /// Shape of `ClockAdvanceReply`.
  public static let clockAdvanceReply = MessageShape("ClockAdvanceReply", [
    FieldShape(1, "now", .instant, repeated: false),
  ])
  /// Shape of `PendingGetRequest`.
  public static let pendingGetRequest = MessageShape("PendingGetRequest", [
  ])
  /// Shape of `PendingGetReply`.
  public static let pendingGetReply = MessageShape("PendingGetReply", [
    FieldShape(1, "timers_due", .uint64, repeated: false),
    FieldShape(2, "events_waiting", .uint64, repeated: false),
    FieldShape(3, "events_refused", .uint64, repeated: false),
    FieldShape(4, "next_due", .instant, repeated: false),
    FieldShape(5, "now", .instant, repeated: false),
  ])
  /// Shape of `EventApplyRequest`.
  public static let eventApplyRequest = MessageShape("EventApplyRequest", [
    FieldShape(1, "event", .hex, repeated: false),
  ])
  /// Shape of `EventApplyReply`.
  public static let eventApplyReply = MessageShape("EventApplyReply", [
    FieldShape(1, "applied", .flag, repeated: false),
  ])
  /// Shape of `ServiceStatusRequest`.
  public static let serviceStatusRequest = MessageShape("ServiceStatusRequest", [
  ])
  /// Shape of `ServiceStatusReply`.
  public static let serviceStatusReply = MessageShape("ServiceStatusReply", [
    FieldShape(1, "service", .text, repeated: false),
    FieldShape(2, "version", .text, repeated: false),
    FieldShape(3, "state", .text, repeated: false),
    FieldShape(4, "now", .instant, repeated: false),
    FieldShape(5, "started", .instant, repeated: false),
  ])
  /// Shape of `ChangesWatchRequest`.
  public static let changesWatchRequest = MessageShape("ChangesWatchRequest", [
    FieldShape(1, "after", .hex, repeated: false),
    FieldShape(2, "kinds", .text, repeated: true),
    FieldShape(3, "subject", .uuid, repeated: false),
  ])
  /// Shape of `Change`.
  public static let change = MessageShape("Change", [
    FieldShape(1, "cursor", .hex, repeated: false),
    FieldShape(2, "at", .instant, repeated: false),
    FieldShape(3, "kind", .text, repeated: false),
    FieldShape(4, "subject", .uuid, repeated: false),
    FieldShape(5, "version", .uint64, repeated: false),
    FieldShape(6, "text", .text, repeated: false),
  ])
  /// Shape of `Article`.
  public static let article = MessageShape("Article", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "kind", .text, repeated: false),
    FieldShape(3, "state", .text, repeated: false),
    FieldShape(4, "language", .text, repeated: false),
    FieldShape(5, "title", .text, repeated: false),
    FieldShape(6, "tags", .text, repeated: true),
    FieldShape(7, "body", .text, repeated: false),
    FieldShape(8, "edition", .uint64, repeated: false),
    FieldShape(9, "latest_edition", .uint64, repeated: false),
    FieldShape(10, "published_edition", .uint64, repeated: false),
    FieldShape(11, "author", .text, repeated: false),
    FieldShape(12, "note", .text, repeated: false),
    FieldShape(13, "edited", .instant, repeated: false),
    FieldShape(14, "created", .instant, repeated: false),
    FieldShape(15, "published", .instant, repeated: false),
    FieldShape(16, "retired", .instant, repeated: false),
    FieldShape(17, "version", .uint64, repeated: false),
  ])
  /// Shape of `ArticleHit`.
  public static let articleHit = MessageShape("ArticleHit", [
    FieldShape(1, "article", .message("Article"), repeated: false),
    FieldShape(2, "excerpt", .text, repeated: false),
    FieldShape(3, "rank", .uint32, repeated: false),
  ])
  /// Shape of `Topic`.
  public static let topic = MessageShape("Topic", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "title", .text, repeated: false),
    FieldShape(3, "text", .text, repeated: false),
    FieldShape(4, "author", .text, repeated: false),
    FieldShape(5, "posted_by", .text, repeated: false),
    FieldShape(6, "at", .instant, repeated: false),
    FieldShape(7, "replied", .instant, repeated: false),
    FieldShape(8, "replies", .uint32, repeated: false),
    FieldShape(9, "hidden", .flag, repeated: false),
    FieldShape(10, "closed", .flag, repeated: false),
    FieldShape(11, "version", .uint64, repeated: false),
  ])
  /// Shape of `TopicReply`.
  public static let topicReply = MessageShape("TopicReply", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "topic_id", .uuid, repeated: false),
    FieldShape(3, "text", .text, repeated: false),
    FieldShape(4, "author", .text, repeated: false),
    FieldShape(5, "posted_by", .text, repeated: false),
    FieldShape(6, "at", .instant, repeated: false),
    FieldShape(7, "hidden", .flag, repeated: false),
  ])
  /// Shape of `Moderation`.
  public static let moderation = MessageShape("Moderation", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "topic_id", .uuid, repeated: false),
    FieldShape(3, "reply_id", .uuid, repeated: false),
    FieldShape(4, "action", .text, repeated: false),
    FieldShape(5, "reason", .text, repeated: false),
    FieldShape(6, "moderator", .text, repeated: false),
    FieldShape(7, "at", .instant, repeated: false),
  ])
  /// Shape of `Course`.
  public static let course = MessageShape("Course", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "title", .text, repeated: false),
    FieldShape(3, "summary", .text, repeated: false),
    FieldShape(4, "state", .text, repeated: false),
    FieldShape(5, "lesson_ids", .uuid, repeated: true),
    FieldShape(6, "created", .instant, repeated: false),
    FieldShape(7, "version", .uint64, repeated: false),
  ])
  /// Shape of `Lesson`.
  public static let lesson = MessageShape("Lesson", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "course_id", .uuid, repeated: false),
    FieldShape(3, "title", .text, repeated: false),
    FieldShape(4, "text", .text, repeated: false),
    FieldShape(5, "written", .instant, repeated: false),
  ])
  /// Shape of `Enrolment`.
  public static let enrolment = MessageShape("Enrolment", [
    FieldShape(1, "course_id", .uuid, repeated: false),
    FieldShape(2, "contact_id", .uuid, repeated: false),
    FieldShape(3, "learner", .text, repeated: false),
    FieldShape(4, "enrolled", .instant, repeated: false),
    FieldShape(5, "lesson_ids", .uuid, repeated: true),
    FieldShape(6, "done", .uint32, repeated: false),
    FieldShape(7, "lessons", .uint32, repeated: false),
    FieldShape(8, "completed", .instant, repeated: false),
  ])
  /// Shape of `ArticleCreateRequest`.
  public static let articleCreateRequest = MessageShape("ArticleCreateRequest", [
    FieldShape(1, "kind", .text, repeated: false),
    FieldShape(2, "language", .text, repeated: false),
    FieldShape(3, "title", .text, repeated: false),
    FieldShape(4, "tags", .text, repeated: true),
    FieldShape(5, "body", .text, repeated: false),
  ])
  /// Shape of `ArticleCreateReply`.
  public static let articleCreateReply = MessageShape("ArticleCreateReply", [
    FieldShape(1, "article", .message("Article"), repeated: false),
  ])
  /// Shape of `ArticleEditRequest`.
  public static let articleEditRequest = MessageShape("ArticleEditRequest", [
    FieldShape(1, "article_id", .uuid, repeated: false),
    FieldShape(2, "edition", .uint64, repeated: false),
    FieldShape(3, "title", .text, repeated: false, .explicit),
    FieldShape(4, "tags", .text, repeated: true),
    FieldShape(5, "untag", .flag, repeated: false),
    FieldShape(6, "body", .text, repeated: false, .explicit),
    FieldShape(7, "note", .text, repeated: false),
  ])
  /// Shape of `ArticleEditReply`.
  public static let articleEditReply = MessageShape("ArticleEditReply", [
    FieldShape(1, "article", .message("Article"), repeated: false),
  ])
  /// Shape of `ArticlePublishRequest`.
  public static let articlePublishRequest = MessageShape("ArticlePublishRequest", [
    FieldShape(1, "article_id", .uuid, repeated: false),
    FieldShape(2, "edition", .uint64, repeated: false),
  ])
  /// Shape of `ArticlePublishReply`.
  public static let articlePublishReply = MessageShape("ArticlePublishReply", [
    FieldShape(1, "article", .message("Article"), repeated: false),
  ])
  /// Shape of `ArticleRetireRequest`.
  public static let articleRetireRequest = MessageShape("ArticleRetireRequest", [
    FieldShape(1, "article_id", .uuid, repeated: false),
  ])
  /// Shape of `ArticleRetireReply`.
  public static let articleRetireReply = MessageShape("ArticleRetireReply", [
    FieldShape(1, "article", .message("Article"), repeated: false),
  ])
  /// Shape of `ArticleGetRequest`.
  public static let articleGetRequest = MessageShape("ArticleGetRequest", [
    FieldShape(1, "article_id", .uuid, repeated: false),
    FieldShape(2, "edition", .uint64, repeated: false),
  ])
  /// Shape of `ArticleGetReply`.
  public static let articleGetReply = MessageShape("ArticleGetReply", [
    FieldShape(1, "article", .message("Article"), repeated: false),
  ])
  /// Shape of `ArticleListRequest`.
  public static let articleListRequest = MessageShape("ArticleListRequest", [
    FieldShape(1, "kind", .text, repeated: false),
    FieldShape(2, "state", .text, repeated: false),
    FieldShape(3, "ticket_id", .uuid, repeated: false),
    FieldShape(4, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `ArticleListReply`.
  public static let articleListReply = MessageShape("ArticleListReply", [
    FieldShape(1, "articles", .message("Article"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `ArticleHistoryRequest`.
  public static let articleHistoryRequest = MessageShape("ArticleHistoryRequest", [
    FieldShape(1, "article_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `ArticleHistoryReply`.
  public static let articleHistoryReply = MessageShape("ArticleHistoryReply", [
    FieldShape(1, "editions", .message("Article"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `ArticleSearchRequest`.
  public static let articleSearchRequest = MessageShape("ArticleSearchRequest", [
    FieldShape(1, "query", .text, repeated: false),
    FieldShape(2, "language", .text, repeated: false),
    FieldShape(3, "kind", .text, repeated: false),
    FieldShape(4, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `ArticleSearchReply`.
  public static let articleSearchReply = MessageShape("ArticleSearchReply", [
    FieldShape(1, "hits", .message("ArticleHit"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `ArticleLinkRequest`.
  public static let articleLinkRequest = MessageShape("ArticleLinkRequest", [
    FieldShape(1, "article_id", .uuid, repeated: false),
    FieldShape(2, "ticket_id", .uuid, repeated: false),
  ])
  /// Shape of `ArticleLinkReply`.
  public static let articleLinkReply = MessageShape("ArticleLinkReply", [
    FieldShape(1, "article", .message("Article"), repeated: false),
  ])
  /// Shape of `TopicOpenRequest`.
  public static let topicOpenRequest = MessageShape("TopicOpenRequest", [
    FieldShape(1, "title", .text, repeated: false),
    FieldShape(2, "text", .text, repeated: false),
    FieldShape(3, "author", .text, repeated: false),
  ])
  /// Shape of `TopicOpenReply`.
  public static let topicOpenReply = MessageShape("TopicOpenReply", [
    FieldShape(1, "topic", .message("Topic"), repeated: false),
  ])
  /// Shape of `TopicGetRequest`.
  public static let topicGetRequest = MessageShape("TopicGetRequest", [
    FieldShape(1, "topic_id", .uuid, repeated: false),
  ])
  /// Shape of `TopicGetReply`.
  public static let topicGetReply = MessageShape("TopicGetReply", [
    FieldShape(1, "topic", .message("Topic"), repeated: false),
  ])
  /// Shape of `TopicListRequest`.
  public static let topicListRequest = MessageShape("TopicListRequest", [
    FieldShape(1, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `TopicListReply`.
  public static let topicListReply = MessageShape("TopicListReply", [
    FieldShape(1, "topics", .message("Topic"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `TopicModerateRequest`.
  public static let topicModerateRequest = MessageShape("TopicModerateRequest", [
    FieldShape(1, "topic_id", .uuid, repeated: false),
    FieldShape(2, "action", .text, repeated: false),
    FieldShape(3, "reason", .text, repeated: false),
  ])
  /// Shape of `TopicModerateReply`.
  public static let topicModerateReply = MessageShape("TopicModerateReply", [
    FieldShape(1, "topic", .message("Topic"), repeated: false),
  ])
  /// Shape of `ReplyPostRequest`.
  public static let replyPostRequest = MessageShape("ReplyPostRequest", [
    FieldShape(1, "topic_id", .uuid, repeated: false),
    FieldShape(2, "text", .text, repeated: false),
    FieldShape(3, "author", .text, repeated: false),
  ])
  /// Shape of `ReplyPostReply`.
  public static let replyPostReply = MessageShape("ReplyPostReply", [
    FieldShape(1, "reply", .message("TopicReply"), repeated: false),
    FieldShape(2, "topic", .message("Topic"), repeated: false),
  ])
  /// Shape of `ReplyListRequest`.
  public static let replyListRequest = MessageShape("ReplyListRequest", [
    FieldShape(1, "topic_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `ReplyListReply`.
  public static let replyListReply = MessageShape("ReplyListReply", [
    FieldShape(1, "replies", .message("TopicReply"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `ReplyModerateRequest`.
  public static let replyModerateRequest = MessageShape("ReplyModerateRequest", [
    FieldShape(1, "reply_id", .uuid, repeated: false),
    FieldShape(2, "action", .text, repeated: false),
    FieldShape(3, "reason", .text, repeated: false),
  ])
  /// Shape of `ReplyModerateReply`.
  public static let replyModerateReply = MessageShape("ReplyModerateReply", [
    FieldShape(1, "reply", .message("TopicReply"), repeated: false),
  ])
  /// Shape of `ModerationListRequest`.
  public static let moderationListRequest = MessageShape("ModerationListRequest", [
    FieldShape(1, "topic_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `ModerationListReply`.
  public static let moderationListReply = MessageShape("ModerationListReply", [
    FieldShape(1, "moderations", .message("Moderation"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `CourseCreateRequest`.
  public static let courseCreateRequest = MessageShape("CourseCreateRequest", [
    FieldShape(1, "title", .text, repeated: false),
    FieldShape(2, "summary", .text, repeated: false),
  ])
  /// Shape of `CourseCreateReply`.
  public static let courseCreateReply = MessageShape("CourseCreateReply", [
    FieldShape(1, "course", .message("Course"), repeated: false),
  ])
  /// Shape of `CoursePublishRequest`.
  public static let coursePublishRequest = MessageShape("CoursePublishRequest", [
    FieldShape(1, "course_id", .uuid, repeated: false),
  ])
  /// Shape of `CoursePublishReply`.
  public static let coursePublishReply = MessageShape("CoursePublishReply", [
    FieldShape(1, "course", .message("Course"), repeated: false),
  ])
  /// Shape of `CourseRetireRequest`.
  public static let courseRetireRequest = MessageShape("CourseRetireRequest", [
    FieldShape(1, "course_id", .uuid, repeated: false),
  ])
  /// Shape of `CourseRetireReply`.
  public static let courseRetireReply = MessageShape("CourseRetireReply", [
    FieldShape(1, "course", .message("Course"), repeated: false),
  ])
  /// Shape of `CourseGetRequest`.
  public static let courseGetRequest = MessageShape("CourseGetRequest", [
    FieldShape(1, "course_id", .uuid, repeated: false),
  ])
  /// Shape of `CourseGetReply`.
  public static let courseGetReply = MessageShape("CourseGetReply", [
    FieldShape(1, "course", .message("Course"), repeated: false),
    FieldShape(2, "lessons", .message("Lesson"), repeated: true),
  ])
  /// Shape of `CourseListRequest`.
  public static let courseListRequest = MessageShape("CourseListRequest", [
    FieldShape(1, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `CourseListReply`.
  public static let courseListReply = MessageShape("CourseListReply", [
    FieldShape(1, "courses", .message("Course"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `CourseEnrolRequest`.
  public static let courseEnrolRequest = MessageShape("CourseEnrolRequest", [
    FieldShape(1, "course_id", .uuid, repeated: false),
    FieldShape(2, "contact_id", .uuid, repeated: false),
    FieldShape(3, "learner", .text, repeated: false),
  ])
  /// Shape of `CourseEnrolReply`.
  public static let courseEnrolReply = MessageShape("CourseEnrolReply", [
    FieldShape(1, "enrolment", .message("Enrolment"), repeated: false),
  ])
  /// Shape of `LessonAddRequest`.
  public static let lessonAddRequest = MessageShape("LessonAddRequest", [
    FieldShape(1, "course_id", .uuid, repeated: false),
    FieldShape(2, "title", .text, repeated: false),
    FieldShape(3, "text", .text, repeated: false),
    FieldShape(4, "place", .uint32, repeated: false),
  ])
  /// Shape of `LessonAddReply`.
  public static let lessonAddReply = MessageShape("LessonAddReply", [
    FieldShape(1, "lesson", .message("Lesson"), repeated: false),
    FieldShape(2, "course", .message("Course"), repeated: false),
  ])
  /// Shape of `LessonUpdateRequest`.
  public static let lessonUpdateRequest = MessageShape("LessonUpdateRequest", [
    FieldShape(1, "lesson_id", .uuid, repeated: false),
    FieldShape(2, "title", .text, repeated: false, .explicit),
    FieldShape(3, "text", .text, repeated: false, .explicit),
    FieldShape(4, "place", .uint32, repeated: false, .explicit),
  ])
  /// Shape of `LessonUpdateReply`.
  public static let lessonUpdateReply = MessageShape("LessonUpdateReply", [
    FieldShape(1, "lesson", .message("Lesson"), repeated: false),
    FieldShape(2, "course", .message("Course"), repeated: false),
  ])
  /// Shape of `LessonRemoveRequest`.
  public static let lessonRemoveRequest = MessageShape("LessonRemoveRequest", [
    FieldShape(1, "lesson_id", .uuid, repeated: false),
  ])
  /// Shape of `LessonRemoveReply`.
  public static let lessonRemoveReply = MessageShape("LessonRemoveReply", [
    FieldShape(1, "course", .message("Course"), repeated: false),
  ])
  /// Shape of `LessonGetRequest`.
  public static let lessonGetRequest = MessageShape("LessonGetRequest", [
    FieldShape(1, "lesson_id", .uuid, repeated: false),
  ])
  /// Shape of `LessonGetReply`.
  public static let lessonGetReply = MessageShape("LessonGetReply", [
    FieldShape(1, "lesson", .message("Lesson"), repeated: false),
  ])
  /// Shape of `LessonCompleteRequest`.
  public static let lessonCompleteRequest = MessageShape("LessonCompleteRequest", [
    FieldShape(1, "lesson_id", .uuid, repeated: false),
    FieldShape(2, "contact_id", .uuid, repeated: false),
    FieldShape(3, "learner", .text, repeated: false),
  ])
  /// Shape of `LessonCompleteReply`.
  public static let lessonCompleteReply = MessageShape("LessonCompleteReply", [
    FieldShape(1, "enrolment", .message("Enrolment"), repeated: false),
  ])
  /// Shape of `EnrolmentListRequest`.
  public static let enrolmentListRequest = MessageShape("EnrolmentListRequest", [
    FieldShape(1, "course_id", .uuid, repeated: false),
    FieldShape(2, "contact_id", .uuid, repeated: false),
    FieldShape(3, "learner", .text, repeated: false),
    FieldShape(4, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `EnrolmentListReply`.
  public static let enrolmentListReply = MessageShape("EnrolmentListReply", [
    FieldShape(1, "enrolments", .message("Enrolment"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `Account`.
  public static let account = MessageShape("Account", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "region", .text, repeated: false),
    FieldShape(4, "plan_version", .hex, repeated: false),
    FieldShape(5, "maintenance_plan", .flag, repeated: false),
    FieldShape(6, "assessment", .text, repeated: true),
    FieldShape(7, "assessment_override", .text, repeated: false),
    FieldShape(8, "subsidiaries", .message("Subsidiary"), repeated: true),
    FieldShape(9, "hotlines", .text, repeated: true),
    FieldShape(10, "version", .uint64, repeated: false),
    FieldShape(11, "created", .instant, repeated: false),
    FieldShape(12, "purchased", .instant, repeated: false),
    FieldShape(13, "tier", .text, repeated: false),
    FieldShape(14, "agreement_state", .text, repeated: false),
    FieldShape(15, "unkept", .text, repeated: true),
    FieldShape(16, "language", .text, repeated: false),
  ])
  /// Shape of `Subsidiary`.
  public static let subsidiary = MessageShape("Subsidiary", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "region", .text, repeated: false),
    FieldShape(4, "added", .instant, repeated: false),
  ])
  /// Shape of `Contact`.
  public static let contact = MessageShape("Contact", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "account_id", .uuid, repeated: false),
    FieldShape(3, "name", .text, repeated: false),
    FieldShape(4, "fixed_phone", .text, repeated: false),
    FieldShape(5, "mobile_phone", .text, repeated: false),
    FieldShape(6, "email", .text, repeated: false),
    FieldShape(7, "appointed", .instant, repeated: false),
    FieldShape(8, "ended", .instant, repeated: false),
    FieldShape(9, "replaces", .uuid, repeated: false),
  ])
  /// Shape of `Asset`.
  public static let asset = MessageShape("Asset", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "account_id", .uuid, repeated: false),
    FieldShape(3, "name", .text, repeated: false),
    FieldShape(4, "category", .text, repeated: false),
    FieldShape(5, "platform", .text, repeated: false),
    FieldShape(6, "private_device", .flag, repeated: false),
    FieldShape(7, "consent_document", .text, repeated: false),
    FieldShape(8, "consent_withdrawn", .instant, repeated: false),
    FieldShape(9, "inventoried", .flag, repeated: false),
    FieldShape(10, "registered", .instant, repeated: false),
    FieldShape(11, "retired", .instant, repeated: false),
  ])
  /// Shape of `TicketMessage`.
  public static let ticketMessage = MessageShape("TicketMessage", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "ticket_id", .uuid, repeated: false),
    FieldShape(3, "direction", .text, repeated: false),
    FieldShape(4, "channel", .text, repeated: false),
    FieldShape(5, "author", .text, repeated: false),
    FieldShape(6, "text", .text, repeated: false),
    FieldShape(7, "at", .instant, repeated: false),
  ])
  /// Shape of `WorkRecord`.
  public static let workRecord = MessageShape("WorkRecord", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "ticket_id", .uuid, repeated: false),
    FieldShape(3, "mode", .text, repeated: false),
    FieldShape(4, "engineer", .text, repeated: false),
    FieldShape(5, "time", .message("Interval"), repeated: false),
    FieldShape(6, "note", .text, repeated: false),
    FieldShape(7, "recorded", .instant, repeated: false),
    FieldShape(8, "moved_from_id", .uuid, repeated: false),
  ])
  /// Shape of `Visit`.
  public static let visit = MessageShape("Visit", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "account_id", .uuid, repeated: false),
    FieldShape(3, "ticket_id", .uuid, repeated: false),
    FieldShape(4, "kind", .text, repeated: false),
    FieldShape(5, "engineer", .text, repeated: false),
    FieldShape(6, "planned", .instant, repeated: false),
    FieldShape(7, "arrived", .instant, repeated: false),
    FieldShape(8, "departed", .instant, repeated: false),
    FieldShape(9, "cancelled", .instant, repeated: false),
  ])
  /// Shape of `ConsentDecision`.
  public static let consentDecision = MessageShape("ConsentDecision", [
    FieldShape(1, "gate", .text, repeated: false),
    FieldShape(2, "block", .uint32, repeated: false),
    FieldShape(3, "contact_id", .uuid, repeated: false),
    FieldShape(4, "granted", .flag, repeated: false),
    FieldShape(5, "note", .text, repeated: false),
    FieldShape(6, "at", .instant, repeated: false),
  ])
  /// Shape of `TargetStatus`.
  public static let targetStatus = MessageShape("TargetStatus", [
    FieldShape(1, "id", .text, repeated: false),
    FieldShape(2, "due", .instant, repeated: false),
    FieldShape(3, "met", .instant, repeated: false),
    FieldShape(4, "missed", .flag, repeated: false),
  ])
  /// Shape of `TicketRelation`.
  public static let ticketRelation = MessageShape("TicketRelation", [
    FieldShape(1, "kind", .text, repeated: false),
    FieldShape(2, "ticket_id", .uuid, repeated: false),
    FieldShape(3, "number", .uint64, repeated: false),
    FieldShape(4, "reopened", .uint32, repeated: false),
    FieldShape(5, "version", .uint64, repeated: false),
  ])
  /// Shape of `Ticket`.
  public static let ticket = MessageShape("Ticket", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "number", .uint64, repeated: false),
    FieldShape(3, "account_id", .uuid, repeated: false),
    FieldShape(4, "subsidiary_id", .uuid, repeated: false),
    FieldShape(5, "contact_id", .uuid, repeated: false),
    FieldShape(6, "asset_id", .uuid, repeated: false),
    FieldShape(7, "subject", .text, repeated: false),
    FieldShape(8, "channel", .text, repeated: false),
    FieldShape(9, "category", .text, repeated: false),
    FieldShape(10, "class", .text, repeated: false),
    FieldShape(11, "incident", .text, repeated: false),
    FieldShape(12, "state", .text, repeated: false),
    FieldShape(13, "plan_version", .hex, repeated: false),
    FieldShape(14, "opened", .instant, repeated: false),
    FieldShape(15, "acknowledged", .instant, repeated: false),
    FieldShape(16, "contacted", .instant, repeated: false),
    FieldShape(17, "work_begun", .instant, repeated: false),
    FieldShape(18, "dispatched", .instant, repeated: false),
    FieldShape(19, "attended", .instant, repeated: false),
    FieldShape(20, "resolved", .instant, repeated: false),
    FieldShape(21, "closed", .instant, repeated: false),
    FieldShape(22, "resolution", .text, repeated: false),
    FieldShape(23, "resolved_by_helpdesk", .flag, repeated: false),
    FieldShape(24, "earlier_ticket_id", .uuid, repeated: false),
    FieldShape(25, "maintenance_visit_id", .uuid, repeated: false),
    FieldShape(26, "quote_id", .uuid, repeated: false),
    FieldShape(27, "targets", .message("TargetStatus"), repeated: true),
    FieldShape(28, "consents", .message("ConsentDecision"), repeated: true),
    FieldShape(29, "parts", .message("Part"), repeated: true),
    FieldShape(30, "warnings", .message("ClauseFinding"), repeated: true),
    FieldShape(31, "version", .uint64, repeated: false),
    FieldShape(32, "charges", .message("TicketCharges"), repeated: false),
    FieldShape(33, "reopened", .uint32, repeated: false),
    FieldShape(34, "beyond_consent", .message("Interval"), repeated: true),
    FieldShape(36, "relations", .message("TicketRelation"), repeated: true),
    FieldShape(37, "moved_work_ids", .uuid, repeated: true),
    FieldShape(35, "stopped", .instant, repeated: false),
    FieldShape(40, "handling", .text, repeated: false),
    FieldShape(41, "pauses", .message("Pause"), repeated: true),
    FieldShape(42, "misuse", .message("MisuseReview"), repeated: false),
    FieldShape(43, "running", .message("RunningWork"), repeated: true),
    FieldShape(44, "call", .instant, repeated: false),
    FieldShape(45, "promised", .instant, repeated: false),
  ])
  /// Shape of `RunningWork`.
  public static let runningWork = MessageShape("RunningWork", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "mode", .text, repeated: false),
    FieldShape(3, "engineer", .text, repeated: false),
    FieldShape(4, "since", .instant, repeated: false),
  ])
  /// Shape of `Pause`.
  public static let pause = MessageShape("Pause", [
    FieldShape(1, "from", .instant, repeated: false),
    FieldShape(2, "to", .instant, repeated: false),
    FieldShape(3, "clause", .text, repeated: false),
    FieldShape(4, "reason", .text, repeated: false),
    FieldShape(5, "text", .text, repeated: false),
  ])
  /// Shape of `MisuseReview`.
  public static let misuseReview = MessageShape("MisuseReview", [
    FieldShape(1, "misused", .flag, repeated: false),
    FieldShape(2, "clause", .text, repeated: false),
    FieldShape(3, "text", .text, repeated: false),
    FieldShape(4, "rate", .text, repeated: false),
    FieldShape(5, "reviewer", .text, repeated: false),
    FieldShape(6, "reason", .text, repeated: false),
    FieldShape(7, "at", .instant, repeated: false),
    FieldShape(8, "class", .text, repeated: false),
  ])
  /// Shape of `AdmissionRecord`.
  public static let admissionRecord = MessageShape("AdmissionRecord", [
    FieldShape(1, "allowed", .flag, repeated: false),
    FieldShape(2, "subject", .text, repeated: false),
    FieldShape(3, "plan_version", .hex, repeated: false),
    FieldShape(4, "at", .instant, repeated: false),
    FieldShape(5, "facts", .message("Fact"), repeated: true),
    FieldShape(6, "looked", .text, repeated: true),
    FieldShape(7, "considered", .text, repeated: true),
    FieldShape(8, "failed", .message("ClauseFinding"), repeated: true),
    FieldShape(9, "warnings", .message("ClauseFinding"), repeated: true),
    FieldShape(10, "handling", .text, repeated: false),
    FieldShape(11, "draws", .text, repeated: false),
  ])
  /// Shape of `TicketCharges`.
  public static let ticketCharges = MessageShape("TicketCharges", [
    FieldShape(1, "held", .int64, repeated: false),
    FieldShape(2, "charged", .int64, repeated: false),
    FieldShape(3, "unsettled", .int64, repeated: false),
    FieldShape(4, "lines", .message("ChargeLine"), repeated: true),
  ])
  /// Shape of `AccountCreateRequest`.
  public static let accountCreateRequest = MessageShape("AccountCreateRequest", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "region", .text, repeated: false),
    FieldShape(3, "maintenance_plan", .flag, repeated: false),
    FieldShape(4, "hotlines", .text, repeated: true),
    FieldShape(5, "language", .text, repeated: false),
  ])
  /// Shape of `AccountCreateReply`.
  public static let accountCreateReply = MessageShape("AccountCreateReply", [
    FieldShape(1, "account", .message("Account"), repeated: false),
  ])
  /// Shape of `AccountUpdateRequest`.
  public static let accountUpdateRequest = MessageShape("AccountUpdateRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false, .explicit),
    FieldShape(3, "region", .text, repeated: false, .explicit),
    FieldShape(4, "maintenance_plan", .flag, repeated: false, .explicit),
    FieldShape(5, "language", .text, repeated: false, .explicit),
  ])
  /// Shape of `AccountUpdateReply`.
  public static let accountUpdateReply = MessageShape("AccountUpdateReply", [
    FieldShape(1, "account", .message("Account"), repeated: false),
  ])
  /// Shape of `AccountGetRequest`.
  public static let accountGetRequest = MessageShape("AccountGetRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
  ])
  /// Shape of `AccountGetReply`.
  public static let accountGetReply = MessageShape("AccountGetReply", [
    FieldShape(1, "account", .message("Account"), repeated: false),
    FieldShape(2, "contacts", .message("Contact"), repeated: true),
  ])
  /// Shape of `AccountListRequest`.
  public static let accountListRequest = MessageShape("AccountListRequest", [
    FieldShape(1, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `AccountListReply`.
  public static let accountListReply = MessageShape("AccountListReply", [
    FieldShape(1, "accounts", .message("Account"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `SubsidiaryAddRequest`.
  public static let subsidiaryAddRequest = MessageShape("SubsidiaryAddRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "region", .text, repeated: false),
  ])
  /// Shape of `SubsidiaryAddReply`.
  public static let subsidiaryAddReply = MessageShape("SubsidiaryAddReply", [
    FieldShape(1, "account", .message("Account"), repeated: false),
    FieldShape(2, "subsidiary_id", .uuid, repeated: false),
  ])
  /// Shape of `AssessmentRecordRequest`.
  public static let assessmentRecordRequest = MessageShape("AssessmentRecordRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "items", .text, repeated: true),
    FieldShape(3, "override_reason", .text, repeated: false),
  ])
  /// Shape of `AssessmentRecordReply`.
  public static let assessmentRecordReply = MessageShape("AssessmentRecordReply", [
    FieldShape(1, "account", .message("Account"), repeated: false),
  ])
  /// Shape of `ContactAppointRequest`.
  public static let contactAppointRequest = MessageShape("ContactAppointRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "fixed_phone", .text, repeated: false),
    FieldShape(4, "mobile_phone", .text, repeated: false),
    FieldShape(5, "email", .text, repeated: false),
    FieldShape(6, "replaces", .uuid, repeated: false),
  ])
  /// Shape of `ContactAppointReply`.
  public static let contactAppointReply = MessageShape("ContactAppointReply", [
    FieldShape(1, "contact", .message("Contact"), repeated: false),
  ])
  /// Shape of `ContactListRequest`.
  public static let contactListRequest = MessageShape("ContactListRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "ended", .flag, repeated: false),
  ])
  /// Shape of `ContactListReply`.
  public static let contactListReply = MessageShape("ContactListReply", [
    FieldShape(1, "contacts", .message("Contact"), repeated: true),
  ])
  /// Shape of `AssetRegisterRequest`.
  public static let assetRegisterRequest = MessageShape("AssetRegisterRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "category", .text, repeated: false),
    FieldShape(4, "platform", .text, repeated: false),
    FieldShape(5, "private_device", .flag, repeated: false),
    FieldShape(6, "consent_document", .text, repeated: false),
    FieldShape(7, "inventoried", .flag, repeated: false),
  ])
  /// Shape of `AssetRegisterReply`.
  public static let assetRegisterReply = MessageShape("AssetRegisterReply", [
    FieldShape(1, "asset", .message("Asset"), repeated: false),
  ])
  /// Shape of `AssetUpdateRequest`.
  public static let assetUpdateRequest = MessageShape("AssetUpdateRequest", [
    FieldShape(1, "asset_id", .uuid, repeated: false),
    FieldShape(2, "consent_document", .text, repeated: false, .explicit),
    FieldShape(3, "withdraw_consent", .flag, repeated: false, .explicit),
    FieldShape(4, "inventoried", .flag, repeated: false, .explicit),
    FieldShape(5, "retire", .flag, repeated: false, .explicit),
  ])
  /// Shape of `AssetUpdateReply`.
  public static let assetUpdateReply = MessageShape("AssetUpdateReply", [
    FieldShape(1, "asset", .message("Asset"), repeated: false),
  ])
  /// Shape of `AssetListRequest`.
  public static let assetListRequest = MessageShape("AssetListRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `AssetListReply`.
  public static let assetListReply = MessageShape("AssetListReply", [
    FieldShape(1, "assets", .message("Asset"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `TicketOpenRequest`.
  public static let ticketOpenRequest = MessageShape("TicketOpenRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "subsidiary_id", .uuid, repeated: false),
    FieldShape(3, "contact_id", .uuid, repeated: false),
    FieldShape(4, "caller", .text, repeated: false),
    FieldShape(5, "asset_id", .uuid, repeated: false),
    FieldShape(6, "subject", .text, repeated: false),
    FieldShape(7, "text", .text, repeated: false),
    FieldShape(8, "channel", .text, repeated: false),
    FieldShape(9, "dialled", .text, repeated: false),
    FieldShape(10, "category", .text, repeated: false),
    FieldShape(11, "class", .text, repeated: false),
    FieldShape(12, "incident", .text, repeated: false),
    FieldShape(13, "earlier_ticket_id", .uuid, repeated: false),
    FieldShape(14, "region", .text, repeated: false),
    FieldShape(15, "appointment", .instant, repeated: false),
    FieldShape(16, "maintenance_visit_id", .uuid, repeated: false),
    FieldShape(17, "facts", .message("Fact"), repeated: true),
  ])
  /// Shape of `TicketOpenReply`.
  public static let ticketOpenReply = MessageShape("TicketOpenReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `TicketGetRequest`.
  public static let ticketGetRequest = MessageShape("TicketGetRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false, .explicit),
    FieldShape(2, "number", .uint64, repeated: false, .explicit),
    FieldShape(3, "with_task", .flag, repeated: false),
  ])
  /// Shape of `TicketGetReply`.
  public static let ticketGetReply = MessageShape("TicketGetReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
    FieldShape(2, "messages", .message("TicketMessage"), repeated: true),
    FieldShape(3, "work", .message("WorkRecord"), repeated: true),
    FieldShape(4, "visits", .message("Visit"), repeated: true),
    FieldShape(5, "articles", .message("Article"), repeated: true),
    FieldShape(6, "task", .message("Task"), repeated: false),
    FieldShape(7, "earlier", .message("StretchTask"), repeated: true),
  ])
  /// Shape of `StretchTask`.
  public static let stretchTask = MessageShape("StretchTask", [
    FieldShape(1, "reopened", .uint32, repeated: false),
    FieldShape(2, "task", .message("Task"), repeated: false),
    FieldShape(3, "targets", .message("TargetStatus"), repeated: true),
  ])
  /// Shape of `TicketListRequest`.
  public static let ticketListRequest = MessageShape("TicketListRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "state", .text, repeated: false),
    FieldShape(3, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `TicketListReply`.
  public static let ticketListReply = MessageShape("TicketListReply", [
    FieldShape(1, "tickets", .message("Ticket"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `TicketAcknowledgeRequest`.
  public static let ticketAcknowledgeRequest = MessageShape("TicketAcknowledgeRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
  ])
  /// Shape of `TicketAcknowledgeReply`.
  public static let ticketAcknowledgeReply = MessageShape("TicketAcknowledgeReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `TicketContactRequest`.
  public static let ticketContactRequest = MessageShape("TicketContactRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "note", .text, repeated: false),
    FieldShape(3, "event", .text, repeated: false),
  ])
  /// Shape of `TicketContactReply`.
  public static let ticketContactReply = MessageShape("TicketContactReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `TicketBeginRequest`.
  public static let ticketBeginRequest = MessageShape("TicketBeginRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
  ])
  /// Shape of `TicketBeginReply`.
  public static let ticketBeginReply = MessageShape("TicketBeginReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `TicketClassifyRequest`.
  public static let ticketClassifyRequest = MessageShape("TicketClassifyRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "class", .text, repeated: false, .explicit),
    FieldShape(3, "category", .text, repeated: false, .explicit),
    FieldShape(4, "incident", .text, repeated: false, .explicit),
    FieldShape(5, "reason", .text, repeated: false),
    FieldShape(6, "facts", .message("Fact"), repeated: true),
  ])
  /// Shape of `TicketClassifyReply`.
  public static let ticketClassifyReply = MessageShape("TicketClassifyReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `TicketLinkRequest`.
  public static let ticketLinkRequest = MessageShape("TicketLinkRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "earlier_ticket_id", .uuid, repeated: false),
  ])
  /// Shape of `TicketLinkReply`.
  public static let ticketLinkReply = MessageShape("TicketLinkReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `TicketDispatchRequest`.
  public static let ticketDispatchRequest = MessageShape("TicketDispatchRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "engineer", .text, repeated: false),
    FieldShape(3, "planned", .instant, repeated: false),
    FieldShape(4, "quote_id", .uuid, repeated: false),
  ])
  /// Shape of `TicketDispatchReply`.
  public static let ticketDispatchReply = MessageShape("TicketDispatchReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
    FieldShape(2, "visit", .message("Visit"), repeated: false),
  ])
  /// Shape of `TicketResolveRequest`.
  public static let ticketResolveRequest = MessageShape("TicketResolveRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "resolution", .text, repeated: false),
    FieldShape(3, "note", .text, repeated: false),
  ])
  /// Shape of `TicketResolveReply`.
  public static let ticketResolveReply = MessageShape("TicketResolveReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `TicketCloseRequest`.
  public static let ticketCloseRequest = MessageShape("TicketCloseRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
  ])
  /// Shape of `TicketCloseReply`.
  public static let ticketCloseReply = MessageShape("TicketCloseReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `TicketReopenRequest`.
  public static let ticketReopenRequest = MessageShape("TicketReopenRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "reason", .text, repeated: false),
  ])
  /// Shape of `TicketReopenReply`.
  public static let ticketReopenReply = MessageShape("TicketReopenReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `MessagePostRequest`.
  public static let messagePostRequest = MessageShape("MessagePostRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "direction", .text, repeated: false),
    FieldShape(3, "channel", .text, repeated: false),
    FieldShape(4, "text", .text, repeated: false),
  ])
  /// Shape of `MessagePostReply`.
  public static let messagePostReply = MessageShape("MessagePostReply", [
    FieldShape(1, "message", .message("TicketMessage"), repeated: false),
    FieldShape(2, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `WorkRecordRequest`.
  public static let workRecordRequest = MessageShape("WorkRecordRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "mode", .text, repeated: false),
    FieldShape(3, "engineer", .text, repeated: false),
    FieldShape(4, "time", .message("Interval"), repeated: false),
    FieldShape(5, "note", .text, repeated: false),
    FieldShape(6, "facts", .message("Fact"), repeated: true),
  ])
  /// Shape of `WorkRecordReply`.
  public static let workRecordReply = MessageShape("WorkRecordReply", [
    FieldShape(1, "work", .message("WorkRecord"), repeated: false),
    FieldShape(2, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `ConsentRecordRequest`.
  public static let consentRecordRequest = MessageShape("ConsentRecordRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "decision", .message("ConsentDecision"), repeated: false),
  ])
  /// Shape of `ConsentRecordReply`.
  public static let consentRecordReply = MessageShape("ConsentRecordReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `PartAddRequest`.
  public static let partAddRequest = MessageShape("PartAddRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "part", .message("Part"), repeated: false),
    FieldShape(3, "quote_id", .uuid, repeated: false),
  ])
  /// Shape of `PartAddReply`.
  public static let partAddReply = MessageShape("PartAddReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `VisitScheduleRequest`.
  public static let visitScheduleRequest = MessageShape("VisitScheduleRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "ticket_id", .uuid, repeated: false),
    FieldShape(3, "kind", .text, repeated: false),
    FieldShape(4, "engineer", .text, repeated: false),
    FieldShape(5, "planned", .instant, repeated: false),
  ])
  /// Shape of `VisitScheduleReply`.
  public static let visitScheduleReply = MessageShape("VisitScheduleReply", [
    FieldShape(1, "visit", .message("Visit"), repeated: false),
  ])
  /// Shape of `VisitArriveRequest`.
  public static let visitArriveRequest = MessageShape("VisitArriveRequest", [
    FieldShape(1, "visit_id", .uuid, repeated: false),
  ])
  /// Shape of `VisitArriveReply`.
  public static let visitArriveReply = MessageShape("VisitArriveReply", [
    FieldShape(1, "visit", .message("Visit"), repeated: false),
  ])
  /// Shape of `VisitDepartRequest`.
  public static let visitDepartRequest = MessageShape("VisitDepartRequest", [
    FieldShape(1, "visit_id", .uuid, repeated: false),
  ])
  /// Shape of `VisitDepartReply`.
  public static let visitDepartReply = MessageShape("VisitDepartReply", [
    FieldShape(1, "visit", .message("Visit"), repeated: false),
  ])
  /// Shape of `VisitCancelRequest`.
  public static let visitCancelRequest = MessageShape("VisitCancelRequest", [
    FieldShape(1, "visit_id", .uuid, repeated: false),
    FieldShape(2, "reason", .text, repeated: false),
  ])
  /// Shape of `VisitCancelReply`.
  public static let visitCancelReply = MessageShape("VisitCancelReply", [
    FieldShape(1, "visit", .message("Visit"), repeated: false),
  ])
  /// Shape of `VisitListRequest`.
  public static let visitListRequest = MessageShape("VisitListRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "ticket_id", .uuid, repeated: false),
    FieldShape(3, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `VisitListReply`.
  public static let visitListReply = MessageShape("VisitListReply", [
    FieldShape(1, "visits", .message("Visit"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `MessageListRequest`.
  public static let messageListRequest = MessageShape("MessageListRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `MessageListReply`.
  public static let messageListReply = MessageShape("MessageListReply", [
    FieldShape(1, "messages", .message("TicketMessage"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `AttemptListRequest`.
  public static let attemptListRequest = MessageShape("AttemptListRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `AttemptListReply`.
  public static let attemptListReply = MessageShape("AttemptListReply", [
    FieldShape(1, "attempts", .message("Attempt"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `Attempt`.
  public static let attempt = MessageShape("Attempt", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "account_id", .uuid, repeated: false),
    FieldShape(3, "caller", .text, repeated: false),
    FieldShape(4, "channel", .text, repeated: false),
    FieldShape(5, "subject", .text, repeated: false),
    FieldShape(6, "at", .instant, repeated: false),
    FieldShape(7, "findings", .message("ClauseFinding"), repeated: true),
    FieldShape(8, "asked", .text, repeated: false),
    FieldShape(9, "record", .message("AdmissionRecord"), repeated: false),
  ])
  /// Shape of `TicketMergeRequest`.
  public static let ticketMergeRequest = MessageShape("TicketMergeRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "into_ticket_id", .uuid, repeated: false),
    FieldShape(3, "reason", .text, repeated: false),
  ])
  /// Shape of `TicketMergeReply`.
  public static let ticketMergeReply = MessageShape("TicketMergeReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
    FieldShape(2, "into", .message("Ticket"), repeated: false),
  ])
  /// Shape of `TicketSplitRequest`.
  public static let ticketSplitRequest = MessageShape("TicketSplitRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "work_ids", .uuid, repeated: true),
    FieldShape(3, "subject", .text, repeated: false),
    FieldShape(4, "category", .text, repeated: false),
    FieldShape(5, "incident", .text, repeated: false),
    FieldShape(6, "reason", .text, repeated: false),
  ])
  /// Shape of `TicketSplitReply`.
  public static let ticketSplitReply = MessageShape("TicketSplitReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
    FieldShape(2, "split", .message("Ticket"), repeated: false),
  ])
  /// Shape of `WorkBeginRequest`.
  public static let workBeginRequest = MessageShape("WorkBeginRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "mode", .text, repeated: false),
    FieldShape(3, "engineer", .text, repeated: false),
    FieldShape(4, "facts", .message("Fact"), repeated: true),
  ])
  /// Shape of `WorkBeginReply`.
  public static let workBeginReply = MessageShape("WorkBeginReply", [
    FieldShape(1, "running", .message("RunningWork"), repeated: false),
    FieldShape(2, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `WorkEndRequest`.
  public static let workEndRequest = MessageShape("WorkEndRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "work_id", .uuid, repeated: false),
    FieldShape(3, "at", .instant, repeated: false),
    FieldShape(4, "note", .text, repeated: false),
  ])
  /// Shape of `WorkEndReply`.
  public static let workEndReply = MessageShape("WorkEndReply", [
    FieldShape(1, "work", .message("WorkRecord"), repeated: false),
    FieldShape(2, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `CallScheduleRequest`.
  public static let callScheduleRequest = MessageShape("CallScheduleRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "at", .instant, repeated: false),
    FieldShape(3, "note", .text, repeated: false),
  ])
  /// Shape of `CallScheduleReply`.
  public static let callScheduleReply = MessageShape("CallScheduleReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `TicketWhyRequest`.
  public static let ticketWhyRequest = MessageShape("TicketWhyRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "target", .text, repeated: false),
  ])
  /// Shape of `TicketWhyReply`.
  public static let ticketWhyReply = MessageShape("TicketWhyReply", [
    FieldShape(1, "target", .message("TargetStatus"), repeated: false),
    FieldShape(2, "lines", .text, repeated: true),
    FieldShape(3, "intervals", .message("CountedInterval"), repeated: true),
  ])
  /// Shape of `CountedInterval`.
  public static let countedInterval = MessageShape("CountedInterval", [
    FieldShape(1, "from", .instant, repeated: false),
    FieldShape(2, "to", .instant, repeated: false),
    FieldShape(3, "counted", .flag, repeated: false),
    FieldShape(4, "reason", .text, repeated: false),
  ])
  /// Shape of `AdmissionAskRequest`.
  public static let admissionAskRequest = MessageShape("AdmissionAskRequest", [
    FieldShape(1, "subject", .text, repeated: false),
    FieldShape(2, "account_id", .uuid, repeated: false),
    FieldShape(3, "plan_version", .hex, repeated: false),
    FieldShape(4, "contact_id", .uuid, repeated: false),
    FieldShape(5, "caller", .text, repeated: false),
    FieldShape(6, "channel", .text, repeated: false),
    FieldShape(7, "text", .text, repeated: false),
    FieldShape(8, "facts", .message("Fact"), repeated: true),
  ])
  /// Shape of `AdmissionAskReply`.
  public static let admissionAskReply = MessageShape("AdmissionAskReply", [
    FieldShape(1, "record", .message("AdmissionRecord"), repeated: false),
  ])
  /// Shape of `AdmissionGetRequest`.
  public static let admissionGetRequest = MessageShape("AdmissionGetRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
  ])
  /// Shape of `AdmissionGetReply`.
  public static let admissionGetReply = MessageShape("AdmissionGetReply", [
    FieldShape(1, "record", .message("AdmissionRecord"), repeated: false),
  ])
  /// Shape of `ObligationRecordRequest`.
  public static let obligationRecordRequest = MessageShape("ObligationRecordRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "ticket_id", .uuid, repeated: false),
    FieldShape(3, "obligation", .text, repeated: false),
    FieldShape(4, "kept", .flag, repeated: false),
    FieldShape(5, "reason", .text, repeated: false),
  ])
  /// Shape of `ObligationRecordReply`.
  public static let obligationRecordReply = MessageShape("ObligationRecordReply", [
    FieldShape(1, "account", .message("Account"), repeated: false),
    FieldShape(2, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `MisuseReviewRequest`.
  public static let misuseReviewRequest = MessageShape("MisuseReviewRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "misused", .flag, repeated: false),
    FieldShape(3, "reason", .text, repeated: false),
  ])
  /// Shape of `MisuseReviewReply`.
  public static let misuseReviewReply = MessageShape("MisuseReviewReply", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
  ])
  /// Shape of `MailTakeRequest`.
  public static let mailTakeRequest = MessageShape("MailTakeRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "contact_id", .uuid, repeated: false),
    FieldShape(3, "caller", .text, repeated: false),
    FieldShape(4, "recipients", .text, repeated: true),
    FieldShape(5, "message_id", .text, repeated: false),
    FieldShape(6, "class", .text, repeated: false),
    FieldShape(7, "content", .text, repeated: false),
    FieldShape(8, "subject", .text, repeated: false),
    FieldShape(9, "text", .text, repeated: false),
    FieldShape(10, "asset_id", .uuid, repeated: false),
    FieldShape(11, "category", .text, repeated: false),
    FieldShape(12, "incident", .text, repeated: false),
    FieldShape(13, "facts", .message("Fact"), repeated: true),
    FieldShape(14, "sender", .text, repeated: false),
  ])
  /// Shape of `MailTakeReply`.
  public static let mailTakeReply = MessageShape("MailTakeReply", [
    FieldShape(1, "outcome", .text, repeated: false),
    FieldShape(2, "ticket", .message("Ticket"), repeated: false),
    FieldShape(3, "answer", .message("ClauseFinding"), repeated: false),
  ])
  /// Shape of `Mail`.
  public static let mail = MessageShape("Mail", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "message_id", .text, repeated: false),
    FieldShape(3, "ticket_id", .uuid, repeated: false),
    FieldShape(4, "account_id", .uuid, repeated: false),
    FieldShape(5, "sender", .text, repeated: false),
    FieldShape(6, "subject", .text, repeated: false),
    FieldShape(7, "recipients", .text, repeated: true),
    FieldShape(8, "outcome", .text, repeated: false),
    FieldShape(9, "reason", .text, repeated: false),
    FieldShape(10, "answered", .flag, repeated: false),
    FieldShape(11, "size", .uint64, repeated: false),
    FieldShape(12, "pieces", .uint32, repeated: false),
    FieldShape(13, "attachments", .message("MailAttachment"), repeated: true),
    FieldShape(14, "taken", .instant, repeated: false),
  ])
  /// Shape of `MailAttachment`.
  public static let mailAttachment = MessageShape("MailAttachment", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "type", .text, repeated: false),
    FieldShape(3, "size", .uint64, repeated: false),
  ])
  /// Shape of `Mailbox`.
  public static let mailbox = MessageShape("Mailbox", [
    FieldShape(1, "address", .text, repeated: false),
    FieldShape(2, "plan_version", .hex, repeated: false),
    FieldShape(3, "set", .instant, repeated: false),
  ])
  /// Shape of `MailDeliverRequest`.
  public static let mailDeliverRequest = MessageShape("MailDeliverRequest", [
    FieldShape(1, "sender", .text, repeated: false),
    FieldShape(2, "recipients", .text, repeated: true),
    FieldShape(3, "original", .hex, repeated: false),
    FieldShape(4, "upload_id", .uuid, repeated: false),
    FieldShape(5, "parts", .uint32, repeated: false),
  ])
  /// Shape of `MailDeliverReply`.
  public static let mailDeliverReply = MessageShape("MailDeliverReply", [
    FieldShape(1, "outcome", .text, repeated: false),
    FieldShape(2, "mail", .message("Mail"), repeated: false),
    FieldShape(3, "ticket", .message("Ticket"), repeated: false),
    FieldShape(4, "answer", .message("ClauseFinding"), repeated: false),
  ])
  /// Shape of `MailStageRequest`.
  public static let mailStageRequest = MessageShape("MailStageRequest", [
    FieldShape(1, "upload_id", .uuid, repeated: false),
    FieldShape(2, "place", .uint32, repeated: false),
    FieldShape(3, "original", .hex, repeated: false),
  ])
  /// Shape of `MailStageReply`.
  public static let mailStageReply = MessageShape("MailStageReply", [
    FieldShape(1, "until", .instant, repeated: false),
  ])
  /// Shape of `MailGetRequest`.
  public static let mailGetRequest = MessageShape("MailGetRequest", [
    FieldShape(1, "mail_id", .uuid, repeated: false),
    FieldShape(2, "piece", .uint32, repeated: false),
  ])
  /// Shape of `MailGetReply`.
  public static let mailGetReply = MessageShape("MailGetReply", [
    FieldShape(1, "mail", .message("Mail"), repeated: false),
    FieldShape(2, "original", .hex, repeated: false),
  ])
  /// Shape of `MailListRequest`.
  public static let mailListRequest = MessageShape("MailListRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `MailListReply`.
  public static let mailListReply = MessageShape("MailListReply", [
    FieldShape(1, "mails", .message("Mail"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `MailboxSetRequest`.
  public static let mailboxSetRequest = MessageShape("MailboxSetRequest", [
    FieldShape(1, "address", .text, repeated: false),
    FieldShape(2, "plan_version", .hex, repeated: false),
  ])
  /// Shape of `MailboxSetReply`.
  public static let mailboxSetReply = MessageShape("MailboxSetReply", [
    FieldShape(1, "mailbox", .message("Mailbox"), repeated: false),
  ])
  /// Shape of `MailboxRemoveRequest`.
  public static let mailboxRemoveRequest = MessageShape("MailboxRemoveRequest", [
    FieldShape(1, "address", .text, repeated: false),
  ])
  /// Shape of `MailboxRemoveReply`.
  public static let mailboxRemoveReply = MessageShape("MailboxRemoveReply", [
  ])
  /// Shape of `MailboxListRequest`.
  public static let mailboxListRequest = MessageShape("MailboxListRequest", [
  ])
  /// Shape of `MailboxListReply`.
  public static let mailboxListReply = MessageShape("MailboxListReply", [
    FieldShape(1, "mailboxes", .message("Mailbox"), repeated: true),
  ])
  /// Shape of `Call`.
  public static let call = MessageShape("Call", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "call_id", .text, repeated: false),
    FieldShape(3, "report", .uint32, repeated: false),
    FieldShape(4, "dialled", .text, repeated: false),
    FieldShape(5, "caller", .text, repeated: false),
    FieldShape(6, "digits", .text, repeated: false),
    FieldShape(7, "answer", .text, repeated: false),
    FieldShape(8, "by", .text, repeated: false),
    FieldShape(9, "voicemail_seconds", .uint32, repeated: false),
    FieldShape(10, "voicemail_reference", .text, repeated: false),
    FieldShape(11, "account_id", .uuid, repeated: false),
    FieldShape(12, "contact_id", .uuid, repeated: false),
    FieldShape(13, "ticket_id", .uuid, repeated: false),
    FieldShape(14, "outcome", .text, repeated: false),
    FieldShape(15, "reason", .text, repeated: false),
    FieldShape(16, "at", .instant, repeated: false),
  ])
  /// Shape of `CallReportRequest`.
  public static let callReportRequest = MessageShape("CallReportRequest", [
    FieldShape(1, "call_id", .text, repeated: false),
    FieldShape(2, "report", .uint32, repeated: false),
    FieldShape(3, "dialled", .text, repeated: false),
    FieldShape(4, "caller", .text, repeated: false),
    FieldShape(5, "digits", .text, repeated: false),
    FieldShape(6, "answer", .text, repeated: false),
    FieldShape(7, "by", .text, repeated: false),
    FieldShape(8, "voicemail_seconds", .uint32, repeated: false),
    FieldShape(9, "voicemail_reference", .text, repeated: false),
    FieldShape(10, "ticket_number", .uint64, repeated: false),
    FieldShape(11, "class", .text, repeated: false),
  ])
  /// Shape of `CallReportReply`.
  public static let callReportReply = MessageShape("CallReportReply", [
    FieldShape(1, "outcome", .text, repeated: false),
    FieldShape(2, "call", .message("Call"), repeated: false),
    FieldShape(3, "ticket", .message("Ticket"), repeated: false),
    FieldShape(4, "answer", .message("ClauseFinding"), repeated: false),
  ])
  /// Shape of `CallListRequest`.
  public static let callListRequest = MessageShape("CallListRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `CallListReply`.
  public static let callListReply = MessageShape("CallListReply", [
    FieldShape(1, "calls", .message("Call"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `Agreement`.
  public static let agreement = MessageShape("Agreement", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "account_id", .uuid, repeated: false),
    FieldShape(3, "plan_version", .hex, repeated: false),
    FieldShape(4, "plan", .text, repeated: false),
    FieldShape(5, "unit", .text, repeated: false),
    FieldShape(6, "state", .text, repeated: false),
    FieldShape(7, "signed", .instant, repeated: false),
    FieldShape(8, "ended", .instant, repeated: false),
    FieldShape(9, "purchased", .instant, repeated: false),
    FieldShape(10, "balance", .int64, repeated: false),
    FieldShape(11, "held", .int64, repeated: false),
    FieldShape(12, "version", .uint64, repeated: false),
    FieldShape(13, "tier", .text, repeated: false),
    FieldShape(14, "agreed", .instant, repeated: false),
    FieldShape(15, "ends", .instant, repeated: false),
    FieldShape(16, "bought", .text, repeated: true),
  ])
  /// Shape of `Lot`.
  public static let lot = MessageShape("Lot", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "agreement_id", .uuid, repeated: false),
    FieldShape(3, "package", .text, repeated: false),
    FieldShape(4, "granted", .int64, repeated: false),
    FieldShape(5, "remaining", .int64, repeated: false),
    FieldShape(6, "priority", .int32, repeated: false),
    FieldShape(7, "granted_at", .instant, repeated: false),
    FieldShape(8, "expires", .instant, repeated: false),
    FieldShape(9, "expired", .flag, repeated: false),
    FieldShape(10, "unit", .text, repeated: false),
  ])
  /// Shape of `Hold`.
  public static let hold = MessageShape("Hold", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "agreement_id", .uuid, repeated: false),
    FieldShape(3, "amount", .int64, repeated: false),
    FieldShape(4, "captured", .int64, repeated: false),
    FieldShape(5, "state", .text, repeated: false),
    FieldShape(6, "reason", .text, repeated: false),
    FieldShape(7, "ticket_id", .uuid, repeated: false),
    FieldShape(8, "placed", .instant, repeated: false),
    FieldShape(9, "expires", .instant, repeated: false),
    FieldShape(10, "overage", .int64, repeated: false),
    FieldShape(11, "unit", .text, repeated: false),
  ])
  /// Shape of `Quote`.
  public static let quote = MessageShape("Quote", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "agreement_id", .uuid, repeated: false),
    FieldShape(3, "ticket_id", .uuid, repeated: false),
    FieldShape(4, "plan_version", .hex, repeated: false),
    FieldShape(5, "lines", .message("ChargeLine"), repeated: true),
    FieldShape(6, "total", .int64, repeated: false),
    FieldShape(7, "available", .int64, repeated: false),
    FieldShape(8, "overage", .int64, repeated: false),
    FieldShape(9, "overage_price", .int64, repeated: false),
    FieldShape(10, "currency", .text, repeated: false),
    FieldShape(11, "state", .text, repeated: false),
    FieldShape(12, "hold_id", .uuid, repeated: false),
    FieldShape(13, "made", .instant, repeated: false),
    FieldShape(14, "acknowledged_by", .text, repeated: false),
    FieldShape(15, "acknowledged", .instant, repeated: false),
    FieldShape(16, "unit", .text, repeated: false),
  ])
  /// Shape of `Transfer`.
  public static let transfer = MessageShape("Transfer", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "kind", .text, repeated: false),
    FieldShape(3, "agreement_id", .uuid, repeated: false),
    FieldShape(4, "ticket_id", .uuid, repeated: false),
    FieldShape(5, "hold_id", .uuid, repeated: false),
    FieldShape(6, "reverses", .uuid, repeated: false),
    FieldShape(7, "text", .text, repeated: false),
    FieldShape(8, "lines", .message("ChargeLine"), repeated: true),
    FieldShape(9, "entries", .message("Entry"), repeated: true),
    FieldShape(10, "at", .instant, repeated: false),
    FieldShape(11, "effective", .instant, repeated: false),
    FieldShape(12, "plan_version", .hex, repeated: false),
    FieldShape(13, "unit", .text, repeated: false),
  ])
  /// Shape of `Entry`.
  public static let entry = MessageShape("Entry", [
    FieldShape(1, "wallet_id", .uuid, repeated: false),
    FieldShape(2, "seq", .uint64, repeated: false),
    FieldShape(3, "amount", .int64, repeated: false),
    FieldShape(4, "balance", .int64, repeated: false),
    FieldShape(5, "draws", .message("Draw"), repeated: true),
  ])
  /// Shape of `Draw`.
  public static let draw = MessageShape("Draw", [
    FieldShape(1, "lot_id", .uuid, repeated: false),
    FieldShape(2, "amount", .int64, repeated: false),
    FieldShape(3, "expires", .instant, repeated: false),
  ])
  /// Shape of `StandingOrder`.
  public static let standingOrder = MessageShape("StandingOrder", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "agreement_id", .uuid, repeated: false),
    FieldShape(3, "package", .text, repeated: false),
    FieldShape(4, "quantity", .uint32, repeated: false),
    FieldShape(5, "paid", .int64, repeated: false),
    FieldShape(6, "reference", .text, repeated: false),
    FieldShape(7, "started", .instant, repeated: false),
    FieldShape(8, "times", .uint32, repeated: false),
    FieldShape(9, "next", .instant, repeated: false),
    FieldShape(10, "ended", .instant, repeated: false),
    FieldShape(11, "end_reason", .text, repeated: false),
  ])
  /// Shape of `Invoice`.
  public static let invoice = MessageShape("Invoice", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "agreement_id", .uuid, repeated: false),
    FieldShape(3, "ticket_id", .uuid, repeated: false),
    FieldShape(4, "units", .int64, repeated: false),
    FieldShape(5, "amount", .int64, repeated: false),
    FieldShape(6, "currency", .text, repeated: false),
    FieldShape(7, "due_to_issue", .instant, repeated: false),
    FieldShape(8, "issued", .instant, repeated: false),
  ])
  /// Shape of `Statement`.
  public static let statement = MessageShape("Statement", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "agreement_id", .uuid, repeated: false),
    FieldShape(3, "from", .instant, repeated: false),
    FieldShape(4, "to", .instant, repeated: false),
    FieldShape(5, "opening", .int64, repeated: false),
    FieldShape(6, "closing", .int64, repeated: false),
    FieldShape(7, "lines", .message("StatementLine"), repeated: true),
    FieldShape(8, "closed", .flag, repeated: false),
    FieldShape(9, "digest", .hex, repeated: false),
    FieldShape(10, "text", .text, repeated: false),
    FieldShape(11, "units", .message("UnitTotals"), repeated: true),
  ])
  /// Shape of `UnitTotals`.
  public static let unitTotals = MessageShape("UnitTotals", [
    FieldShape(1, "unit", .text, repeated: false),
    FieldShape(2, "opening", .int64, repeated: false),
    FieldShape(3, "closing", .int64, repeated: false),
  ])
  /// Shape of `StatementLine`.
  public static let statementLine = MessageShape("StatementLine", [
    FieldShape(1, "at", .instant, repeated: false),
    FieldShape(2, "kind", .text, repeated: false),
    FieldShape(3, "amount", .int64, repeated: false),
    FieldShape(4, "text", .text, repeated: false),
    FieldShape(5, "clause", .text, repeated: false),
    FieldShape(6, "transfer_id", .uuid, repeated: false),
    FieldShape(7, "arithmetic", .text, repeated: false),
    FieldShape(8, "unit", .text, repeated: false),
  ])
  /// Shape of `AgreementSignRequest`.
  public static let agreementSignRequest = MessageShape("AgreementSignRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "plan_version", .hex, repeated: false),
    FieldShape(3, "tier", .text, repeated: false),
    FieldShape(4, "ends", .instant, repeated: false),
    FieldShape(5, "facts", .message("Fact"), repeated: true),
  ])
  /// Shape of `AgreementSignReply`.
  public static let agreementSignReply = MessageShape("AgreementSignReply", [
    FieldShape(1, "agreement", .message("Agreement"), repeated: false),
    FieldShape(2, "warnings", .message("ClauseFinding"), repeated: true),
  ])
  /// Shape of `AgreementRenewRequest`.
  public static let agreementRenewRequest = MessageShape("AgreementRenewRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "plan_version", .hex, repeated: false),
    FieldShape(3, "ends", .instant, repeated: false),
  ])
  /// Shape of `AgreementRenewReply`.
  public static let agreementRenewReply = MessageShape("AgreementRenewReply", [
    FieldShape(1, "agreement", .message("Agreement"), repeated: false),
    FieldShape(2, "warnings", .message("ClauseFinding"), repeated: true),
  ])
  /// Shape of `AgreementEndRequest`.
  public static let agreementEndRequest = MessageShape("AgreementEndRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "reason", .text, repeated: false),
  ])
  /// Shape of `AgreementEndReply`.
  public static let agreementEndReply = MessageShape("AgreementEndReply", [
    FieldShape(1, "agreement", .message("Agreement"), repeated: false),
  ])
  /// Shape of `AgreementGetRequest`.
  public static let agreementGetRequest = MessageShape("AgreementGetRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false, .explicit),
    FieldShape(2, "account_id", .uuid, repeated: false, .explicit),
  ])
  /// Shape of `AgreementGetReply`.
  public static let agreementGetReply = MessageShape("AgreementGetReply", [
    FieldShape(1, "agreement", .message("Agreement"), repeated: false),
  ])
  /// Shape of `AgreementListRequest`.
  public static let agreementListRequest = MessageShape("AgreementListRequest", [
    FieldShape(1, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `AgreementListReply`.
  public static let agreementListReply = MessageShape("AgreementListReply", [
    FieldShape(1, "agreements", .message("Agreement"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `PackagePurchaseRequest`.
  public static let packagePurchaseRequest = MessageShape("PackagePurchaseRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "package", .text, repeated: false),
    FieldShape(3, "quantity", .uint32, repeated: false),
    FieldShape(4, "paid", .int64, repeated: false),
    FieldShape(5, "reference", .text, repeated: false),
  ])
  /// Shape of `PackagePurchaseReply`.
  public static let packagePurchaseReply = MessageShape("PackagePurchaseReply", [
    FieldShape(1, "agreement", .message("Agreement"), repeated: false),
    FieldShape(2, "lot", .message("Lot"), repeated: false),
    FieldShape(3, "transfer_id", .uuid, repeated: false),
  ])
  /// Shape of `OrderPlaceRequest`.
  public static let orderPlaceRequest = MessageShape("OrderPlaceRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "package", .text, repeated: false),
    FieldShape(3, "quantity", .uint32, repeated: false),
    FieldShape(4, "paid", .int64, repeated: false),
    FieldShape(5, "reference", .text, repeated: false),
  ])
  /// Shape of `OrderPlaceReply`.
  public static let orderPlaceReply = MessageShape("OrderPlaceReply", [
    FieldShape(1, "order", .message("StandingOrder"), repeated: false),
    FieldShape(2, "lot", .message("Lot"), repeated: false),
  ])
  /// Shape of `OrderEndRequest`.
  public static let orderEndRequest = MessageShape("OrderEndRequest", [
    FieldShape(1, "order_id", .uuid, repeated: false),
    FieldShape(2, "reason", .text, repeated: false),
  ])
  /// Shape of `OrderEndReply`.
  public static let orderEndReply = MessageShape("OrderEndReply", [
    FieldShape(1, "order", .message("StandingOrder"), repeated: false),
  ])
  /// Shape of `OrderListRequest`.
  public static let orderListRequest = MessageShape("OrderListRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `OrderListReply`.
  public static let orderListReply = MessageShape("OrderListReply", [
    FieldShape(1, "orders", .message("StandingOrder"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `QuoteCreateRequest`.
  public static let quoteCreateRequest = MessageShape("QuoteCreateRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "ticket_id", .uuid, repeated: false),
    FieldShape(3, "task", .message("Task"), repeated: false),
  ])
  /// Shape of `QuoteCreateReply`.
  public static let quoteCreateReply = MessageShape("QuoteCreateReply", [
    FieldShape(1, "quote", .message("Quote"), repeated: false),
  ])
  /// Shape of `QuoteAcknowledgeRequest`.
  public static let quoteAcknowledgeRequest = MessageShape("QuoteAcknowledgeRequest", [
    FieldShape(1, "quote_id", .uuid, repeated: false),
    FieldShape(2, "by", .text, repeated: false),
  ])
  /// Shape of `QuoteAcknowledgeReply`.
  public static let quoteAcknowledgeReply = MessageShape("QuoteAcknowledgeReply", [
    FieldShape(1, "quote", .message("Quote"), repeated: false),
  ])
  /// Shape of `QuoteDeclineRequest`.
  public static let quoteDeclineRequest = MessageShape("QuoteDeclineRequest", [
    FieldShape(1, "quote_id", .uuid, repeated: false),
  ])
  /// Shape of `QuoteDeclineReply`.
  public static let quoteDeclineReply = MessageShape("QuoteDeclineReply", [
    FieldShape(1, "quote", .message("Quote"), repeated: false),
  ])
  /// Shape of `QuoteGetRequest`.
  public static let quoteGetRequest = MessageShape("QuoteGetRequest", [
    FieldShape(1, "quote_id", .uuid, repeated: false),
  ])
  /// Shape of `QuoteGetReply`.
  public static let quoteGetReply = MessageShape("QuoteGetReply", [
    FieldShape(1, "quote", .message("Quote"), repeated: false),
  ])
  /// Shape of `HoldPlaceRequest`.
  public static let holdPlaceRequest = MessageShape("HoldPlaceRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "amount", .int64, repeated: false),
    FieldShape(3, "reason", .text, repeated: false),
    FieldShape(4, "ticket_id", .uuid, repeated: false),
    FieldShape(5, "expires", .instant, repeated: false),
    FieldShape(6, "unit", .text, repeated: false),
  ])
  /// Shape of `HoldPlaceReply`.
  public static let holdPlaceReply = MessageShape("HoldPlaceReply", [
    FieldShape(1, "hold", .message("Hold"), repeated: false),
  ])
  /// Shape of `HoldCaptureRequest`.
  public static let holdCaptureRequest = MessageShape("HoldCaptureRequest", [
    FieldShape(1, "hold_id", .uuid, repeated: false),
    FieldShape(2, "amount", .int64, repeated: false),
    FieldShape(3, "text", .text, repeated: false),
  ])
  /// Shape of `HoldCaptureReply`.
  public static let holdCaptureReply = MessageShape("HoldCaptureReply", [
    FieldShape(1, "hold", .message("Hold"), repeated: false),
    FieldShape(2, "transfer", .message("Transfer"), repeated: false),
  ])
  /// Shape of `HoldVoidRequest`.
  public static let holdVoidRequest = MessageShape("HoldVoidRequest", [
    FieldShape(1, "hold_id", .uuid, repeated: false),
    FieldShape(2, "reason", .text, repeated: false),
  ])
  /// Shape of `HoldVoidReply`.
  public static let holdVoidReply = MessageShape("HoldVoidReply", [
    FieldShape(1, "hold", .message("Hold"), repeated: false),
  ])
  /// Shape of `HoldListRequest`.
  public static let holdListRequest = MessageShape("HoldListRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "state", .text, repeated: false),
    FieldShape(3, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `HoldListReply`.
  public static let holdListReply = MessageShape("HoldListReply", [
    FieldShape(1, "holds", .message("Hold"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `ChargePostRequest`.
  public static let chargePostRequest = MessageShape("ChargePostRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "task", .message("Task"), repeated: false),
    FieldShape(3, "text", .text, repeated: false),
  ])
  /// Shape of `ChargePostReply`.
  public static let chargePostReply = MessageShape("ChargePostReply", [
    FieldShape(1, "transfer", .message("Transfer"), repeated: false),
    FieldShape(2, "balance", .int64, repeated: false),
  ])
  /// Shape of `ChargePostManyRequest`.
  public static let chargePostManyRequest = MessageShape("ChargePostManyRequest", [
    FieldShape(1, "charges", .message("ChargePostRequest"), repeated: true),
  ])
  /// Shape of `ChargePostManyReply`.
  public static let chargePostManyReply = MessageShape("ChargePostManyReply", [
    FieldShape(1, "outcomes", .message("ChargeOutcome"), repeated: true),
  ])
  /// Shape of `ChargeOutcome`.
  public static let chargeOutcome = MessageShape("ChargeOutcome", [
    FieldShape(1, "transfer_id", .uuid, repeated: false),
    FieldShape(2, "amount", .int64, repeated: false),
    FieldShape(3, "balance", .int64, repeated: false),
    FieldShape(4, "refusal", .uint32, repeated: false),
    FieldShape(5, "text", .text, repeated: false),
    FieldShape(6, "clauses", .message("FailedClause"), repeated: true),
    FieldShape(7, "unit", .text, repeated: false),
  ])
  /// Shape of `ChargeReverseRequest`.
  public static let chargeReverseRequest = MessageShape("ChargeReverseRequest", [
    FieldShape(1, "transfer_id", .uuid, repeated: false),
    FieldShape(2, "reason", .text, repeated: false),
  ])
  /// Shape of `ChargeReverseReply`.
  public static let chargeReverseReply = MessageShape("ChargeReverseReply", [
    FieldShape(1, "transfer", .message("Transfer"), repeated: false),
    FieldShape(2, "balance", .int64, repeated: false),
  ])
  /// Shape of `AdjustmentPostRequest`.
  public static let adjustmentPostRequest = MessageShape("AdjustmentPostRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "amount", .int64, repeated: false),
    FieldShape(3, "reason", .text, repeated: false),
    FieldShape(4, "unit", .text, repeated: false),
  ])
  /// Shape of `AdjustmentPostReply`.
  public static let adjustmentPostReply = MessageShape("AdjustmentPostReply", [
    FieldShape(1, "transfer", .message("Transfer"), repeated: false),
    FieldShape(2, "balance", .int64, repeated: false),
  ])
  /// Shape of `BalanceGetRequest`.
  public static let balanceGetRequest = MessageShape("BalanceGetRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "at", .instant, repeated: false),
    FieldShape(3, "unit", .text, repeated: false),
  ])
  /// Shape of `BalanceGetReply`.
  public static let balanceGetReply = MessageShape("BalanceGetReply", [
    FieldShape(1, "balance", .int64, repeated: false),
    FieldShape(2, "held", .int64, repeated: false),
    FieldShape(3, "available", .int64, repeated: false),
    FieldShape(4, "unit", .text, repeated: false),
    FieldShape(5, "seq", .uint64, repeated: false),
  ])
  /// Shape of `LotListRequest`.
  public static let lotListRequest = MessageShape("LotListRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "all", .flag, repeated: false),
  ])
  /// Shape of `LotListReply`.
  public static let lotListReply = MessageShape("LotListReply", [
    FieldShape(1, "lots", .message("Lot"), repeated: true),
  ])
  /// Shape of `JournalListRequest`.
  public static let journalListRequest = MessageShape("JournalListRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `JournalListReply`.
  public static let journalListReply = MessageShape("JournalListReply", [
    FieldShape(1, "transfers", .message("Transfer"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `TransferGetRequest`.
  public static let transferGetRequest = MessageShape("TransferGetRequest", [
    FieldShape(1, "transfer_id", .uuid, repeated: false),
  ])
  /// Shape of `TransferGetReply`.
  public static let transferGetReply = MessageShape("TransferGetReply", [
    FieldShape(1, "transfer", .message("Transfer"), repeated: false),
  ])
  /// Shape of `StatementGetRequest`.
  public static let statementGetRequest = MessageShape("StatementGetRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "month", .instant, repeated: false),
    FieldShape(3, "form", .text, repeated: false),
    FieldShape(4, "language", .text, repeated: false),
  ])
  /// Shape of `StatementGetReply`.
  public static let statementGetReply = MessageShape("StatementGetReply", [
    FieldShape(1, "statement", .message("Statement"), repeated: false),
    FieldShape(2, "document", .text, repeated: false),
  ])
  /// Shape of `StatementListRequest`.
  public static let statementListRequest = MessageShape("StatementListRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `StatementListReply`.
  public static let statementListReply = MessageShape("StatementListReply", [
    FieldShape(1, "statements", .message("Statement"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `InvoiceListRequest`.
  public static let invoiceListRequest = MessageShape("InvoiceListRequest", [
    FieldShape(1, "agreement_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `InvoiceListReply`.
  public static let invoiceListReply = MessageShape("InvoiceListReply", [
    FieldShape(1, "invoices", .message("Invoice"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `TicketchargeGetRequest`.
  public static let ticketchargeGetRequest = MessageShape("TicketchargeGetRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
  ])
  /// Shape of `TicketchargeGetReply`.
  public static let ticketchargeGetReply = MessageShape("TicketchargeGetReply", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "agreement_id", .uuid, repeated: false),
    FieldShape(3, "held", .int64, repeated: false),
    FieldShape(4, "charged", .int64, repeated: false),
    FieldShape(5, "unsettled", .int64, repeated: false),
    FieldShape(6, "lines", .message("ChargeLine"), repeated: true),
    FieldShape(7, "transfer_ids", .uuid, repeated: true),
    FieldShape(8, "unit", .text, repeated: false),
    FieldShape(9, "moves", .message("ChargeMove"), repeated: true),
  ])
  /// Shape of `ChargeMove`.
  public static let chargeMove = MessageShape("ChargeMove", [
    FieldShape(1, "from_ticket_id", .uuid, repeated: false),
    FieldShape(2, "to_ticket_id", .uuid, repeated: false),
    FieldShape(3, "reversal_id", .uuid, repeated: false),
    FieldShape(4, "transfer_id", .uuid, repeated: false),
    FieldShape(5, "amount", .int64, repeated: false),
    FieldShape(6, "at", .instant, repeated: false),
  ])
  /// Shape of `Person`.
  public static let person = MessageShape("Person", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "methods", .message("ContactMethod"), repeated: true),
    FieldShape(4, "version", .uint64, repeated: false),
    FieldShape(5, "handle", .text, repeated: false),
  ])
  /// Shape of `ContactMethod`.
  public static let contactMethod = MessageShape("ContactMethod", [
    FieldShape(1, "kind", .text, repeated: false),
    FieldShape(2, "address", .text, repeated: false),
  ])
  /// Shape of `Rota`.
  public static let rota = MessageShape("Rota", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "zone", .text, repeated: false),
    FieldShape(4, "handover", .text, repeated: false),
    FieldShape(5, "turn_days", .uint32, repeated: false),
    FieldShape(6, "starts", .instant, repeated: false),
    FieldShape(7, "people", .uuid, repeated: true),
    FieldShape(8, "version", .uint64, repeated: false),
    FieldShape(9, "hours", .text, repeated: true),
    FieldShape(10, "ends", .instant, repeated: false),
    FieldShape(11, "layers", .message("RotaLayer"), repeated: true),
    FieldShape(12, "since", .instant, repeated: false),
  ])
  /// Shape of `RotaLayer`.
  public static let rotaLayer = MessageShape("RotaLayer", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "zone", .text, repeated: false),
    FieldShape(3, "handover", .text, repeated: false),
    FieldShape(4, "turn_days", .uint32, repeated: false),
    FieldShape(5, "starts", .instant, repeated: false),
    FieldShape(6, "ends", .instant, repeated: false),
    FieldShape(7, "people", .uuid, repeated: true),
    FieldShape(8, "hours", .text, repeated: true),
  ])
  /// Shape of `RotaOverride`.
  public static let rotaOverride = MessageShape("RotaOverride", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "rota_id", .uuid, repeated: false),
    FieldShape(3, "person_id", .uuid, repeated: false),
    FieldShape(4, "time", .message("Interval"), repeated: false),
    FieldShape(5, "reason", .text, repeated: false),
  ])
  /// Shape of `SlaClock`.
  public static let slaClock = MessageShape("SlaClock", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "ticket_id", .uuid, repeated: false),
    FieldShape(3, "ticket_number", .uint64, repeated: false),
    FieldShape(4, "target", .text, repeated: false),
    FieldShape(5, "state", .text, repeated: false),
    FieldShape(6, "due", .instant, repeated: false),
    FieldShape(7, "started", .instant, repeated: false),
    FieldShape(8, "ended", .instant, repeated: false),
    FieldShape(9, "paused_reason", .text, repeated: false),
    FieldShape(10, "round", .uint32, repeated: false),
    FieldShape(11, "intervals", .message("ClockInterval"), repeated: true),
    FieldShape(12, "counted_from", .instant, repeated: false),
  ])
  /// Shape of `ClockInterval`.
  public static let clockInterval = MessageShape("ClockInterval", [
    FieldShape(1, "from", .instant, repeated: false),
    FieldShape(2, "to", .instant, repeated: false),
    FieldShape(3, "state", .text, repeated: false),
    FieldShape(4, "due", .instant, repeated: false),
    FieldShape(5, "why", .text, repeated: false),
  ])
  /// Shape of `Escalation`.
  public static let escalation = MessageShape("Escalation", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "ticket_id", .uuid, repeated: false),
    FieldShape(3, "ticket_number", .uint64, repeated: false),
    FieldShape(4, "target", .text, repeated: false),
    FieldShape(5, "ladder", .text, repeated: false),
    FieldShape(6, "state", .text, repeated: false),
    FieldShape(7, "step", .uint32, repeated: false),
    FieldShape(8, "started", .instant, repeated: false),
    FieldShape(9, "next_step", .instant, repeated: false),
    FieldShape(10, "acknowledged", .instant, repeated: false),
    FieldShape(11, "acknowledged_by", .text, repeated: false),
    FieldShape(12, "ending", .text, repeated: false),
    FieldShape(13, "steps", .message("EscalationStep"), repeated: true),
    FieldShape(14, "version", .uint64, repeated: false),
    FieldShape(15, "expires", .instant, repeated: false),
    FieldShape(16, "events", .message("EscalationEvent"), repeated: true),
  ])
  /// Shape of `EscalationEvent`.
  public static let escalationEvent = MessageShape("EscalationEvent", [
    FieldShape(1, "number", .uint32, repeated: false),
    FieldShape(2, "at", .instant, repeated: false),
    FieldShape(3, "kind", .text, repeated: false),
    FieldShape(4, "text", .text, repeated: false),
  ])
  /// Shape of `EscalationStep`.
  public static let escalationStep = MessageShape("EscalationStep", [
    FieldShape(1, "number", .uint32, repeated: false),
    FieldShape(2, "place", .uint32, repeated: false),
    FieldShape(3, "at", .instant, repeated: false),
    FieldShape(4, "deliveries", .uint32, repeated: false),
    FieldShape(5, "note", .text, repeated: false),
  ])
  /// Shape of `Delivery`.
  public static let delivery = MessageShape("Delivery", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "escalation_id", .uuid, repeated: false),
    FieldShape(3, "step", .uint32, repeated: false),
    FieldShape(4, "person_id", .uuid, repeated: false),
    FieldShape(5, "recipient", .text, repeated: false),
    FieldShape(6, "method", .text, repeated: false),
    FieldShape(7, "address", .text, repeated: false),
    FieldShape(8, "subject", .text, repeated: false),
    FieldShape(9, "text", .text, repeated: false),
    FieldShape(10, "state", .text, repeated: false),
    FieldShape(11, "attempts", .message("DeliveryAttempt"), repeated: true),
    FieldShape(12, "message_id", .text, repeated: false),
    FieldShape(13, "created", .instant, repeated: false),
    FieldShape(14, "answer", .text, repeated: false),
    FieldShape(15, "answered", .instant, repeated: false),
    FieldShape(16, "notice_id", .uuid, repeated: false),
    FieldShape(17, "held_by", .text, repeated: false),
    FieldShape(18, "held_until", .instant, repeated: false),
    FieldShape(19, "carrier_id", .uuid, repeated: false),
    FieldShape(20, "html", .text, repeated: false),
    FieldShape(21, "template", .text, repeated: false),
    FieldShape(22, "deadline", .instant, repeated: false),
  ])
  /// Shape of `WebhookEndpoint`.
  public static let webhookEndpoint = MessageShape("WebhookEndpoint", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "url", .text, repeated: false),
    FieldShape(4, "earlier_until", .instant, repeated: false),
    FieldShape(5, "version", .uint64, repeated: false),
  ])
  /// Shape of `CustomerNotice`.
  public static let customerNotice = MessageShape("CustomerNotice", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "account_id", .uuid, repeated: false),
    FieldShape(3, "kind", .text, repeated: false),
    FieldShape(4, "subject", .text, repeated: false),
    FieldShape(5, "text", .text, repeated: false),
    FieldShape(6, "at", .instant, repeated: false),
    FieldShape(7, "deliveries", .uint32, repeated: false),
    FieldShape(8, "ticket_id", .uuid, repeated: false),
    FieldShape(9, "late", .flag, repeated: false),
  ])
  /// Shape of `DeliveryAttempt`.
  public static let deliveryAttempt = MessageShape("DeliveryAttempt", [
    FieldShape(1, "number", .uint32, repeated: false),
    FieldShape(2, "at", .instant, repeated: false),
    FieldShape(3, "succeeded", .flag, repeated: false),
    FieldShape(4, "outcome", .text, repeated: false),
  ])
  /// Shape of `PersonSetRequest`.
  public static let personSetRequest = MessageShape("PersonSetRequest", [
    FieldShape(1, "person_id", .uuid, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "methods", .message("ContactMethod"), repeated: true),
    FieldShape(4, "handle", .text, repeated: false),
  ])
  /// Shape of `PersonSetReply`.
  public static let personSetReply = MessageShape("PersonSetReply", [
    FieldShape(1, "person", .message("Person"), repeated: false),
  ])
  /// Shape of `PersonListRequest`.
  public static let personListRequest = MessageShape("PersonListRequest", [
    FieldShape(1, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `PersonListReply`.
  public static let personListReply = MessageShape("PersonListReply", [
    FieldShape(1, "people", .message("Person"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `RotaSetRequest`.
  public static let rotaSetRequest = MessageShape("RotaSetRequest", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "zone", .text, repeated: false),
    FieldShape(3, "handover", .text, repeated: false),
    FieldShape(4, "turn_days", .uint32, repeated: false),
    FieldShape(5, "starts", .instant, repeated: false),
    FieldShape(6, "people", .uuid, repeated: true),
    FieldShape(7, "hours", .text, repeated: true),
    FieldShape(8, "ends", .instant, repeated: false),
    FieldShape(9, "layers", .message("RotaLayer"), repeated: true),
  ])
  /// Shape of `RotaSetReply`.
  public static let rotaSetReply = MessageShape("RotaSetReply", [
    FieldShape(1, "rota", .message("Rota"), repeated: false),
  ])
  /// Shape of `RotaListRequest`.
  public static let rotaListRequest = MessageShape("RotaListRequest", [
    FieldShape(1, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `RotaListReply`.
  public static let rotaListReply = MessageShape("RotaListReply", [
    FieldShape(1, "rotas", .message("Rota"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `RotaWhoRequest`.
  public static let rotaWhoRequest = MessageShape("RotaWhoRequest", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "at", .instant, repeated: false),
  ])
  /// Shape of `RotaWhoReply`.
  public static let rotaWhoReply = MessageShape("RotaWhoReply", [
    FieldShape(1, "person", .message("Person"), repeated: false),
    FieldShape(2, "by_override", .flag, repeated: false),
    FieldShape(3, "until", .instant, repeated: false),
    FieldShape(4, "layer", .uint32, repeated: false),
    FieldShape(5, "version", .uint64, repeated: false),
  ])
  /// Shape of `OverrideAddRequest`.
  public static let overrideAddRequest = MessageShape("OverrideAddRequest", [
    FieldShape(1, "rota", .text, repeated: false),
    FieldShape(2, "person_id", .uuid, repeated: false),
    FieldShape(3, "time", .message("Interval"), repeated: false),
    FieldShape(4, "reason", .text, repeated: false),
  ])
  /// Shape of `OverrideAddReply`.
  public static let overrideAddReply = MessageShape("OverrideAddReply", [
    FieldShape(1, "override", .message("RotaOverride"), repeated: false),
  ])
  /// Shape of `OverrideRemoveRequest`.
  public static let overrideRemoveRequest = MessageShape("OverrideRemoveRequest", [
    FieldShape(1, "override_id", .uuid, repeated: false),
  ])
  /// Shape of `OverrideRemoveReply`.
  public static let overrideRemoveReply = MessageShape("OverrideRemoveReply", [
  ])
  /// Shape of `OverrideListRequest`.
  public static let overrideListRequest = MessageShape("OverrideListRequest", [
    FieldShape(1, "rota", .text, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `OverrideListReply`.
  public static let overrideListReply = MessageShape("OverrideListReply", [
    FieldShape(1, "overrides", .message("RotaOverride"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `SlaclockListRequest`.
  public static let slaclockListRequest = MessageShape("SlaclockListRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "state", .text, repeated: false),
    FieldShape(3, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `SlaclockListReply`.
  public static let slaclockListReply = MessageShape("SlaclockListReply", [
    FieldShape(1, "clocks", .message("SlaClock"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `EscalationListRequest`.
  public static let escalationListRequest = MessageShape("EscalationListRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "state", .text, repeated: false),
    FieldShape(3, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `EscalationListReply`.
  public static let escalationListReply = MessageShape("EscalationListReply", [
    FieldShape(1, "escalations", .message("Escalation"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `EscalationAcknowledgeRequest`.
  public static let escalationAcknowledgeRequest = MessageShape("EscalationAcknowledgeRequest", [
    FieldShape(1, "escalation_id", .uuid, repeated: false),
    FieldShape(2, "by", .text, repeated: false),
  ])
  /// Shape of `EscalationAcknowledgeReply`.
  public static let escalationAcknowledgeReply = MessageShape("EscalationAcknowledgeReply", [
    FieldShape(1, "escalation", .message("Escalation"), repeated: false),
  ])
  /// Shape of `DeliveryListRequest`.
  public static let deliveryListRequest = MessageShape("DeliveryListRequest", [
    FieldShape(1, "escalation_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
    FieldShape(3, "state", .text, repeated: false),
  ])
  /// Shape of `DeliveryListReply`.
  public static let deliveryListReply = MessageShape("DeliveryListReply", [
    FieldShape(1, "deliveries", .message("Delivery"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `DeliveryReportRequest`.
  public static let deliveryReportRequest = MessageShape("DeliveryReportRequest", [
    FieldShape(1, "delivery_id", .uuid, repeated: false),
    FieldShape(2, "number", .uint32, repeated: false),
    FieldShape(3, "succeeded", .flag, repeated: false),
    FieldShape(4, "outcome", .text, repeated: false),
    FieldShape(5, "permanent", .flag, repeated: false),
    FieldShape(6, "after_ms", .uint32, repeated: false),
  ])
  /// Shape of `DeliveryReportReply`.
  public static let deliveryReportReply = MessageShape("DeliveryReportReply", [
    FieldShape(1, "delivery", .message("Delivery"), repeated: false),
  ])
  /// Shape of `DeliveryAnswerRequest`.
  public static let deliveryAnswerRequest = MessageShape("DeliveryAnswerRequest", [
    FieldShape(1, "delivery_id", .uuid, repeated: false),
    FieldShape(2, "answer", .text, repeated: false),
  ])
  /// Shape of `DeliveryAnswerReply`.
  public static let deliveryAnswerReply = MessageShape("DeliveryAnswerReply", [
    FieldShape(1, "delivery", .message("Delivery"), repeated: false),
  ])
  /// Shape of `EscalationCallRequest`.
  public static let escalationCallRequest = MessageShape("EscalationCallRequest", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "dialled", .text, repeated: false),
    FieldShape(3, "answer", .text, repeated: false),
    FieldShape(4, "by", .text, repeated: false),
  ])
  /// Shape of `EscalationCallReply`.
  public static let escalationCallReply = MessageShape("EscalationCallReply", [
    FieldShape(1, "escalations", .message("Escalation"), repeated: true),
  ])
  /// Shape of `NoticeListRequest`.
  public static let noticeListRequest = MessageShape("NoticeListRequest", [
    FieldShape(1, "account_id", .uuid, repeated: false),
    FieldShape(2, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `NoticeListReply`.
  public static let noticeListReply = MessageShape("NoticeListReply", [
    FieldShape(1, "notices", .message("CustomerNotice"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `RotaForecastRequest`.
  public static let rotaForecastRequest = MessageShape("RotaForecastRequest", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "from", .instant, repeated: false),
    FieldShape(3, "days", .uint32, repeated: false),
    FieldShape(4, "plan_version", .hex, repeated: false),
  ])
  /// Shape of `RotaForecastReply`.
  public static let rotaForecastReply = MessageShape("RotaForecastReply", [
    FieldShape(1, "rotas", .message("RotaForecast"), repeated: true),
  ])
  /// Shape of `RotaForecast`.
  public static let rotaForecast = MessageShape("RotaForecast", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "missing", .flag, repeated: false),
    FieldShape(3, "from", .instant, repeated: false),
    FieldShape(4, "to", .instant, repeated: false),
    FieldShape(5, "spans", .message("DutySpan"), repeated: true),
    FieldShape(6, "uncovered", .message("Interval"), repeated: true),
  ])
  /// Shape of `DutySpan`.
  public static let dutySpan = MessageShape("DutySpan", [
    FieldShape(1, "from", .instant, repeated: false),
    FieldShape(2, "to", .instant, repeated: false),
    FieldShape(3, "person_id", .uuid, repeated: false),
    FieldShape(4, "person", .text, repeated: false),
    FieldShape(5, "by_override", .flag, repeated: false),
    FieldShape(6, "layer", .uint32, repeated: false),
  ])
  /// Shape of `EscalationGetRequest`.
  public static let escalationGetRequest = MessageShape("EscalationGetRequest", [
    FieldShape(1, "escalation_id", .uuid, repeated: false),
  ])
  /// Shape of `EscalationGetReply`.
  public static let escalationGetReply = MessageShape("EscalationGetReply", [
    FieldShape(1, "escalation", .message("Escalation"), repeated: false),
    FieldShape(2, "deliveries", .message("Delivery"), repeated: true),
  ])
  /// Shape of `EscalationPreviewRequest`.
  public static let escalationPreviewRequest = MessageShape("EscalationPreviewRequest", [
    FieldShape(1, "plan_version", .hex, repeated: false),
    FieldShape(2, "ladder", .text, repeated: false),
    FieldShape(3, "target", .text, repeated: false),
    FieldShape(4, "class", .text, repeated: false),
    FieldShape(5, "at", .instant, repeated: false),
    FieldShape(6, "answer", .text, repeated: false),
    FieldShape(7, "account_id", .uuid, repeated: false),
    FieldShape(8, "plan", .text, repeated: false),
  ])
  /// Shape of `EscalationPreviewReply`.
  public static let escalationPreviewReply = MessageShape("EscalationPreviewReply", [
    FieldShape(1, "ladder", .text, repeated: false),
    FieldShape(2, "steps", .message("PreviewedStep"), repeated: true),
    FieldShape(3, "repeats_seconds", .uint32, repeated: false),
    FieldShape(4, "repeats_times", .uint32, repeated: false),
    FieldShape(5, "contact_within_seconds", .uint32, repeated: false),
  ])
  /// Shape of `PreviewedStep`.
  public static let previewedStep = MessageShape("PreviewedStep", [
    FieldShape(1, "id", .text, repeated: false),
    FieldShape(2, "place", .uint32, repeated: false),
    FieldShape(3, "at", .instant, repeated: false),
    FieldShape(4, "repetition", .flag, repeated: false),
    FieldShape(5, "skipped", .text, repeated: false),
    FieldShape(6, "deliveries", .message("PreviewedDelivery"), repeated: true),
    FieldShape(7, "missing", .text, repeated: true),
  ])
  /// Shape of `PreviewedDelivery`.
  public static let previewedDelivery = MessageShape("PreviewedDelivery", [
    FieldShape(1, "person_id", .uuid, repeated: false),
    FieldShape(2, "recipient", .text, repeated: false),
    FieldShape(3, "role", .text, repeated: false),
    FieldShape(4, "method", .text, repeated: false),
    FieldShape(5, "address", .text, repeated: false),
    FieldShape(6, "goes", .instant, repeated: false),
    FieldShape(7, "held_by", .text, repeated: false),
    FieldShape(8, "merged_by", .text, repeated: false),
  ])
  /// Shape of `Template`.
  public static let template = MessageShape("Template", [
    FieldShape(1, "id", .uuid, repeated: false),
    FieldShape(2, "kind", .text, repeated: false),
    FieldShape(3, "language", .text, repeated: false),
    FieldShape(4, "edition", .uint32, repeated: false),
    FieldShape(5, "subject", .text, repeated: false),
    FieldShape(6, "text", .text, repeated: false),
    FieldShape(7, "html", .text, repeated: false),
    FieldShape(8, "published", .uint32, repeated: false),
    FieldShape(9, "at", .instant, repeated: false),
    FieldShape(10, "version", .uint64, repeated: false),
    FieldShape(11, "by", .text, repeated: false),
    FieldShape(12, "repeats", .uint32, repeated: false),
  ])
  /// Shape of `TemplateSetRequest`.
  public static let templateSetRequest = MessageShape("TemplateSetRequest", [
    FieldShape(1, "kind", .text, repeated: false),
    FieldShape(2, "language", .text, repeated: false),
    FieldShape(3, "subject", .text, repeated: false),
    FieldShape(4, "text", .text, repeated: false),
    FieldShape(5, "html", .text, repeated: false),
  ])
  /// Shape of `TemplateSetReply`.
  public static let templateSetReply = MessageShape("TemplateSetReply", [
    FieldShape(1, "template", .message("Template"), repeated: false),
  ])
  /// Shape of `TemplatePublishRequest`.
  public static let templatePublishRequest = MessageShape("TemplatePublishRequest", [
    FieldShape(1, "kind", .text, repeated: false),
    FieldShape(2, "language", .text, repeated: false),
    FieldShape(3, "edition", .uint32, repeated: false),
  ])
  /// Shape of `TemplatePublishReply`.
  public static let templatePublishReply = MessageShape("TemplatePublishReply", [
    FieldShape(1, "template", .message("Template"), repeated: false),
  ])
  /// Shape of `TemplatePreviewRequest`.
  public static let templatePreviewRequest = MessageShape("TemplatePreviewRequest", [
    FieldShape(1, "kind", .text, repeated: false),
    FieldShape(2, "language", .text, repeated: false),
    FieldShape(3, "edition", .uint32, repeated: false),
    FieldShape(4, "notice_id", .uuid, repeated: false),
  ])
  /// Shape of `TemplatePreviewReply`.
  public static let templatePreviewReply = MessageShape("TemplatePreviewReply", [
    FieldShape(1, "subject", .text, repeated: false),
    FieldShape(2, "text", .text, repeated: false),
    FieldShape(3, "html", .text, repeated: false),
  ])
  /// Shape of `TemplateGetRequest`.
  public static let templateGetRequest = MessageShape("TemplateGetRequest", [
    FieldShape(1, "kind", .text, repeated: false),
    FieldShape(2, "language", .text, repeated: false),
    FieldShape(3, "edition", .uint32, repeated: false),
  ])
  /// Shape of `TemplateGetReply`.
  public static let templateGetReply = MessageShape("TemplateGetReply", [
    FieldShape(1, "template", .message("Template"), repeated: false),
  ])
  /// Shape of `TemplateListRequest`.
  public static let templateListRequest = MessageShape("TemplateListRequest", [
    FieldShape(1, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `TemplateListReply`.
  public static let templateListReply = MessageShape("TemplateListReply", [
    FieldShape(1, "templates", .message("Template"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `EndpointSetRequest`.
  public static let endpointSetRequest = MessageShape("EndpointSetRequest", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "url", .text, repeated: false),
    FieldShape(3, "secret", .text, repeated: false),
    FieldShape(4, "rotate", .flag, repeated: false),
    FieldShape(5, "earlier_until", .instant, repeated: false),
  ])
  /// Shape of `EndpointSetReply`.
  public static let endpointSetReply = MessageShape("EndpointSetReply", [
    FieldShape(1, "endpoint", .message("WebhookEndpoint"), repeated: false),
    FieldShape(2, "secret", .text, repeated: false),
  ])
  /// Shape of `EndpointListRequest`.
  public static let endpointListRequest = MessageShape("EndpointListRequest", [
    FieldShape(1, "page", .message("Page"), repeated: false),
  ])
  /// Shape of `EndpointListReply`.
  public static let endpointListReply = MessageShape("EndpointListReply", [
    FieldShape(1, "endpoints", .message("WebhookEndpoint"), repeated: true),
    FieldShape(2, "next", .hex, repeated: false),
  ])
  /// Shape of `EndpointRemoveRequest`.
  public static let endpointRemoveRequest = MessageShape("EndpointRemoveRequest", [
    FieldShape(1, "name", .text, repeated: false),
  ])
  /// Shape of `EndpointRemoveReply`.
  public static let endpointRemoveReply = MessageShape("EndpointRemoveReply", [
  ])
  /// Shape of `Event`.
  public static let event = MessageShape("Event", [
    FieldShape(1, "source", .text, repeated: false),
    FieldShape(2, "subject", .uuid, repeated: false),
    FieldShape(3, "version", .uint64, repeated: false),
    FieldShape(4, "at", .instant, repeated: false),
    FieldShape(10, "ticket", .message("TicketSnapshot"), repeated: false, .explicit),
    FieldShape(11, "account", .message("AccountSnapshot"), repeated: false, .explicit),
    FieldShape(12, "agreement", .message("AgreementSnapshot"), repeated: false, .explicit),
    FieldShape(13, "charges", .message("TicketChargesSnapshot"), repeated: false, .explicit),
    FieldShape(14, "notice", .message("Notice"), repeated: false, .explicit),
    FieldShape(15, "escalation", .message("EscalationSnapshot"), repeated: false, .explicit),
    FieldShape(16, "answer", .message("MailAnswer"), repeated: false, .explicit),
  ])
  /// Shape of `TicketSnapshot`.
  public static let ticketSnapshot = MessageShape("TicketSnapshot", [
    FieldShape(1, "ticket", .message("Ticket"), repeated: false),
    FieldShape(2, "work", .message("WorkRecord"), repeated: true),
    FieldShape(3, "visits", .message("Visit"), repeated: true),
    FieldShape(4, "task", .message("Task"), repeated: false),
    FieldShape(5, "account_name", .text, repeated: false),
    FieldShape(6, "contact_name", .text, repeated: false),
    FieldShape(7, "target_paused", .instant, repeated: false),
    FieldShape(8, "paused_reason", .text, repeated: false),
    FieldShape(9, "heard", .instant, repeated: false),
    FieldShape(10, "closures", .instant, repeated: true),
    FieldShape(11, "calls", .message("TicketCall"), repeated: true),
    FieldShape(12, "earlier", .message("StretchTask"), repeated: true),
    FieldShape(13, "gates", .message("GateStatus"), repeated: true),
    FieldShape(14, "summoned", .instant, repeated: false),
  ])
  /// Shape of `GateStatus`.
  public static let gateStatus = MessageShape("GateStatus", [
    FieldShape(1, "id", .text, repeated: false),
    FieldShape(2, "state", .text, repeated: false),
    FieldShape(3, "due", .instant, repeated: false),
    FieldShape(4, "at", .instant, repeated: false),
    FieldShape(5, "why", .text, repeated: false),
  ])
  /// Shape of `TicketCall`.
  public static let ticketCall = MessageShape("TicketCall", [
    FieldShape(1, "number", .uint64, repeated: false),
    FieldShape(2, "digits", .text, repeated: false),
    FieldShape(3, "answer", .text, repeated: false),
    FieldShape(4, "by", .text, repeated: false),
  ])
  /// Shape of `AccountSnapshot`.
  public static let accountSnapshot = MessageShape("AccountSnapshot", [
    FieldShape(1, "account", .message("Account"), repeated: false),
    FieldShape(2, "contacts", .message("Contact"), repeated: true),
  ])
  /// Shape of `AgreementSnapshot`.
  public static let agreementSnapshot = MessageShape("AgreementSnapshot", [
    FieldShape(1, "agreement", .message("Agreement"), repeated: false),
    FieldShape(2, "purchases", .instant, repeated: true),
    FieldShape(3, "tier", .text, repeated: false),
    FieldShape(4, "agreed", .instant, repeated: false),
    FieldShape(5, "ends", .instant, repeated: false),
    FieldShape(6, "bought", .text, repeated: true),
  ])
  /// Shape of `TicketChargesSnapshot`.
  public static let ticketChargesSnapshot = MessageShape("TicketChargesSnapshot", [
    FieldShape(1, "ticket_id", .uuid, repeated: false),
    FieldShape(2, "charges", .message("TicketCharges"), repeated: false),
  ])
  /// Shape of `Notice`.
  public static let notice = MessageShape("Notice", [
    FieldShape(1, "kind", .text, repeated: false),
    FieldShape(2, "account_id", .uuid, repeated: false),
    FieldShape(3, "subject", .text, repeated: false),
    FieldShape(4, "text", .text, repeated: false),
    FieldShape(5, "ticket_id", .uuid, repeated: false),
    FieldShape(6, "facts", .message("NoticeFact"), repeated: true),
  ])
  /// Shape of `NoticeFact`.
  public static let noticeFact = MessageShape("NoticeFact", [
    FieldShape(1, "name", .text, repeated: false),
    FieldShape(2, "text", .text, repeated: false, .explicit),
    FieldShape(3, "number", .int64, repeated: false, .explicit),
    FieldShape(4, "units", .message("UnitsFact"), repeated: false, .explicit),
    FieldShape(5, "money", .message("MoneyFact"), repeated: false, .explicit),
    FieldShape(6, "date", .text, repeated: false, .explicit),
    FieldShape(7, "time", .message("TimeFact"), repeated: false, .explicit),
    FieldShape(8, "flag", .flag, repeated: false, .explicit),
    FieldShape(9, "rows", .message("RowsFact"), repeated: false, .explicit),
  ])
  /// Shape of `UnitsFact`.
  public static let unitsFact = MessageShape("UnitsFact", [
    FieldShape(1, "units", .int64, repeated: false),
    FieldShape(2, "unit", .text, repeated: false),
  ])
  /// Shape of `MoneyFact`.
  public static let moneyFact = MessageShape("MoneyFact", [
    FieldShape(1, "minor", .int64, repeated: false),
    FieldShape(2, "currency", .text, repeated: false),
  ])
  /// Shape of `TimeFact`.
  public static let timeFact = MessageShape("TimeFact", [
    FieldShape(1, "civil", .text, repeated: false),
    FieldShape(2, "zone", .text, repeated: false),
  ])
  /// Shape of `RowsFact`.
  public static let rowsFact = MessageShape("RowsFact", [
    FieldShape(1, "rows", .message("RowFact"), repeated: true),
  ])
  /// Shape of `RowFact`.
  public static let rowFact = MessageShape("RowFact", [
    FieldShape(1, "facts", .message("NoticeFact"), repeated: true),
  ])
  /// Shape of `EscalationSnapshot`.
  public static let escalationSnapshot = MessageShape("EscalationSnapshot", [
    FieldShape(1, "escalation", .message("Escalation"), repeated: false),
  ])
  /// Shape of `MailAnswer`.
  public static let mailAnswer = MessageShape("MailAnswer", [
    FieldShape(1, "address", .text, repeated: false),
    FieldShape(2, "name", .text, repeated: false),
    FieldShape(3, "subject", .text, repeated: false),
    FieldShape(4, "text", .text, repeated: false),
    FieldShape(5, "references", .text, repeated: true),
    FieldShape(6, "ticket_id", .uuid, repeated: false),
  ])

  /// Every message of the schema, by name.
  public static let all: [String: MessageShape] = [
    "Page": .page,
    "Fact": .fact,
    "TextList": .textList,
    "ClauseFinding": .clauseFinding,
    "ChargeLine": .chargeLine,
    "Interval": .interval,
    "Part": .part,
    "Task": .task,
    "Tenant": .tenant,
    "TenantCreateRequest": .tenantCreateRequest,
    "TenantCreateReply": .tenantCreateReply,
    "TenantGetRequest": .tenantGetRequest,
    "TenantGetReply": .tenantGetReply,
    "TenantListRequest": .tenantListRequest,
    "TenantListReply": .tenantListReply,
    "TenantUpdateRequest": .tenantUpdateRequest,
    "TenantUpdateReply": .tenantUpdateReply,
    "PlanVersion": .planVersion,
    "PlanPublishRequest": .planPublishRequest,
    "PlanPublishReply": .planPublishReply,
    "PlanGetRequest": .planGetRequest,
    "PlanGetReply": .planGetReply,
    "PlanListRequest": .planListRequest,
    "PlanListReply": .planListReply,
    "ClockGetRequest": .clockGetRequest,
    "ClockGetReply": .clockGetReply,
    "ClockAdvanceRequest": .clockAdvanceRequest,
    "ClockAdvanceReply": .clockAdvanceReply,
    "PendingGetRequest": .pendingGetRequest,
    "PendingGetReply": .pendingGetReply,
    "EventApplyRequest": .eventApplyRequest,
    "EventApplyReply": .eventApplyReply,
    "ServiceStatusRequest": .serviceStatusRequest,
    "ServiceStatusReply": .serviceStatusReply,
    "ChangesWatchRequest": .changesWatchRequest,
    "Change": .change,
    "Article": .article,
    "ArticleHit": .articleHit,
    "Topic": .topic,
    "TopicReply": .topicReply,
    "Moderation": .moderation,
    "Course": .course,
    "Lesson": .lesson,
    "Enrolment": .enrolment,
    "ArticleCreateRequest": .articleCreateRequest,
    "ArticleCreateReply": .articleCreateReply,
    "ArticleEditRequest": .articleEditRequest,
    "ArticleEditReply": .articleEditReply,
    "ArticlePublishRequest": .articlePublishRequest,
    "ArticlePublishReply": .articlePublishReply,
    "ArticleRetireRequest": .articleRetireRequest,
    "ArticleRetireReply": .articleRetireReply,
    "ArticleGetRequest": .articleGetRequest,
    "ArticleGetReply": .articleGetReply,
    "ArticleListRequest": .articleListRequest,
    "ArticleListReply": .articleListReply,
    "ArticleHistoryRequest": .articleHistoryRequest,
    "ArticleHistoryReply": .articleHistoryReply,
    "ArticleSearchRequest": .articleSearchRequest,
    "ArticleSearchReply": .articleSearchReply,
    "ArticleLinkRequest": .articleLinkRequest,
    "ArticleLinkReply": .articleLinkReply,
    "TopicOpenRequest": .topicOpenRequest,
    "TopicOpenReply": .topicOpenReply,
    "TopicGetRequest": .topicGetRequest,
    "TopicGetReply": .topicGetReply,
    "TopicListRequest": .topicListRequest,
    "TopicListReply": .topicListReply,
    "TopicModerateRequest": .topicModerateRequest,
    "TopicModerateReply": .topicModerateReply,
    "ReplyPostRequest": .replyPostRequest,
    "ReplyPostReply": .replyPostReply,
    "ReplyListRequest": .replyListRequest,
    "ReplyListReply": .replyListReply,
    "ReplyModerateRequest": .replyModerateRequest,
    "ReplyModerateReply": .replyModerateReply,
    "ModerationListRequest": .moderationListRequest,
    "ModerationListReply": .moderationListReply,
    "CourseCreateRequest": .courseCreateRequest,
    "CourseCreateReply": .courseCreateReply,
    "CoursePublishRequest": .coursePublishRequest,
    "CoursePublishReply": .coursePublishReply,
    "CourseRetireRequest": .courseRetireRequest,
    "CourseRetireReply": .courseRetireReply,
    "CourseGetRequest": .courseGetRequest,
    "CourseGetReply": .courseGetReply,
    "CourseListRequest": .courseListRequest,
    "CourseListReply": .courseListReply,
    "CourseEnrolRequest": .courseEnrolRequest,
    "CourseEnrolReply": .courseEnrolReply,
    "LessonAddRequest": .lessonAddRequest,
    "LessonAddReply": .lessonAddReply,
    "LessonUpdateRequest": .lessonUpdateRequest,
    "LessonUpdateReply": .lessonUpdateReply,
    "LessonRemoveRequest": .lessonRemoveRequest,
    "LessonRemoveReply": .lessonRemoveReply,
    "LessonGetRequest": .lessonGetRequest,
    "LessonGetReply": .lessonGetReply,
    "LessonCompleteRequest": .lessonCompleteRequest,
    "LessonCompleteReply": .lessonCompleteReply,
    "EnrolmentListRequest": .enrolmentListRequest,
    "EnrolmentListReply": .enrolmentListReply,
    "Account": .account,
    "Subsidiary": .subsidiary,
    "Contact": .contact,
    "Asset": .asset,
    "TicketMessage": .ticketMessage,
    "WorkRecord": .workRecord,
    "Visit": .visit,
    "ConsentDecision": .consentDecision,
    "TargetStatus": .targetStatus,
    "TicketRelation": .ticketRelation,
    "Ticket": .ticket,
    "RunningWork": .runningWork,
    "Pause": .pause,
    "MisuseReview": .misuseReview,
    "AdmissionRecord": .admissionRecord,
    "TicketCharges": .ticketCharges,
    "AccountCreateRequest": .accountCreateRequest,
    "AccountCreateReply": .accountCreateReply,
    "AccountUpdateRequest": .accountUpdateRequest,
    "AccountUpdateReply": .accountUpdateReply,
    "AccountGetRequest": .accountGetRequest,
    "AccountGetReply": .accountGetReply,
    "AccountListRequest": .accountListRequest,
    "AccountListReply": .accountListReply,
    "SubsidiaryAddRequest": .subsidiaryAddRequest,
    "SubsidiaryAddReply": .subsidiaryAddReply,
    "AssessmentRecordRequest": .assessmentRecordRequest,
    "AssessmentRecordReply": .assessmentRecordReply,
    "ContactAppointRequest": .contactAppointRequest,
    "ContactAppointReply": .contactAppointReply,
    "ContactListRequest": .contactListRequest,
    "ContactListReply": .contactListReply,
    "AssetRegisterRequest": .assetRegisterRequest,
    "AssetRegisterReply": .assetRegisterReply,
    "AssetUpdateRequest": .assetUpdateRequest,
    "AssetUpdateReply": .assetUpdateReply,
    "AssetListRequest": .assetListRequest,
    "AssetListReply": .assetListReply,
    "TicketOpenRequest": .ticketOpenRequest,
    "TicketOpenReply": .ticketOpenReply,
    "TicketGetRequest": .ticketGetRequest,
    "TicketGetReply": .ticketGetReply,
    "StretchTask": .stretchTask,
    "TicketListRequest": .ticketListRequest,
    "TicketListReply": .ticketListReply,
    "TicketAcknowledgeRequest": .ticketAcknowledgeRequest,
    "TicketAcknowledgeReply": .ticketAcknowledgeReply,
    "TicketContactRequest": .ticketContactRequest,
    "TicketContactReply": .ticketContactReply,
    "TicketBeginRequest": .ticketBeginRequest,
    "TicketBeginReply": .ticketBeginReply,
    "TicketClassifyRequest": .ticketClassifyRequest,
    "TicketClassifyReply": .ticketClassifyReply,
    "TicketLinkRequest": .ticketLinkRequest,
    "TicketLinkReply": .ticketLinkReply,
    "TicketDispatchRequest": .ticketDispatchRequest,
    "TicketDispatchReply": .ticketDispatchReply,
    "TicketResolveRequest": .ticketResolveRequest,
    "TicketResolveReply": .ticketResolveReply,
    "TicketCloseRequest": .ticketCloseRequest,
    "TicketCloseReply": .ticketCloseReply,
    "TicketReopenRequest": .ticketReopenRequest,
    "TicketReopenReply": .ticketReopenReply,
    "MessagePostRequest": .messagePostRequest,
    "MessagePostReply": .messagePostReply,
    "WorkRecordRequest": .workRecordRequest,
    "WorkRecordReply": .workRecordReply,
    "ConsentRecordRequest": .consentRecordRequest,
    "ConsentRecordReply": .consentRecordReply,
    "PartAddRequest": .partAddRequest,
    "PartAddReply": .partAddReply,
    "VisitScheduleRequest": .visitScheduleRequest,
    "VisitScheduleReply": .visitScheduleReply,
    "VisitArriveRequest": .visitArriveRequest,
    "VisitArriveReply": .visitArriveReply,
    "VisitDepartRequest": .visitDepartRequest,
    "VisitDepartReply": .visitDepartReply,
    "VisitCancelRequest": .visitCancelRequest,
    "VisitCancelReply": .visitCancelReply,
    "VisitListRequest": .visitListRequest,
    "VisitListReply": .visitListReply,
    "MessageListRequest": .messageListRequest,
    "MessageListReply": .messageListReply,
    "AttemptListRequest": .attemptListRequest,
    "AttemptListReply": .attemptListReply,
    "Attempt": .attempt,
    "TicketMergeRequest": .ticketMergeRequest,
    "TicketMergeReply": .ticketMergeReply,
    "TicketSplitRequest": .ticketSplitRequest,
    "TicketSplitReply": .ticketSplitReply,
    "WorkBeginRequest": .workBeginRequest,
    "WorkBeginReply": .workBeginReply,
    "WorkEndRequest": .workEndRequest,
    "WorkEndReply": .workEndReply,
    "CallScheduleRequest": .callScheduleRequest,
    "CallScheduleReply": .callScheduleReply,
    "TicketWhyRequest": .ticketWhyRequest,
    "TicketWhyReply": .ticketWhyReply,
    "CountedInterval": .countedInterval,
    "AdmissionAskRequest": .admissionAskRequest,
    "AdmissionAskReply": .admissionAskReply,
    "AdmissionGetRequest": .admissionGetRequest,
    "AdmissionGetReply": .admissionGetReply,
    "ObligationRecordRequest": .obligationRecordRequest,
    "ObligationRecordReply": .obligationRecordReply,
    "MisuseReviewRequest": .misuseReviewRequest,
    "MisuseReviewReply": .misuseReviewReply,
    "MailTakeRequest": .mailTakeRequest,
    "MailTakeReply": .mailTakeReply,
    "Mail": .mail,
    "MailAttachment": .mailAttachment,
    "Mailbox": .mailbox,
    "MailDeliverRequest": .mailDeliverRequest,
    "MailDeliverReply": .mailDeliverReply,
    "MailStageRequest": .mailStageRequest,
    "MailStageReply": .mailStageReply,
    "MailGetRequest": .mailGetRequest,
    "MailGetReply": .mailGetReply,
    "MailListRequest": .mailListRequest,
    "MailListReply": .mailListReply,
    "MailboxSetRequest": .mailboxSetRequest,
    "MailboxSetReply": .mailboxSetReply,
    "MailboxRemoveRequest": .mailboxRemoveRequest,
    "MailboxRemoveReply": .mailboxRemoveReply,
    "MailboxListRequest": .mailboxListRequest,
    "MailboxListReply": .mailboxListReply,
    "Call": .call,
    "CallReportRequest": .callReportRequest,
    "CallReportReply": .callReportReply,
    "CallListRequest": .callListRequest,
    "CallListReply": .callListReply,
    "Agreement": .agreement,
    "Lot": .lot,
    "Hold": .hold,
    "Quote": .quote,
    "Transfer": .transfer,
    "Entry": .entry,
    "Draw": .draw,
    "StandingOrder": .standingOrder,
    "Invoice": .invoice,
    "Statement": .statement,
    "UnitTotals": .unitTotals,
    "StatementLine": .statementLine,
    "AgreementSignRequest": .agreementSignRequest,
    "AgreementSignReply": .agreementSignReply,
    "AgreementRenewRequest": .agreementRenewRequest,
    "AgreementRenewReply": .agreementRenewReply,
    "AgreementEndRequest": .agreementEndRequest,
    "AgreementEndReply": .agreementEndReply,
    "AgreementGetRequest": .agreementGetRequest,
    "AgreementGetReply": .agreementGetReply,
    "AgreementListRequest": .agreementListRequest,
    "AgreementListReply": .agreementListReply,
    "PackagePurchaseRequest": .packagePurchaseRequest,
    "PackagePurchaseReply": .packagePurchaseReply,
    "OrderPlaceRequest": .orderPlaceRequest,
    "OrderPlaceReply": .orderPlaceReply,
    "OrderEndRequest": .orderEndRequest,
    "OrderEndReply": .orderEndReply,
    "OrderListRequest": .orderListRequest,
    "OrderListReply": .orderListReply,
    "QuoteCreateRequest": .quoteCreateRequest,
    "QuoteCreateReply": .quoteCreateReply,
    "QuoteAcknowledgeRequest": .quoteAcknowledgeRequest,
    "QuoteAcknowledgeReply": .quoteAcknowledgeReply,
    "QuoteDeclineRequest": .quoteDeclineRequest,
    "QuoteDeclineReply": .quoteDeclineReply,
    "QuoteGetRequest": .quoteGetRequest,
    "QuoteGetReply": .quoteGetReply,
    "HoldPlaceRequest": .holdPlaceRequest,
    "HoldPlaceReply": .holdPlaceReply,
    "HoldCaptureRequest": .holdCaptureRequest,
    "HoldCaptureReply": .holdCaptureReply,
    "HoldVoidRequest": .holdVoidRequest,
    "HoldVoidReply": .holdVoidReply,
    "HoldListRequest": .holdListRequest,
    "HoldListReply": .holdListReply,
    "ChargePostRequest": .chargePostRequest,
    "ChargePostReply": .chargePostReply,
    "ChargePostManyRequest": .chargePostManyRequest,
    "ChargePostManyReply": .chargePostManyReply,
    "ChargeOutcome": .chargeOutcome,
    "ChargeReverseRequest": .chargeReverseRequest,
    "ChargeReverseReply": .chargeReverseReply,
    "AdjustmentPostRequest": .adjustmentPostRequest,
    "AdjustmentPostReply": .adjustmentPostReply,
    "BalanceGetRequest": .balanceGetRequest,
    "BalanceGetReply": .balanceGetReply,
    "LotListRequest": .lotListRequest,
    "LotListReply": .lotListReply,
    "JournalListRequest": .journalListRequest,
    "JournalListReply": .journalListReply,
    "TransferGetRequest": .transferGetRequest,
    "TransferGetReply": .transferGetReply,
    "StatementGetRequest": .statementGetRequest,
    "StatementGetReply": .statementGetReply,
    "StatementListRequest": .statementListRequest,
    "StatementListReply": .statementListReply,
    "InvoiceListRequest": .invoiceListRequest,
    "InvoiceListReply": .invoiceListReply,
    "TicketchargeGetRequest": .ticketchargeGetRequest,
    "TicketchargeGetReply": .ticketchargeGetReply,
    "ChargeMove": .chargeMove,
    "Person": .person,
    "ContactMethod": .contactMethod,
    "Rota": .rota,
    "RotaLayer": .rotaLayer,
    "RotaOverride": .rotaOverride,
    "SlaClock": .slaClock,
    "ClockInterval": .clockInterval,
    "Escalation": .escalation,
    "EscalationEvent": .escalationEvent,
    "EscalationStep": .escalationStep,
    "Delivery": .delivery,
    "WebhookEndpoint": .webhookEndpoint,
    "CustomerNotice": .customerNotice,
    "DeliveryAttempt": .deliveryAttempt,
    "PersonSetRequest": .personSetRequest,
    "PersonSetReply": .personSetReply,
    "PersonListRequest": .personListRequest,
    "PersonListReply": .personListReply,
    "RotaSetRequest": .rotaSetRequest,
    "RotaSetReply": .rotaSetReply,
    "RotaListRequest": .rotaListRequest,
    "RotaListReply": .rotaListReply,
    "RotaWhoRequest": .rotaWhoRequest,
    "RotaWhoReply": .rotaWhoReply,
    "OverrideAddRequest": .overrideAddRequest,
    "OverrideAddReply": .overrideAddReply,
    "OverrideRemoveRequest": .overrideRemoveRequest,
    "OverrideRemoveReply": .overrideRemoveReply,
    "OverrideListRequest": .overrideListRequest,
    "OverrideListReply": .overrideListReply,
    "SlaclockListRequest": .slaclockListRequest,
    "SlaclockListReply": .slaclockListReply,
    "EscalationListRequest": .escalationListRequest,
    "EscalationListReply": .escalationListReply,
    "EscalationAcknowledgeRequest": .escalationAcknowledgeRequest,
    "EscalationAcknowledgeReply": .escalationAcknowledgeReply,
    "DeliveryListRequest": .deliveryListRequest,
    "DeliveryListReply": .deliveryListReply,
    "DeliveryReportRequest": .deliveryReportRequest,
    "DeliveryReportReply": .deliveryReportReply,
    "DeliveryAnswerRequest": .deliveryAnswerRequest,
    "DeliveryAnswerReply": .deliveryAnswerReply,
    "EscalationCallRequest": .escalationCallRequest,
    "EscalationCallReply": .escalationCallReply,
    "NoticeListRequest": .noticeListRequest,
    "NoticeListReply": .noticeListReply,
    "RotaForecastRequest": .rotaForecastRequest,
    "RotaForecastReply": .rotaForecastReply,
    "RotaForecast": .rotaForecast,
    "DutySpan": .dutySpan,
    "EscalationGetRequest": .escalationGetRequest,
    "EscalationGetReply": .escalationGetReply,
    "EscalationPreviewRequest": .escalationPreviewRequest,
    "EscalationPreviewReply": .escalationPreviewReply,
    "PreviewedStep": .previewedStep,
    "PreviewedDelivery": .previewedDelivery,
    "Template": .template,
    "TemplateSetRequest": .templateSetRequest,
    "TemplateSetReply": .templateSetReply,
    "TemplatePublishRequest": .templatePublishRequest,
    "TemplatePublishReply": .templatePublishReply,
    "TemplatePreviewRequest": .templatePreviewRequest,
    "TemplatePreviewReply": .templatePreviewReply,
    "TemplateGetRequest": .templateGetRequest,
    "TemplateGetReply": .templateGetReply,
    "TemplateListRequest": .templateListRequest,
    "TemplateListReply": .templateListReply,
    "EndpointSetRequest": .endpointSetRequest,
    "EndpointSetReply": .endpointSetReply,
    "EndpointListRequest": .endpointListRequest,
    "EndpointListReply": .endpointListReply,
    "EndpointRemoveRequest": .endpointRemoveRequest,
    "EndpointRemoveReply": .endpointRemoveReply,
    "Event": .event,
    "TicketSnapshot": .ticketSnapshot,
    "GateStatus": .gateStatus,
    "TicketCall": .ticketCall,
    "AccountSnapshot": .accountSnapshot,
    "AgreementSnapshot": .agreementSnapshot,
    "TicketChargesSnapshot": .ticketChargesSnapshot,
    "Notice": .notice,
    "NoticeFact": .noticeFact,
    "UnitsFact": .unitsFact,
    "MoneyFact": .moneyFact,
    "TimeFact": .timeFact,
    "RowsFact": .rowsFact,
    "RowFact": .rowFact,
    "EscalationSnapshot": .escalationSnapshot,
    "MailAnswer": .mailAnswer,
  ]
}
