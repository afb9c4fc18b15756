public import Policy

/// A plan that was published, and what it says of the end of its product's life. The one that was published last holds.
public struct ProductEnd: Record, Hashable {
  /// Ids rise with publication.
  public let id: ProductEndID
  /// The plan's id.
  public let plan: String
  public let planVersion: PlanVersion
  /// The first day without support; nil: none is foreseen, or the plan supports no product.
  public let on: CivilDate?

  public init(id: ProductEndID, plan: String, planVersion: PlanVersion, on: CivilDate?) {
    self.id = id
    self.plan = plan
    self.planVersion = planVersion
    self.on = on
  }

  public var key: ProductEndID { id }
  public var group: String { plan }
}

extension NotifierState {
  /// Notes what a plan says of the end of its product's life, and has those told who are on that plan (P17). Agreements
  /// keep the version under which they were signed; what ends, ends for all of them. Whether somebody has made the rotas that the
  /// plan's ladders name is looked at later.
  public mutating func published(_ plan: Plan, _ context: inout Context) {
    let namesRotas = !LadderNeeds.rotas(of: plan.ladders).isEmpty
    guard plan.product != nil || namesRotas else { return }
    let end = ProductEnd(id: context.id(), plan: plan.id, planVersion: plan.version, on: plan.product?.endOfLife?.on)
    productEnds.insert(end)
    if end.on != nil { common.timers.arm(ProductEndDue.timer, end.id, at: context.now) }
    if namesRotas { common.timers.arm(RotaMissing.timer, end.id, at: context.now + RotaMissing.patience) }
  }
}

/// Tells those who are on a plan of the end of its product's life, some at a time.
public enum ProductEndDue {
  /// Armed while somebody may be left to be told.
  public static let timer = "product.end"
  /// How many accounts are told at once.
  public static let accountCountMax = 100

  /// Looks at what was published, at all that was published of the same plan, at the plan, and at accounts on it that were
  /// told nothing or another day, ``accountCountMax`` of each.
  public static func decide(
    _ id: ProductEndID, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    guard let end = state.productEnds[id], end == state.productEnds.members(of: end.plan).last,
      state.common.plans[end.planVersion] != nil
    else { return .accepted(()) }
    let left = state.accounts.all.filter { $0.plan == end.plan && $0.endTold != end.on }
    for account in left { tell(account, end, &state, &context) }
    // Another instant, because a timer fires once on each.
    if !left.isEmpty { state.common.timers.arm(timer, id, at: context.now + .milliseconds(1)) }
    return .accepted(())
  }

  /// Tells an account, once for each day that is named, the late notice too: then it says so.
  static func tell(
    _ account: AccountView, _ end: ProductEnd, _ state: inout NotifierState, _ context: inout Context
  ) {
    guard let plan = state.common.plans[end.planVersion], let product = plan.product, account.endTold != end.on,
      let notice = plan.endOfLifeNotice(toldAt: context.now)
    else { return }
    state.accounts.update(account.id) { $0.endTold = notice.on }
    NoticeTold.make(
      .endOfLife, "\(product.title): support ends on \(notice.on)", CustomerText.endOfLife(notice, product),
      CustomerText.endOfLifeFacts(notice, product, plan), account.id, isLate: notice.isLate, &state, &context)
  }
}
