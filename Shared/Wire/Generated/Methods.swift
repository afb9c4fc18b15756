// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

extension Method {
  /// `tenant.create`
  public static let tenantCreate = Method(number: 0x0001, name: "tenant.create", kind: .write, callers: [.operator], needsTenant: true)
  /// `tenant.get`
  public static let tenantGet = Method(number: 0x0002, name: "tenant.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `tenant.list`
  public static let tenantList = Method(number: 0x0003, name: "tenant.list", kind: .read, callers: [.operator], needsTenant: false)
  /// `plan.publish`
  public static let planPublish = Method(number: 0x0004, name: "plan.publish", kind: .write, callers: [.admin, .operator], needsTenant: true)
  /// `plan.get`
  public static let planGet = Method(number: 0x0005, name: "plan.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `plan.list`
  public static let planList = Method(number: 0x0006, name: "plan.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `clock.get`
  public static let clockGet = Method(number: 0x0007, name: "clock.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `clock.advance`
  public static let clockAdvance = Method(number: 0x0008, name: "clock.advance", kind: .write, callers: [.desk, .admin, .operator], needsTenant: true)
  /// `pending.get`
  public static let pendingGet = Method(number: 0x0009, name: "pending.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `event.apply`
  public static let eventApply = Method(number: 0x000A, name: "event.apply", kind: .write, callers: [.service], needsTenant: true)
  /// `service.status`
  public static let serviceStatus = Method(number: 0x000B, name: "service.status", kind: .read, callers: Caller.any, needsTenant: false)
  /// `changes.watch`
  public static let changesWatch = Method(number: 0x000C, name: "changes.watch", kind: .stream, callers: Caller.any, needsTenant: true)
  /// `tenant.update`
  public static let tenantUpdate = Method(number: 0x000D, name: "tenant.update", kind: .write, callers: [.admin, .operator], needsTenant: true)
  /// `account.create`
  public static let accountCreate = Method(number: 0x0101, name: "account.create", kind: .write, callers: [.sales, .admin], needsTenant: true)
  /// `account.update`
  public static let accountUpdate = Method(number: 0x0102, name: "account.update", kind: .write, callers: [.sales, .desk, .admin], needsTenant: true)
  /// `account.get`
  public static let accountGet = Method(number: 0x0103, name: "account.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `account.list`
  public static let accountList = Method(number: 0x0104, name: "account.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `subsidiary.add`
  public static let subsidiaryAdd = Method(number: 0x0105, name: "subsidiary.add", kind: .write, callers: [.sales, .admin], needsTenant: true)
  /// `assessment.record`
  public static let assessmentRecord = Method(number: 0x0106, name: "assessment.record", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `contact.appoint`
  public static let contactAppoint = Method(number: 0x0107, name: "contact.appoint", kind: .write, callers: [.sales, .admin, .desk], needsTenant: true)
  /// `contact.list`
  public static let contactList = Method(number: 0x0108, name: "contact.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `asset.register`
  public static let assetRegister = Method(number: 0x0109, name: "asset.register", kind: .write, callers: [.desk, .sales, .portal, .admin], needsTenant: true)
  /// `asset.update`
  public static let assetUpdate = Method(number: 0x010A, name: "asset.update", kind: .write, callers: [.desk, .sales, .portal, .admin], needsTenant: true)
  /// `asset.list`
  public static let assetList = Method(number: 0x010B, name: "asset.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `ticket.open`
  public static let ticketOpen = Method(number: 0x010C, name: "ticket.open", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `ticket.get`
  public static let ticketGet = Method(number: 0x010D, name: "ticket.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `ticket.list`
  public static let ticketList = Method(number: 0x010E, name: "ticket.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `ticket.acknowledge`
  public static let ticketAcknowledge = Method(number: 0x010F, name: "ticket.acknowledge", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `ticket.contact`
  public static let ticketContact = Method(number: 0x0110, name: "ticket.contact", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `ticket.begin`
  public static let ticketBegin = Method(number: 0x0111, name: "ticket.begin", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `ticket.classify`
  public static let ticketClassify = Method(number: 0x0112, name: "ticket.classify", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `ticket.link`
  public static let ticketLink = Method(number: 0x0113, name: "ticket.link", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `ticket.dispatch`
  public static let ticketDispatch = Method(number: 0x0114, name: "ticket.dispatch", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `ticket.resolve`
  public static let ticketResolve = Method(number: 0x0115, name: "ticket.resolve", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `ticket.close`
  public static let ticketClose = Method(number: 0x0116, name: "ticket.close", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `ticket.reopen`
  public static let ticketReopen = Method(number: 0x0117, name: "ticket.reopen", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `message.post`
  public static let messagePost = Method(number: 0x0118, name: "message.post", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `work.record`
  public static let workRecord = Method(number: 0x0119, name: "work.record", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `consent.record`
  public static let consentRecord = Method(number: 0x011A, name: "consent.record", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `part.add`
  public static let partAdd = Method(number: 0x011B, name: "part.add", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `visit.schedule`
  public static let visitSchedule = Method(number: 0x011C, name: "visit.schedule", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `visit.arrive`
  public static let visitArrive = Method(number: 0x011D, name: "visit.arrive", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `visit.depart`
  public static let visitDepart = Method(number: 0x011E, name: "visit.depart", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `visit.cancel`
  public static let visitCancel = Method(number: 0x011F, name: "visit.cancel", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `visit.list`
  public static let visitList = Method(number: 0x0120, name: "visit.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `message.list`
  public static let messageList = Method(number: 0x0121, name: "message.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `attempt.list`
  public static let attemptList = Method(number: 0x0122, name: "attempt.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `ticket.why`
  public static let ticketWhy = Method(number: 0x0123, name: "ticket.why", kind: .read, callers: Caller.any, needsTenant: true)
  /// `article.create`
  public static let articleCreate = Method(number: 0x0124, name: "article.create", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `article.edit`
  public static let articleEdit = Method(number: 0x0125, name: "article.edit", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `article.publish`
  public static let articlePublish = Method(number: 0x0126, name: "article.publish", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `article.retire`
  public static let articleRetire = Method(number: 0x0127, name: "article.retire", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `article.get`
  public static let articleGet = Method(number: 0x0128, name: "article.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `article.list`
  public static let articleList = Method(number: 0x0129, name: "article.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `article.history`
  public static let articleHistory = Method(number: 0x012A, name: "article.history", kind: .read, callers: [.desk, .sales, .auditor, .admin, .operator], needsTenant: true)
  /// `article.search`
  public static let articleSearch = Method(number: 0x012B, name: "article.search", kind: .read, callers: Caller.any, needsTenant: true)
  /// `article.link`
  public static let articleLink = Method(number: 0x012C, name: "article.link", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `topic.open`
  public static let topicOpen = Method(number: 0x012D, name: "topic.open", kind: .write, callers: [.portal, .desk, .admin], needsTenant: true)
  /// `topic.get`
  public static let topicGet = Method(number: 0x012E, name: "topic.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `topic.list`
  public static let topicList = Method(number: 0x012F, name: "topic.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `topic.moderate`
  public static let topicModerate = Method(number: 0x0130, name: "topic.moderate", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `reply.post`
  public static let replyPost = Method(number: 0x0131, name: "reply.post", kind: .write, callers: [.portal, .desk, .admin], needsTenant: true)
  /// `reply.list`
  public static let replyList = Method(number: 0x0132, name: "reply.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `reply.moderate`
  public static let replyModerate = Method(number: 0x0133, name: "reply.moderate", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `moderation.list`
  public static let moderationList = Method(number: 0x0134, name: "moderation.list", kind: .read, callers: [.desk, .sales, .auditor, .admin, .operator], needsTenant: true)
  /// `course.create`
  public static let courseCreate = Method(number: 0x0135, name: "course.create", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `course.publish`
  public static let coursePublish = Method(number: 0x0136, name: "course.publish", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `course.retire`
  public static let courseRetire = Method(number: 0x0137, name: "course.retire", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `course.get`
  public static let courseGet = Method(number: 0x0138, name: "course.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `course.list`
  public static let courseList = Method(number: 0x0139, name: "course.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `course.enrol`
  public static let courseEnrol = Method(number: 0x013A, name: "course.enrol", kind: .write, callers: [.portal, .desk, .admin], needsTenant: true)
  /// `lesson.add`
  public static let lessonAdd = Method(number: 0x013B, name: "lesson.add", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `lesson.update`
  public static let lessonUpdate = Method(number: 0x013C, name: "lesson.update", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `lesson.remove`
  public static let lessonRemove = Method(number: 0x013D, name: "lesson.remove", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `lesson.get`
  public static let lessonGet = Method(number: 0x013E, name: "lesson.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `lesson.complete`
  public static let lessonComplete = Method(number: 0x013F, name: "lesson.complete", kind: .write, callers: [.portal, .desk, .admin], needsTenant: true)
  /// `enrolment.list`
  public static let enrolmentList = Method(number: 0x0140, name: "enrolment.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `admission.ask`
  public static let admissionAsk = Method(number: 0x0141, name: "admission.ask", kind: .write, callers: [.portal, .desk, .sales, .admin], needsTenant: true)
  /// `admission.get`
  public static let admissionGet = Method(number: 0x0142, name: "admission.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `obligation.record`
  public static let obligationRecord = Method(number: 0x0143, name: "obligation.record", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `misuse.review`
  public static let misuseReview = Method(number: 0x0144, name: "misuse.review", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `mail.take`
  public static let mailTake = Method(number: 0x0145, name: "mail.take", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `ticket.merge`
  public static let ticketMerge = Method(number: 0x0146, name: "ticket.merge", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `ticket.split`
  public static let ticketSplit = Method(number: 0x0147, name: "ticket.split", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `mail.deliver`
  public static let mailDeliver = Method(number: 0x0148, name: "mail.deliver", kind: .write, callers: [.desk, .admin, .operator], needsTenant: true)
  /// `mail.get`
  public static let mailGet = Method(number: 0x0149, name: "mail.get", kind: .read, callers: [.desk, .auditor, .admin, .operator], needsTenant: true)
  /// `mail.list`
  public static let mailList = Method(number: 0x014A, name: "mail.list", kind: .read, callers: [.desk, .auditor, .admin, .operator], needsTenant: true)
  /// `mailbox.set`
  public static let mailboxSet = Method(number: 0x014B, name: "mailbox.set", kind: .write, callers: [.operator], needsTenant: true)
  /// `mailbox.remove`
  public static let mailboxRemove = Method(number: 0x014C, name: "mailbox.remove", kind: .write, callers: [.operator], needsTenant: true)
  /// `mailbox.list`
  public static let mailboxList = Method(number: 0x014D, name: "mailbox.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `call.report`
  public static let callReport = Method(number: 0x014E, name: "call.report", kind: .write, callers: [.desk, .admin, .operator, .gateway], needsTenant: true)
  /// `call.list`
  public static let callList = Method(number: 0x014F, name: "call.list", kind: .read, callers: [.desk, .auditor, .admin, .operator], needsTenant: true)
  /// `work.begin`
  public static let workBegin = Method(number: 0x0150, name: "work.begin", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `work.end`
  public static let workEnd = Method(number: 0x0151, name: "work.end", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `call.schedule`
  public static let callSchedule = Method(number: 0x0152, name: "call.schedule", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `mail.stage`
  public static let mailStage = Method(number: 0x0153, name: "mail.stage", kind: .write, callers: [.desk, .admin, .operator], needsTenant: true)
  /// `agreement.sign`
  public static let agreementSign = Method(number: 0x0201, name: "agreement.sign", kind: .write, callers: [.portal, .desk, .sales, .admin], needsTenant: true)
  /// `agreement.end`
  public static let agreementEnd = Method(number: 0x0202, name: "agreement.end", kind: .write, callers: [.sales, .admin], needsTenant: true)
  /// `agreement.get`
  public static let agreementGet = Method(number: 0x0203, name: "agreement.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `agreement.list`
  public static let agreementList = Method(number: 0x0204, name: "agreement.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `package.purchase`
  public static let packagePurchase = Method(number: 0x0205, name: "package.purchase", kind: .write, callers: [.portal, .desk, .sales, .admin], needsTenant: true)
  /// `quote.create`
  public static let quoteCreate = Method(number: 0x0206, name: "quote.create", kind: .write, callers: [.desk, .sales, .portal, .admin], needsTenant: true)
  /// `quote.acknowledge`
  public static let quoteAcknowledge = Method(number: 0x0207, name: "quote.acknowledge", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `quote.decline`
  public static let quoteDecline = Method(number: 0x0208, name: "quote.decline", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `quote.get`
  public static let quoteGet = Method(number: 0x0209, name: "quote.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `hold.place`
  public static let holdPlace = Method(number: 0x020A, name: "hold.place", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `hold.capture`
  public static let holdCapture = Method(number: 0x020B, name: "hold.capture", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `hold.void`
  public static let holdVoid = Method(number: 0x020C, name: "hold.void", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `hold.list`
  public static let holdList = Method(number: 0x020D, name: "hold.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `charge.post`
  public static let chargePost = Method(number: 0x020E, name: "charge.post", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `charge.reverse`
  public static let chargeReverse = Method(number: 0x020F, name: "charge.reverse", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `adjustment.post`
  public static let adjustmentPost = Method(number: 0x0210, name: "adjustment.post", kind: .write, callers: [.admin], needsTenant: true)
  /// `balance.get`
  public static let balanceGet = Method(number: 0x0211, name: "balance.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `lot.list`
  public static let lotList = Method(number: 0x0212, name: "lot.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `journal.list`
  public static let journalList = Method(number: 0x0213, name: "journal.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `transfer.get`
  public static let transferGet = Method(number: 0x0214, name: "transfer.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `statement.get`
  public static let statementGet = Method(number: 0x0215, name: "statement.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `statement.list`
  public static let statementList = Method(number: 0x0216, name: "statement.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `invoice.list`
  public static let invoiceList = Method(number: 0x0217, name: "invoice.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `ticketcharge.get`
  public static let ticketchargeGet = Method(number: 0x0218, name: "ticketcharge.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `charge.post-many`
  public static let chargePostMany = Method(number: 0x0219, name: "charge.post-many", kind: .write, callers: [.desk, .portal, .admin], needsTenant: true)
  /// `agreement.renew`
  public static let agreementRenew = Method(number: 0x021A, name: "agreement.renew", kind: .write, callers: [.portal, .desk, .sales, .admin], needsTenant: true)
  /// `order.place`
  public static let orderPlace = Method(number: 0x021B, name: "order.place", kind: .write, callers: [.portal, .desk, .sales, .admin], needsTenant: true)
  /// `order.end`
  public static let orderEnd = Method(number: 0x021C, name: "order.end", kind: .write, callers: [.portal, .desk, .sales, .admin], needsTenant: true)
  /// `order.list`
  public static let orderList = Method(number: 0x021D, name: "order.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `person.set`
  public static let personSet = Method(number: 0x0301, name: "person.set", kind: .write, callers: [.admin, .desk], needsTenant: true)
  /// `person.list`
  public static let personList = Method(number: 0x0302, name: "person.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `rota.set`
  public static let rotaSet = Method(number: 0x0303, name: "rota.set", kind: .write, callers: [.admin, .desk], needsTenant: true)
  /// `rota.list`
  public static let rotaList = Method(number: 0x0304, name: "rota.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `rota.who`
  public static let rotaWho = Method(number: 0x0305, name: "rota.who", kind: .read, callers: Caller.any, needsTenant: true)
  /// `override.add`
  public static let overrideAdd = Method(number: 0x0306, name: "override.add", kind: .write, callers: [.admin, .desk], needsTenant: true)
  /// `override.remove`
  public static let overrideRemove = Method(number: 0x0307, name: "override.remove", kind: .write, callers: [.admin, .desk], needsTenant: true)
  /// `override.list`
  public static let overrideList = Method(number: 0x0308, name: "override.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `slaclock.list`
  public static let slaclockList = Method(number: 0x0309, name: "slaclock.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `escalation.list`
  public static let escalationList = Method(number: 0x030A, name: "escalation.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `escalation.acknowledge`
  public static let escalationAcknowledge = Method(number: 0x030B, name: "escalation.acknowledge", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `delivery.list`
  public static let deliveryList = Method(number: 0x030C, name: "delivery.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `delivery.report`
  public static let deliveryReport = Method(number: 0x030D, name: "delivery.report", kind: .write, callers: [.service], needsTenant: true)
  /// `delivery.answer`
  public static let deliveryAnswer = Method(number: 0x030E, name: "delivery.answer", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `escalation.call`
  public static let escalationCall = Method(number: 0x030F, name: "escalation.call", kind: .write, callers: [.desk, .admin], needsTenant: true)
  /// `notice.list`
  public static let noticeList = Method(number: 0x0310, name: "notice.list", kind: .read, callers: Caller.any, needsTenant: true)
  /// `rota.forecast`
  public static let rotaForecast = Method(number: 0x0311, name: "rota.forecast", kind: .read, callers: Caller.any, needsTenant: true)
  /// `escalation.get`
  public static let escalationGet = Method(number: 0x0312, name: "escalation.get", kind: .read, callers: Caller.any, needsTenant: true)
  /// `escalation.preview`
  public static let escalationPreview = Method(number: 0x0313, name: "escalation.preview", kind: .read, callers: Caller.any, needsTenant: true)
  /// `template.set`
  public static let templateSet = Method(number: 0x0314, name: "template.set", kind: .write, callers: [.admin], needsTenant: true)
  /// `template.publish`
  public static let templatePublish = Method(number: 0x0315, name: "template.publish", kind: .write, callers: [.admin], needsTenant: true)
  /// `template.preview`
  public static let templatePreview = Method(number: 0x0316, name: "template.preview", kind: .read, callers: [.admin, .desk], needsTenant: true)
  /// `template.get`
  public static let templateGet = Method(number: 0x0317, name: "template.get", kind: .read, callers: [.admin, .desk], needsTenant: true)
  /// `template.list`
  public static let templateList = Method(number: 0x0318, name: "template.list", kind: .read, callers: [.admin, .desk], needsTenant: true)
  /// `endpoint.set`
  public static let endpointSet = Method(number: 0x0319, name: "endpoint.set", kind: .write, callers: [.admin], needsTenant: true)
  /// `endpoint.list`
  public static let endpointList = Method(number: 0x031A, name: "endpoint.list", kind: .read, callers: [.admin, .desk], needsTenant: true)
  /// `endpoint.remove`
  public static let endpointRemove = Method(number: 0x031B, name: "endpoint.remove", kind: .write, callers: [.admin], needsTenant: true)

  /// Every method, by number.
  public static let all: [Method] = [
    .tenantCreate,
    .tenantGet,
    .tenantList,
    .planPublish,
    .planGet,
    .planList,
    .clockGet,
    .clockAdvance,
    .pendingGet,
    .eventApply,
    .serviceStatus,
    .changesWatch,
    .tenantUpdate,
    .accountCreate,
    .accountUpdate,
    .accountGet,
    .accountList,
    .subsidiaryAdd,
    .assessmentRecord,
    .contactAppoint,
    .contactList,
    .assetRegister,
    .assetUpdate,
    .assetList,
    .ticketOpen,
    .ticketGet,
    .ticketList,
    .ticketAcknowledge,
    .ticketContact,
    .ticketBegin,
    .ticketClassify,
    .ticketLink,
    .ticketDispatch,
    .ticketResolve,
    .ticketClose,
    .ticketReopen,
    .messagePost,
    .workRecord,
    .consentRecord,
    .partAdd,
    .visitSchedule,
    .visitArrive,
    .visitDepart,
    .visitCancel,
    .visitList,
    .messageList,
    .attemptList,
    .ticketWhy,
    .articleCreate,
    .articleEdit,
    .articlePublish,
    .articleRetire,
    .articleGet,
    .articleList,
    .articleHistory,
    .articleSearch,
    .articleLink,
    .topicOpen,
    .topicGet,
    .topicList,
    .topicModerate,
    .replyPost,
    .replyList,
    .replyModerate,
    .moderationList,
    .courseCreate,
    .coursePublish,
    .courseRetire,
    .courseGet,
    .courseList,
    .courseEnrol,
    .lessonAdd,
    .lessonUpdate,
    .lessonRemove,
    .lessonGet,
    .lessonComplete,
    .enrolmentList,
    .admissionAsk,
    .admissionGet,
    .obligationRecord,
    .misuseReview,
    .mailTake,
    .ticketMerge,
    .ticketSplit,
    .mailDeliver,
    .mailGet,
    .mailList,
    .mailboxSet,
    .mailboxRemove,
    .mailboxList,
    .callReport,
    .callList,
    .workBegin,
    .workEnd,
    .callSchedule,
    .mailStage,
    .agreementSign,
    .agreementEnd,
    .agreementGet,
    .agreementList,
    .packagePurchase,
    .quoteCreate,
    .quoteAcknowledge,
    .quoteDecline,
    .quoteGet,
    .holdPlace,
    .holdCapture,
    .holdVoid,
    .holdList,
    .chargePost,
    .chargeReverse,
    .adjustmentPost,
    .balanceGet,
    .lotList,
    .journalList,
    .transferGet,
    .statementGet,
    .statementList,
    .invoiceList,
    .ticketchargeGet,
    .chargePostMany,
    .agreementRenew,
    .orderPlace,
    .orderEnd,
    .orderList,
    .personSet,
    .personList,
    .rotaSet,
    .rotaList,
    .rotaWho,
    .overrideAdd,
    .overrideRemove,
    .overrideList,
    .slaclockList,
    .escalationList,
    .escalationAcknowledge,
    .deliveryList,
    .deliveryReport,
    .deliveryAnswer,
    .escalationCall,
    .noticeList,
    .rotaForecast,
    .escalationGet,
    .escalationPreview,
    .templateSet,
    .templatePublish,
    .templatePreview,
    .templateGet,
    .templateList,
    .endpointSet,
    .endpointList,
    .endpointRemove,
  ]
}
