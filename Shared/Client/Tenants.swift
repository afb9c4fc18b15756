internal import Foundation
public import Policy
public import Wire

extension CalloutClient {
  /// A new tenant's id.
  public func makeTenantID() -> TenantID { keys.nextID(TenantID.self) }

  /// Creates a tenant in all three services. Only the operator may.
  ///
  /// ```swift
  /// let tenant = try await client.createTenant(name: "Example", testClock: Instant("2026-08-03T00:00:00Z"))
  /// ```
  ///
  /// If it fails midway, repeat it with the same id and key: services that have the tenant answer as before.
  ///
  /// - Parameters:
  ///   - name: 1 to 200 bytes.
  ///   - id: Its id; nil: a new one.
  ///   - clock: First instant of a test tenant; nil: a live tenant.
  ///   - language: What its customers are written to in where an account names no language, such as `de-AT`; empty: `en`.
  ///   - options: The key is used in each service.
  /// - Returns: The tenant's id.
  @discardableResult
  public func createTenant(
    name: String, id: TenantID? = nil, testClock clock: Instant? = nil, language: String = "",
    options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> TenantID {
    let id = id ?? makeTenantID()
    var request = TenantCreateRequest()
    request.name = name
    request.test = clock != nil
    request.clockMs = clock?.milliseconds ?? 0
    request.language = language
    var options = options
    options.tenant = id
    // The tenant's own id is a key that whoever repeats this has too.
    options.idempotencyKey = options.idempotencyKey ?? id.bytes
    let (filled, chosen) = (request, options)
    _ = try await everywhere { service throws(CalloutError) in try await service.tenantCreate(filled, options: chosen) }
    return id
  }

  /// Changes what a tenant's customers are written to in where their account names no language, in all three services. The
  /// tenant's admin and the operator may. What was sent or closed before stays as it is.
  ///
  /// ```swift
  /// try await client.updateTenant(language: "de-AT")
  /// ```
  ///
  /// If it fails midway, repeat it: services that have the language already answer as before.
  ///
  /// - Parameters:
  ///   - language: A tag such as `de-AT` (BCP 47).
  ///   - options: Its tenant, where the client has none of its own; the key is used in each service.
  /// - Returns: The tenant as it is now.
  @discardableResult
  public func updateTenant(
    language: String, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> Callout_V1_Tenant {
    var request = TenantUpdateRequest()
    request.language = language
    let filled = request
    let replies = try await everywhere { service throws(CalloutError) in
      try await service.tenantUpdate(filled, options: options)
    }
    guard let tenant = replies.first?.tenant else { throw .transport(text: "No service answered.", effect: .unknown) }
    return tenant
  }

  /// Gives a plan to all three services.
  ///
  /// - Parameter document: YAML, at most 256 KiB.
  /// - Returns: The version: 32 bytes, the SHA-256 of the document.
  @discardableResult
  public func publishPlan(
    _ document: [UInt8], options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> Callout_V1_PlanVersion {
    var request = PlanPublishRequest()
    request.document = .init(document)
    let filled = request
    let replies = try await everywhere { service throws(CalloutError) in
      try await service.planPublish(filled, options: options)
    }
    guard let version = replies.first?.version, replies.allSatisfy({ $0.version.version == version.version }) else {
      throw .transport(text: "The services disagree about the plan's version.", effect: .done)
    }
    return version
  }
}
