import FoundationEssentials
import Policy
import SwiftProtobuf
import Wire

extension Callout_V1_Tenant {
  /// A tenant as the wire carries it.
  init(_ tenant: Tenant) {
    self.init()
    id = Data(tenant.id.bytes)
    name = tenant.name
    test = tenant.clock == .test
    clockMs = tenant.instant?.milliseconds ?? 0
    createdMs = tenant.createdAt.milliseconds
    language = tenant.language.tag
    version = UInt64(clamping: tenant.version)
  }
}

/// `tenant.create`: makes a tenant known to this service.
enum TenantCreate<State: ServiceState>: WriteOperation {
  static var nameByteCountMax: Int { 200 }
  static var method: Wire.Method { .tenantCreate }

  static func needs(
    _ request: Callout_V1_TenantCreateRequest, _ state: State, _ needs: inout Needs<State>
  ) throws(Refused) {
    guard (1...nameByteCountMax).contains(request.name.utf8.count) else {
      throw Refused(.invalid(field: "name"), "A tenant's name has 1 to \(nameByteCountMax) bytes.")
    }
    guard request.test || request.clockMs == 0 else {
      throw Refused(.invalid(field: "clock_ms"), "A live tenant goes by the service's clock: leave clock_ms out.")
    }
    _ = try Instant.optional(field: "clock_ms", milliseconds: request.clockMs)
    guard request.language.isEmpty || MessageLanguage(request.language) != nil else {
      throw Refused(.invalid(field: "language"), "language is a tag such as de or de-AT (BCP 47), or empty.")
    }
  }

  static func decide(
    _ request: Callout_V1_TenantCreateRequest, _ state: inout State, _ context: inout Context
  ) -> Decision<Callout_V1_TenantCreateReply> {
    let language = MessageLanguage(request.language) ?? .english
    if let tenant = state.common.tenant {
      guard tenant.name == request.name, (tenant.clock == .test) == request.test, tenant.language == language else {
        return .refused(
          Refused(.alreadyExists("tenant"), "There is a tenant of this id with another name, clock or language."))
      }
      return .accepted(.with { $0.tenant = Callout_V1_Tenant(tenant) })
    }
    let given = Instant(validating: request.clockMs) ?? context.now
    let tenant = Tenant(
      id: state.common.tenantID, name: request.name, clock: request.test ? .test : .live,
      instant: request.test ? (request.clockMs == 0 ? context.now : given) : nil, createdAt: context.now,
      language: language)
    state.common.tenants.insert(tenant)
    return .accepted(.with { $0.tenant = Callout_V1_Tenant(tenant) })
  }
}

/// `tenant.update`: changes what a tenant's customers are written to in.
enum TenantUpdate<State: ServiceState>: WriteOperation {
  static var method: Wire.Method { .tenantUpdate }

  static func needs(
    _ request: Callout_V1_TenantUpdateRequest, _ state: State, _ needs: inout Needs<State>
  ) throws(Refused) {
    _ = try language(request)
  }

  static func decide(
    _ request: Callout_V1_TenantUpdateRequest, _ state: inout State, _ context: inout Context
  ) -> Decision<Callout_V1_TenantUpdateReply> {
    Decision { () throws(Refused) in
      let language = try language(request)
      guard var tenant = state.common.tenant else { throw Refused(.notFound("tenant"), "There is no such tenant.") }
      if tenant.language != language {
        let before = tenant.language
        tenant.language = language
        tenant.version += 1
        state.common.tenants.update(tenant)
        state.common.changed(
          "tenant.updated", tenant.id, version: tenant.version, "The language is \(language) instead of \(before).")
      }
      return .with { $0.tenant = Callout_V1_Tenant(tenant) }
    }
  }

  private static func language(_ request: Callout_V1_TenantUpdateRequest) throws(Refused) -> MessageLanguage {
    guard let language = MessageLanguage(request.language) else {
      throw Refused(.invalid(field: "language"), "language is a tag such as de or de-AT (BCP 47).")
    }
    return language
  }
}

/// Reads of the tenants table.
enum TenantSQL {
  static let selection = "SELECT tenant_id, name, clock, instant, created_at, language, version FROM tenants"

  /// Reads a row of ``selection``.
  static func read(_ row: inout RowReader) throws(RowError) -> Tenant {
    Tenant(
      id: try row.next(), name: try row.next(), clock: try row.next(), instant: try row.next(),
      createdAt: try row.next(), language: MessageLanguage(try row.next(String.self)) ?? .english,
      version: try row.next())
  }
}

/// `tenant.get`
enum TenantGet: ReadOperation {
  static var method: Wire.Method { .tenantGet }
  static var isByKey: Bool { true }

  static func queries(_ request: Callout_V1_TenantGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    [Query(sql: TenantSQL.selection + " WHERE tenant_id = $1", [Argument(context.tenant)])]
  }

  static func reply(
    _ request: Callout_V1_TenantGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TenantGetReply {
    guard let tenant = try results.rows(0, TenantSQL.read).first else {
      throw .refused(.notFound("tenant"), "There is no such tenant.")
    }
    return .with { $0.tenant = Callout_V1_Tenant(tenant) }
  }
}

/// `tenant.list`
enum TenantList: ReadOperation {
  static var method: Wire.Method { .tenantList }

  static func queries(_ request: Callout_V1_TenantListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let after = try page.afterID(Kind.Tenant.self)
    return [
      Query(
        sql: TenantSQL.selection + " WHERE ($1::uuid IS NULL OR tenant_id > $1) ORDER BY tenant_id LIMIT $2",
        [Argument(after), Argument(page.fetch)])
    ]
  }

  static func reply(
    _ request: Callout_V1_TenantListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TenantListReply {
    let page = try ReadFailure.catching { () throws(Refused) in try PageRequest(request.page) }
    let (tenants, next) = page.cut(try results.rows(0, TenantSQL.read), token: { $0.id.bytes })
    return .with {
      $0.tenants = tenants.map(Callout_V1_Tenant.init)
      $0.next = Data(next)
    }
  }
}
