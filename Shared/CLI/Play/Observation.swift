import CalloutClient
import Policy
import SwiftProtobuf
import Wire

/// Looks from outside at what comes of a step: messages that people get, and changes that services push.
struct Observation {
  /// The most messages that one step may cause, with those of the instant before.
  static let messageCountMax = 10_000
  /// Messages that are asked for at once.
  private static let pageSize: UInt32 = 500

  private let client: CalloutClient
  private let options: CallOptions
  private let coding: MessageCoding
  /// When the newest message before the step was made; 0: there was none.
  private let horizon: Int64
  /// The messages that were made then: those of one instant have no order among them.
  private let known: Set<[UInt8]>
  /// Where each service's changes stood before the step.
  private var cursors: [ServiceName: [UInt8]] = [:]

  /// Begins to look; what has happened before is not seen.
  ///
  /// - Parameter services: The kinds of changes to watch in each service.
  init(
    client: CalloutClient, tenant: TenantID, coding: MessageCoding, patience: Duration,
    services: [ServiceName: [String]]
  ) async throws(CalloutError) {
    self.client = client
    self.coding = coding
    options = CallOptions(deadline: patience, tenant: tenant)
    var request = DeliveryListRequest()
    request.page.size = 1
    let newest = try await client.notifier.deliveryList(request, options: options).deliveries.first
    horizon = newest?.createdMs ?? 0
    known =
      newest == nil
      ? [] : Set(try await Self.deliveries(from: newest?.createdMs ?? 0, client, options).map { Array($0.id) })
    for (service, kinds) in services {
      var watch = client.service(service).changes(kinds: kinds, tenant: tenant).makeAsyncIterator()
      try await watch.begin()
      cursors[service] = watch.cursor
    }
  }

  /// What was expected and did not come, or came and was not expected; nil if there is nothing of that.
  ///
  /// - Parameters:
  ///   - told: Every message that the step was to cause, in any order; nil: not looked at.
  ///   - pushed: Changes that were to be pushed; others may be.
  ///   - patience: The longest wait for a push.
  func mismatch(
    told: [[PathExpectation]]?, pushed: [PushExpectation], patience: Duration
  ) async throws -> String? {
    if let told, let mismatch = Self.mismatch(told: told, messages: try await messages()) { return mismatch }
    for (service, cursor) in cursors {
      let expected = pushed.filter { $0.service == service }
      let changes = client.service(service).changes(
        after: cursor, kinds: expected.map(\.kind), tenant: options.tenant)
      if let mismatch = try await mismatch(expected, among: changes, patience: patience) { return mismatch }
    }
    return nil
  }

  /// Messages that were made since the look began, oldest first.
  private func messages() async throws -> [JSONValue] {
    let recent = try await Self.deliveries(from: horizon, client, options)
    return try values(recent.filter { !known.contains(Array($0.id)) })
  }

  /// (Apart from ``messages()``: the optimiser of Swift 6.3 crashes on both in one asynchronous function.)
  private func values(_ deliveries: [Callout_V1_Delivery]) throws -> [JSONValue] {
    try deliveries.reversed().map { try value($0, .delivery) }
  }

  /// The messages of an instant and all later ones, newest first.
  private static func deliveries(
    from horizon: Int64, _ client: CalloutClient, _ options: CallOptions
  ) async throws(CalloutError) -> [Callout_V1_Delivery] {
    var found: [Callout_V1_Delivery] = []
    var request = DeliveryListRequest()
    request.page.size = pageSize
    while found.count < messageCountMax {
      let page = try await client.notifier.deliveryList(request, options: options)
      let recent = page.deliveries.prefix { $0.createdMs >= horizon }
      found += recent
      if page.next.isEmpty || recent.count < page.deliveries.count { break }
      request.page.after = page.next
    }
    return found
  }

  /// Each message is what one of the expectations says, and no other's.
  private static func mismatch(told: [[PathExpectation]], messages: [JSONValue]) -> String? {
    var left = messages
    for expected in told {
      guard let place = left.firstIndex(where: { message in expected.allSatisfy { $0.mismatch(message) == nil } })
      else {
        return "somebody was to be told with \(expected.description), and " + words(left, among: messages)
      }
      left.remove(at: place)
    }
    return left.isEmpty ? nil : "nobody else was to be told, and " + words(left, among: messages)
  }

  private static func words(_ left: [JSONValue], among messages: [JSONValue]) -> String {
    guard !messages.isEmpty else { return "nobody was" }
    guard !left.isEmpty else { return "those who were are expected otherwise" }
    return "there was also "
      + left.map { message in
        func part(_ key: String) -> String { message[key]?.plain ?? "" }
        return "\(part("method")) to \(part("recipient")) at \(part("created")): \(part("subject"))"
      }.joined(separator: "; ")
  }

  /// Reads pushes until all have come that are expected, or patience ends.
  private func mismatch(
    _ expected: [PushExpectation], among changes: ChangeSequence, patience: Duration
  ) async throws -> String? {
    let coding = coding
    let reading = Task {
      var watch = changes.makeAsyncIterator()
      var missing = expected
      while !missing.isEmpty, let change = try await watch.next() {
        let bytes: [UInt8] = try change.serializedBytes()
        let value = try coding.decode(bytes, as: .change)
        if let place = missing.firstIndex(where: { push in
          push.kind == change.kind && push.expectations.allSatisfy { $0.mismatch(value) == nil }
        }) {
          missing.remove(at: place)
        }
      }
      return missing
    }
    let limit = Task {
      try await Task.sleep(for: patience)
      reading.cancel()
    }
    defer { limit.cancel() }
    guard let missing = try await reading.value.first else { return nil }
    return "\(missing.service.rawValue) was to push \(missing.kind)"
      + (missing.expectations.isEmpty ? "" : " with \(missing.expectations.description)") + ", and did not"
  }

  private func value(_ message: some SwiftProtobuf.Message, _ shape: MessageShape) throws -> JSONValue {
    let bytes: [UInt8] = try message.serializedBytes()
    return try coding.decode(bytes, as: shape)
  }
}
