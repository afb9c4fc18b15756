import Crypto
import FoundationEssentials
import Policy
import SwiftProtobuf
import Wire

extension Callout_V1_PlanVersion {
  /// A published plan as the wire carries it, without its document.
  init(_ plan: PublishedPlan) {
    self.init()
    version = Data(plan.version.bytes)
    self.plan = plan.plan
    title = plan.title
    publishedMs = plan.publishedAt.milliseconds
  }
}

/// `plan.publish`: gives the service a plan, which never changes.
enum PlanPublish<State: ServiceState>: WriteOperation {
  static var documentByteCountMax: Int { 262_144 }
  static var method: Wire.Method { .planPublish }

  static func needs(
    _ request: Callout_V1_PlanPublishRequest, _ state: State, _ needs: inout Needs<State>
  ) throws(Refused) {
    guard (1...documentByteCountMax).contains(request.document.count) else {
      throw Refused(.invalid(field: "document"), "A plan document has 1 to \(documentByteCountMax) bytes.")
    }
    if let version = version(of: request) { needs.row(needs.common.plans, version) }
  }

  static func decide(
    _ request: Callout_V1_PlanPublishRequest, _ state: inout State, _ context: inout Context
  ) -> Decision<Callout_V1_PlanPublishReply> {
    let version = version(of: request)
    if let version, let known = state.common.publishedPlans[version] {
      return .accepted(.with { $0.version = Callout_V1_PlanVersion(known) })
    }
    let document = Array(request.document)
    switch PlanCache.shared.read(document, as: version) {
    case .failure(let errors):
      return .refused(Refused(.planInvalid, errors.description))
    case .success(let plan):
      let published = PublishedPlan(
        version: plan.version, plan: plan.id, title: plan.title, document: document, publishedAt: context.now)
      state.common.publishedPlans.insert(published)
      state.published(plan, &context)
      return .accepted(.with { $0.version = Callout_V1_PlanVersion(published) })
    }
  }

  private static func version(of request: Callout_V1_PlanPublishRequest) -> PlanVersion? {
    PlanVersion(bytes: Array(SHA256.hash(data: request.document)))
  }
}

/// Reads of the plans table.
private enum PlanSQL {
  static let selection = "SELECT p.version, p.plan, p.title, p.published_at FROM plans p WHERE p.tenant_id = $1"
  static let withDocument =
    "SELECT p.version, p.plan, p.title, p.published_at, p.document FROM plans p WHERE p.tenant_id = $1"

  static func read(_ row: inout RowReader) throws(RowError) -> PublishedPlan {
    let (version, plan, title) = (try row.next(PlanVersion.self), try row.next(String.self), try row.next(String.self))
    return PublishedPlan(version: version, plan: plan, title: title, document: [], publishedAt: try row.next())
  }

  static func readWithDocument(_ row: inout RowReader) throws(RowError) -> (plan: PublishedPlan, document: [UInt8]) {
    (try read(&row), try row.next())
  }
}

/// `plan.get`
enum PlanGet: ReadOperation {
  static var method: Wire.Method { .planGet }
  static var isByKey: Bool { true }

  static func queries(_ request: Callout_V1_PlanGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    if request.version.isEmpty {
      return [
        Query(
          sql: PlanSQL.withDocument + " AND p.plan = $2 ORDER BY p.published_at DESC, p.version LIMIT 1",
          [Argument(context.tenant), Argument(request.plan)])
      ]
    }
    let version = try PlanVersion(field: "version", request.version)
    return [
      Query(sql: PlanSQL.withDocument + " AND p.version = $2", [Argument(context.tenant), Argument(version)])
    ]
  }

  static func reply(
    _ request: Callout_V1_PlanGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_PlanGetReply {
    guard let (plan, document) = try results.rows(0, PlanSQL.readWithDocument).first else {
      throw .refused(.planUnknown, "This service has no such plan; publish it with plan.publish.")
    }
    return .with {
      $0.version = Callout_V1_PlanVersion(plan)
      $0.document = Data(document)
    }
  }
}

/// `plan.list`: newest first.
enum PlanList: ReadOperation {
  static var method: Wire.Method { .planList }

  static func queries(_ request: Callout_V1_PlanListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    guard page.after.isEmpty || page.after.count == 40 else {
      throw Refused(.invalid(field: "page.after"), "This is no page's `next`.")
    }
    let published =
      page.after.isEmpty ? Instant.latest : Instant(milliseconds: Int64(bigEndianBytes: page.after.prefix(8)))
    let version = PlanVersion(bytes: page.after.dropFirst(8))
    return [
      Query(
        sql: PlanSQL.selection + " AND (p.published_at < $2 OR (p.published_at = $2 AND p.version > $3)) "
          + "ORDER BY p.published_at DESC, p.version LIMIT $4",
        [Argument(context.tenant), Argument(published), Argument(version), Argument(page.fetch)])
    ]
  }

  static func reply(
    _ request: Callout_V1_PlanListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_PlanListReply {
    let page = try ReadFailure.catching { () throws(Refused) in try PageRequest(request.page) }
    let (plans, next) = page.cut(try results.rows(0, PlanSQL.read)) { plan in
      var token: [UInt8] = []
      token.appendBigEndian(plan.publishedAt.milliseconds)
      return token + plan.version.bytes
    }
    return .with {
      $0.versions = plans.map(Callout_V1_PlanVersion.init)
      $0.next = Data(next)
    }
  }
}

extension Int64 {
  /// An integer of up to eight bytes, most significant first.
  init(bigEndianBytes bytes: some Collection<UInt8>) {
    self = bytes.reduce(0) { $0 << 8 | Int64($1) }
  }
}
