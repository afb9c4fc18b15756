// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

public import Wire

/// The request of `agreement.sign`.
public typealias AgreementSignRequest = Callout_V1_AgreementSignRequest
/// The reply of `agreement.sign`.
public typealias AgreementSignReply = Callout_V1_AgreementSignReply
/// The request of `agreement.end`.
public typealias AgreementEndRequest = Callout_V1_AgreementEndRequest
/// The reply of `agreement.end`.
public typealias AgreementEndReply = Callout_V1_AgreementEndReply
/// The request of `agreement.get`.
public typealias AgreementGetRequest = Callout_V1_AgreementGetRequest
/// The reply of `agreement.get`.
public typealias AgreementGetReply = Callout_V1_AgreementGetReply
/// The request of `agreement.list`.
public typealias AgreementListRequest = Callout_V1_AgreementListRequest
/// The reply of `agreement.list`.
public typealias AgreementListReply = Callout_V1_AgreementListReply
/// The request of `package.purchase`.
public typealias PackagePurchaseRequest = Callout_V1_PackagePurchaseRequest
/// The reply of `package.purchase`.
public typealias PackagePurchaseReply = Callout_V1_PackagePurchaseReply
/// The request of `quote.create`.
public typealias QuoteCreateRequest = Callout_V1_QuoteCreateRequest
/// The reply of `quote.create`.
public typealias QuoteCreateReply = Callout_V1_QuoteCreateReply
/// The request of `quote.acknowledge`.
public typealias QuoteAcknowledgeRequest = Callout_V1_QuoteAcknowledgeRequest
/// The reply of `quote.acknowledge`.
public typealias QuoteAcknowledgeReply = Callout_V1_QuoteAcknowledgeReply
/// The request of `quote.decline`.
public typealias QuoteDeclineRequest = Callout_V1_QuoteDeclineRequest
/// The reply of `quote.decline`.
public typealias QuoteDeclineReply = Callout_V1_QuoteDeclineReply
/// The request of `quote.get`.
public typealias QuoteGetRequest = Callout_V1_QuoteGetRequest
/// The reply of `quote.get`.
public typealias QuoteGetReply = Callout_V1_QuoteGetReply
/// The request of `hold.place`.
public typealias HoldPlaceRequest = Callout_V1_HoldPlaceRequest
/// The reply of `hold.place`.
public typealias HoldPlaceReply = Callout_V1_HoldPlaceReply
/// The request of `hold.capture`.
public typealias HoldCaptureRequest = Callout_V1_HoldCaptureRequest
/// The reply of `hold.capture`.
public typealias HoldCaptureReply = Callout_V1_HoldCaptureReply
/// The request of `hold.void`.
public typealias HoldVoidRequest = Callout_V1_HoldVoidRequest
/// The reply of `hold.void`.
public typealias HoldVoidReply = Callout_V1_HoldVoidReply
/// The request of `hold.list`.
public typealias HoldListRequest = Callout_V1_HoldListRequest
/// The reply of `hold.list`.
public typealias HoldListReply = Callout_V1_HoldListReply
/// The request of `charge.post`.
public typealias ChargePostRequest = Callout_V1_ChargePostRequest
/// The reply of `charge.post`.
public typealias ChargePostReply = Callout_V1_ChargePostReply
/// The request of `charge.reverse`.
public typealias ChargeReverseRequest = Callout_V1_ChargeReverseRequest
/// The reply of `charge.reverse`.
public typealias ChargeReverseReply = Callout_V1_ChargeReverseReply
/// The request of `adjustment.post`.
public typealias AdjustmentPostRequest = Callout_V1_AdjustmentPostRequest
/// The reply of `adjustment.post`.
public typealias AdjustmentPostReply = Callout_V1_AdjustmentPostReply
/// The request of `balance.get`.
public typealias BalanceGetRequest = Callout_V1_BalanceGetRequest
/// The reply of `balance.get`.
public typealias BalanceGetReply = Callout_V1_BalanceGetReply
/// The request of `lot.list`.
public typealias LotListRequest = Callout_V1_LotListRequest
/// The reply of `lot.list`.
public typealias LotListReply = Callout_V1_LotListReply
/// The request of `journal.list`.
public typealias JournalListRequest = Callout_V1_JournalListRequest
/// The reply of `journal.list`.
public typealias JournalListReply = Callout_V1_JournalListReply
/// The request of `transfer.get`.
public typealias TransferGetRequest = Callout_V1_TransferGetRequest
/// The reply of `transfer.get`.
public typealias TransferGetReply = Callout_V1_TransferGetReply
/// The request of `statement.get`.
public typealias StatementGetRequest = Callout_V1_StatementGetRequest
/// The reply of `statement.get`.
public typealias StatementGetReply = Callout_V1_StatementGetReply
/// The request of `statement.list`.
public typealias StatementListRequest = Callout_V1_StatementListRequest
/// The reply of `statement.list`.
public typealias StatementListReply = Callout_V1_StatementListReply
/// The request of `invoice.list`.
public typealias InvoiceListRequest = Callout_V1_InvoiceListRequest
/// The reply of `invoice.list`.
public typealias InvoiceListReply = Callout_V1_InvoiceListReply
/// The request of `ticketcharge.get`.
public typealias TicketchargeGetRequest = Callout_V1_TicketchargeGetRequest
/// The reply of `ticketcharge.get`.
public typealias TicketchargeGetReply = Callout_V1_TicketchargeGetReply
/// The request of `charge.post-many`.
public typealias ChargePostManyRequest = Callout_V1_ChargePostManyRequest
/// The reply of `charge.post-many`.
public typealias ChargePostManyReply = Callout_V1_ChargePostManyReply
/// The request of `agreement.renew`.
public typealias AgreementRenewRequest = Callout_V1_AgreementRenewRequest
/// The reply of `agreement.renew`.
public typealias AgreementRenewReply = Callout_V1_AgreementRenewReply
/// The request of `order.place`.
public typealias OrderPlaceRequest = Callout_V1_OrderPlaceRequest
/// The reply of `order.place`.
public typealias OrderPlaceReply = Callout_V1_OrderPlaceReply
/// The request of `order.end`.
public typealias OrderEndRequest = Callout_V1_OrderEndRequest
/// The reply of `order.end`.
public typealias OrderEndReply = Callout_V1_OrderEndReply
/// The request of `order.list`.
public typealias OrderListRequest = Callout_V1_OrderListRequest
/// The reply of `order.list`.
public typealias OrderListReply = Callout_V1_OrderListReply

extension LedgerClient {
  /// Signs a customer up to a plan. It starts with nothing: package.purchase fills it. Only sales may, and who
  /// administers its work: others are refused with the plan's referral (203). Refuses a plan version that the
  /// ledger does not have (505), a second active agreement (502), a tier that the plan does not have, and what
  /// the clauses for signing up refuse, of this version or of the plan's newest (504).
  ///
  /// `agreement.sign`, a write; callers: portal, desk, sales, admin.
  public func agreementSign(
    _ request: AgreementSignRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AgreementSignReply {
    try await call(.agreementSign, request, options: options)
  }

  /// Ends an agreement: nothing new is bought, quoted or charged under it. What is in its wallet stays on record.
  /// Refuses one that has ended (503).
  ///
  /// `agreement.end`, a write; callers: sales, admin.
  public func agreementEnd(
    _ request: AgreementEndRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AgreementEndReply {
    try await call(.agreementEnd, request, options: options)
  }

  /// Reads an agreement by its id, or the active one of an account. Refuses a request that names neither (121)
  /// and an account without an active one (501).
  ///
  /// `agreement.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func agreementGet(
    _ request: AgreementGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AgreementGetReply {
    try await call(.agreementGet, request, options: options)
  }

  /// Lists agreements in the order of their ids.
  ///
  /// `agreement.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func agreementList(
    _ request: AgreementListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AgreementListReply {
    try await call(.agreementList, request, options: options)
  }

  /// Sells a package of the plan, whose units go into the wallet of their unit; what is left there and not
  /// expired is carried over where the package says so. Or sells a service that the plan sells for itself, which
  /// grants no units: the agreement's tier must have it (504). Only sales may, and who administers its work:
  /// others are refused with the plan's referral (203). Refuses what the plan does not sell (510), a service that
  /// was bought already (502), and an agreement that has ended (503).
  ///
  /// `package.purchase`, a write; callers: portal, desk, sales, admin.
  public func packagePurchase(
    _ request: PackagePurchaseRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> PackagePurchaseReply {
    try await call(.packagePurchase, request, options: options)
  }

  /// Rates work that is planned and holds what it would cost. Beyond what is available it needs an
  /// acknowledgement. Refuses an overage that the plan does not allow (507; there is none in its further units),
  /// and an agreement that has ended (503).
  ///
  /// `quote.create`, a write; callers: desk, sales, portal, admin.
  public func quoteCreate(
    _ request: QuoteCreateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> QuoteCreateReply {
    try await call(.quoteCreate, request, options: options)
  }

  /// Records that a contact of the customer agreed to a quote; holds its total, overage included. Refuses a quote
  /// that awaits nothing, or for which less can be drawn by now (503), or that has expired (517).
  ///
  /// `quote.acknowledge`, a write; callers: desk, portal, admin.
  public func quoteAcknowledge(
    _ request: QuoteAcknowledgeRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> QuoteAcknowledgeReply {
    try await call(.quoteAcknowledge, request, options: options)
  }

  /// Declines a quote and frees what it held. Refuses one that is settled, declined or expired (503).
  ///
  /// `quote.decline`, a write; callers: desk, portal, admin.
  public func quoteDecline(
    _ request: QuoteDeclineRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> QuoteDeclineReply {
    try await call(.quoteDecline, request, options: options)
  }

  /// Reads a quote as it stands.
  ///
  /// `quote.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func quoteGet(
    _ request: QuoteGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> QuoteGetReply {
    try await call(.quoteGet, request, options: options)
  }

  /// Keeps units of an agreement aside until they are captured, voided or expire. Refuses more than is available
  /// (507) and an agreement that has ended (503).
  ///
  /// `hold.place`, a write; callers: desk, portal, admin.
  public func holdPlace(
    _ request: HoldPlaceRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> HoldPlaceReply {
    try await call(.holdPlace, request, options: options)
  }

  /// Charges up to the hold's amount and frees the rest. Refuses a hold that has ended (503) or expired (517).
  ///
  /// `hold.capture`, a write; callers: desk, portal, admin.
  public func holdCapture(
    _ request: HoldCaptureRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> HoldCaptureReply {
    try await call(.holdCapture, request, options: options)
  }

  /// Frees all units of an open hold. Refuses one that was captured or voided (503) or has expired (517).
  ///
  /// `hold.void`, a write; callers: desk, portal, admin.
  public func holdVoid(
    _ request: HoldVoidRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> HoldVoidReply {
    try await call(.holdVoid, request, options: options)
  }

  /// Lists holds of an agreement, newest first.
  ///
  /// `hold.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func holdList(
    _ request: HoldListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> HoldListReply {
    try await call(.holdList, request, options: options)
  }

  /// Rates a task by the agreement's plan and charges it at once. For work that has no ticket. What was done
  /// before units lapsed is paid by them: their expiry is reversed, and the rest lapses again. Refuses what is
  /// not available (507), a charge before the first assessment (513), a part without an agreed price (514), and
  /// an agreement that has ended (503).
  ///
  /// `charge.post`, a write; callers: desk, portal, admin.
  public func chargePost(
    _ request: ChargePostRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ChargePostReply {
    try await call(.chargePost, request, options: options)
  }

  /// Reverses a transfer: the units return to the lots that paid. Not a refund of money. Refuses an empty reason
  /// (515), a transfer that is reversed already, and one that is neither a charge nor a debit by hand (503).
  ///
  /// `charge.reverse`, a write; callers: desk, admin.
  public func chargeReverse(
    _ request: ChargeReverseRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ChargeReverseReply {
    try await call(.chargeReverse, request, options: options)
  }

  /// Adds or takes units by hand, with a reason. Refuses an empty reason (515), and to take more than is
  /// available (507).
  ///
  /// `adjustment.post`, a write; callers: admin.
  public func adjustmentPost(
    _ request: AdjustmentPostRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AdjustmentPostReply {
    try await call(.adjustmentPost, request, options: options)
  }

  /// Reads what an agreement's wallet holds, now or as it was.
  ///
  /// `balance.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func balanceGet(
    _ request: BalanceGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> BalanceGetReply {
    try await call(.balanceGet, request, options: options)
  }

  /// Lists lots in the order in which they are drawn.
  ///
  /// `lot.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func lotList(
    _ request: LotListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> LotListReply {
    try await call(.lotList, request, options: options)
  }

  /// Lists transfers of an agreement in the order in which they were posted, of all units.
  ///
  /// `journal.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func journalList(
    _ request: JournalListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> JournalListReply {
    try await call(.journalList, request, options: options)
  }

  /// Reads one transfer of the journal.
  ///
  /// `transfer.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func transferGet(
    _ request: TransferGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TransferGetReply {
    try await call(.transferGet, request, options: options)
  }

  /// Reads the statement of the period that holds an instant: as closed, or a preview while the period runs.
  ///
  /// `statement.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func statementGet(
    _ request: StatementGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> StatementGetReply {
    try await call(.statementGet, request, options: options)
  }

  /// Lists closed statements, newest first, without lines and text.
  ///
  /// `statement.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func statementList(
    _ request: StatementListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> StatementListReply {
    try await call(.statementList, request, options: options)
  }

  /// Lists an agreement's bills for overage, newest first.
  ///
  /// `invoice.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func invoiceList(
    _ request: InvoiceListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> InvoiceListReply {
    try await call(.invoiceList, request, options: options)
  }

  /// What a ticket has cost so far and what is held for it.
  ///
  /// `ticketcharge.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func ticketchargeGet(
    _ request: TicketchargeGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TicketchargeGetReply {
    try await call(.ticketchargeGet, request, options: options)
  }

  /// Posts up to 1,000 charges in one request. Each is decided on its own, in their order, as charge.post would:
  /// one that is refused leaves the others as they are. All have the request's key, so that repeating it gets the
  /// same outcomes.
  ///
  /// `charge.post-many`, a write; callers: desk, portal, admin.
  public func chargePostMany(
    _ request: ChargePostManyRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ChargePostManyReply {
    try await call(.chargePostMany, request, options: options)
  }

  /// Agrees on a further term, under a version of the same plan. What was bought stays, and so does what is in
  /// the wallets. Refuses an agreement that has ended (503), a version of another plan, or one that has another
  /// zone, currency, unit or statement period (503), and what this version or the plan's newest does not renew,
  /// such as after a product's end of life (504).
  ///
  /// `agreement.renew`, a write; callers: portal, desk, sales, admin.
  public func agreementRenew(
    _ request: AgreementRenewRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> AgreementRenewReply {
    try await call(.agreementRenew, request, options: options)
  }

  /// Buys a package that the plan has on standing order, and buys it again every month, quarter or year at the
  /// start of the same day of the month in the plan's zone (the month's last day where it lacks that day), until
  /// the order or the agreement ends. Refuses what package.purchase refuses, and a package that is not for
  /// standing orders (510).
  ///
  /// `order.place`, a write; callers: portal, desk, sales, admin.
  public func orderPlace(
    _ request: OrderPlaceRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> OrderPlaceReply {
    try await call(.orderPlace, request, options: options)
  }

  /// Ends a standing order: it is not bought again. What was bought stays. Refuses one that has ended (503).
  ///
  /// `order.end`, a write; callers: portal, desk, sales, admin.
  public func orderEnd(
    _ request: OrderEndRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> OrderEndReply {
    try await call(.orderEnd, request, options: options)
  }

  /// Lists standing orders of an agreement, newest first.
  ///
  /// `order.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func orderList(
    _ request: OrderListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> OrderListReply {
    try await call(.orderList, request, options: options)
  }
}
