import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `person.set`
enum PersonSetWrite: WriteOperation {
  static let method = Method.personSet

  static func needs(
    _ request: Callout_V1_PersonSetRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    if let id = try PersonID.optional(field: "person_id", request.personID) { needs.row(Tables.people, id) }
    if !request.handle.isEmpty { needs.rows(Tables.peopleByHandle, request.handle) }
  }

  static func decide(
    _ request: Callout_V1_PersonSetRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_PersonSetReply> {
    PersonSet.decide(
      PersonSet.Request(
        personID: PersonID(bytes: request.personID), handle: request.handle, name: request.name,
        methods: request.methods.map { .init(kind: $0.kind, address: $0.address) }),
      &state, &context
    ).map { person in .with { $0.person = Callout_V1_Person(person) } }
  }
}

/// `person.list`, in the order of ids.
enum PersonListRead: ReadOperation {
  static let method = Method.personList

  static func queries(_ request: Callout_V1_PersonListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    return [
      Tables.people.select(
        context.tenant, where: "r.person_id > $2 ORDER BY r.person_id LIMIT $3",
        [Argument(try page.afterID() ?? PersonID.lowest), Argument(page.fetch)])
    ]
  }

  static func reply(
    _ request: Callout_V1_PersonListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_PersonListReply {
    let page = try PageRequest(checked: request.page)
    let (people, next) = page.cut(try results.rows(0, of: Tables.people)) { $0.id.bytes }
    return .with {
      $0.people = people.map { Callout_V1_Person($0) }
      $0.next = .init(next)
    }
  }
}

extension ID {
  /// Below every identifier that is made.
  static var lowest: ID { ID(high: 0, low: 0) }
  /// Above every identifier that is made.
  static var highest: ID { ID(high: .max, low: .max) }
}

extension PageRequest {
  /// The page of a read whose queries were made: it was checked then.
  init(checked page: Callout_V1_Page) throws(ReadFailure) {
    do {
      try self.init(page)
    } catch {
      throw .refused(error)
    }
  }
}
