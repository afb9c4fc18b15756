// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

public import Wire

/// The request of `tenant.create`.
public typealias TenantCreateRequest = Callout_V1_TenantCreateRequest
/// The reply of `tenant.create`.
public typealias TenantCreateReply = Callout_V1_TenantCreateReply
/// The request of `tenant.get`.
public typealias TenantGetRequest = Callout_V1_TenantGetRequest
/// The reply of `tenant.get`.
public typealias TenantGetReply = Callout_V1_TenantGetReply
/// The request of `tenant.list`.
public typealias TenantListRequest = Callout_V1_TenantListRequest
/// The reply of `tenant.list`.
public typealias TenantListReply = Callout_V1_TenantListReply
/// The request of `plan.publish`.
public typealias PlanPublishRequest = Callout_V1_PlanPublishRequest
/// The reply of `plan.publish`.
public typealias PlanPublishReply = Callout_V1_PlanPublishReply
/// The request of `plan.get`.
public typealias PlanGetRequest = Callout_V1_PlanGetRequest
/// The reply of `plan.get`.
public typealias PlanGetReply = Callout_V1_PlanGetReply
/// The request of `plan.list`.
public typealias PlanListRequest = Callout_V1_PlanListRequest
/// The reply of `plan.list`.
public typealias PlanListReply = Callout_V1_PlanListReply
/// The request of `clock.get`.
public typealias ClockGetRequest = Callout_V1_ClockGetRequest
/// The reply of `clock.get`.
public typealias ClockGetReply = Callout_V1_ClockGetReply
/// The request of `clock.advance`.
public typealias ClockAdvanceRequest = Callout_V1_ClockAdvanceRequest
/// The reply of `clock.advance`.
public typealias ClockAdvanceReply = Callout_V1_ClockAdvanceReply
/// The request of `pending.get`.
public typealias PendingGetRequest = Callout_V1_PendingGetRequest
/// The reply of `pending.get`.
public typealias PendingGetReply = Callout_V1_PendingGetReply
/// The request of `event.apply`.
public typealias EventApplyRequest = Callout_V1_EventApplyRequest
/// The reply of `event.apply`.
public typealias EventApplyReply = Callout_V1_EventApplyReply
/// The request of `service.status`.
public typealias ServiceStatusRequest = Callout_V1_ServiceStatusRequest
/// The reply of `service.status`.
public typealias ServiceStatusReply = Callout_V1_ServiceStatusReply
/// The request of `changes.watch`.
public typealias ChangesWatchRequest = Callout_V1_ChangesWatchRequest
/// The request of `tenant.update`.
public typealias TenantUpdateRequest = Callout_V1_TenantUpdateRequest
/// The reply of `tenant.update`.
public typealias TenantUpdateReply = Callout_V1_TenantUpdateReply

extension ServiceClient {
  /// Creates a tenant in this service. The same id is given to all three services; the envelope's tenant is that
  /// id. Refuses an id that is known under another name, kind of clock or language (502).
  ///
  /// `tenant.create`, a write; callers: operator.
  public func tenantCreate(
    _ request: TenantCreateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TenantCreateReply {
    try await call(.tenantCreate, request, options: options)
  }

  /// Reads the tenant that the envelope names, as this service knows it.
  ///
  /// `tenant.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func tenantGet(
    _ request: TenantGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TenantGetReply {
    try await call(.tenantGet, request, options: options)
  }

  /// Lists tenants in the order of their ids. The envelope names no tenant.
  ///
  /// `tenant.list`, a read; callers: operator.
  public func tenantList(
    _ request: TenantListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TenantListReply {
    try await call(.tenantList, request, options: options)
  }

  /// Gives the service a plan. Publishing the same document again changes nothing. Refuses a document with errors
  /// (506).
  ///
  /// `plan.publish`, a write; callers: admin, operator.
  public func planPublish(
    _ request: PlanPublishRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> PlanPublishReply {
    try await call(.planPublish, request, options: options)
  }

  /// Reads one published version, or the newest of a plan, with its document. Refuses a version that was never
  /// published here (501).
  ///
  /// `plan.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func planGet(
    _ request: PlanGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> PlanGetReply {
    try await call(.planGet, request, options: options)
  }

  /// Lists versions of plans, newest first.
  ///
  /// `plan.list`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func planList(
    _ request: PlanListRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> PlanListReply {
    try await call(.planList, request, options: options)
  }

  /// Reads the tenant's time and when something is due next. A live tenant's time is the service's own.
  ///
  /// `clock.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func clockGet(
    _ request: ClockGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ClockGetReply {
    try await call(.clockGet, request, options: options)
  }

  /// Moves a test tenant's clock in this service. What falls due by then happens at once, each thing at its own
  /// instant. Refuses a live tenant (508) and an instant before the clock (503).
  ///
  /// `clock.advance`, a write; callers: desk, admin, operator.
  public func clockAdvance(
    _ request: ClockAdvanceRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ClockAdvanceReply {
    try await call(.clockAdvance, request, options: options)
  }

  /// What has not happened yet although its time has come: zero in all three services means that the tenant is
  /// settled.
  ///
  /// `pending.get`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func pendingGet(
    _ request: PendingGetRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> PendingGetReply {
    try await call(.pendingGet, request, options: options)
  }

  /// Says how one service is: what runs, since when, and whether it takes requests.
  ///
  /// `service.status`, a read; callers: portal, desk, sales, auditor, admin, operator.
  public func serviceStatus(
    _ request: ServiceStatusRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> ServiceStatusReply {
    try await call(.serviceStatus, request, options: options)
  }

  /// Changes what a tenant's customers are written to in, in this service: each service has its own copy. What
  /// was sent or closed before stays as it is.
  ///
  /// `tenant.update`, a write; callers: admin, operator.
  public func tenantUpdate(
    _ request: TenantUpdateRequest, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TenantUpdateReply {
    try await call(.tenantUpdate, request, options: options)
  }
}
