import Foundation
import IntakeRules
import Logging
import Policy
import ServiceKit
import SwiftProtobuf
import Synchronization
import Wire

/// What an LMTP connection asks of the service: whose an address is, and to take a mail.
struct LmtpDelivery: Sendable {
  /// The most tenants that one query asks for an address.
  static let tenantsOfQueryMax = 10_000
  /// How long a mail may take to be taken; then its MTA is told to try again, and the same Message-ID is one mail.
  static let patience = Duration.seconds(30)

  let access: Background<IntakeState>
  /// A key that no other attempt has.
  let key: @Sendable () -> [UInt8]

  /// Whose an address is. Every tenant's mailboxes are asked.
  func resolve(_ address: String) async -> LmtpResolution {
    do {
      let tenants = try await access.tenants()
      for start in stride(from: 0, to: tenants.count, by: Self.tenantsOfQueryMax) {
        let some = Array(tenants[start..<min(start + Self.tenantsOfQueryMax, tenants.count)])
        let query = Query(
          sql: "SELECT m.tenant_id FROM mailboxes m WHERE m.tenant_id = ANY ($1) AND m.address = $2",
          [Argument(array: some), Argument(Mailbox.folded(address))])
        let results = try await access.run([query], some)
        let owners = try results.rows(0) { row throws(RowError) in try row.next(TenantID.self) }
        // The database lets no two tenants have one.
        if let owner = owners.first { return .tenant(owner) }
      }
      return .unknown
    } catch {
      access.logger.warning("a mailbox could not be looked up", metadata: ["error": "\(error)"])
      return .unavailable
    }
  }

  /// Takes a mail, for each of its tenants once, and answers for each recipient.
  func deliver(_ envelope: LmtpEnvelope) async -> [LmtpReply] {
    var answers: [TenantID: LmtpReply] = [:]
    for recipient in envelope.recipients where answers[recipient.tenant] == nil {
      let addresses = envelope.recipients.filter { $0.tenant == recipient.tenant }.map(\.address)
      answers[recipient.tenant] = await deliver(envelope, to: addresses, of: recipient.tenant)
    }
    return envelope.recipients.map { answers[$0.tenant] ?? Self.later }
  }

  private static let later = LmtpReply(451, "4.3.0", "not taken: try again later")

  private func deliver(_ envelope: LmtpEnvelope, to addresses: [String], of tenant: TenantID) async -> LmtpReply {
    let request = Callout_V1_MailDeliverRequest.with {
      $0.sender = envelope.sender
      $0.recipients = addresses
      $0.original = Data(envelope.message)
    }
    let key = key()
    // Whichever comes first; a mail that is taken later than that is the same mail when it comes again.
    return await withCheckedContinuation { continuation in
      let once = Once(continuation)
      let waiting = Task {
        try? await access.sleep(Self.patience)
        once.resume(Self.later)
      }
      Task {
        once.resume(await submit(request, tenant, key))
        waiting.cancel()
      }
    }
  }

  private func submit(_ request: Callout_V1_MailDeliverRequest, _ tenant: TenantID, _ key: [UInt8]) async -> LmtpReply {
    do {
      let reply = try await access.submit(MailDeliver.self, tenant: tenant, key: key, request)
      return LmtpReply(250, "2.0.0", "\(reply.outcome) \(reply.hasTicket ? "[#\(reply.ticket.number)]" : "")")
    } catch let error as CommandRefused {
      switch error.refusal.code {
      case .invalidField where error.refusal.field == "original": return LmtpReply(554, "5.6.0", error.refusal.text)
      case .invalidField: return LmtpReply(550, "5.1.3", error.refusal.text)
      case .notFound: return LmtpReply(550, "5.1.1", "no such mailbox here")
      case _: break
      }
      access.logger.warning("a mail was not taken", metadata: ["refusal": "\(error.refusal.text)"])
      return Self.later
    } catch {
      access.logger.warning("a mail was not taken", metadata: ["error": "\(error)"])
      return Self.later
    }
  }
}

/// Continues once, with what comes first.
private final class Once: Sendable {
  private let continuation: Mutex<CheckedContinuation<LmtpReply, Never>?>

  init(_ continuation: CheckedContinuation<LmtpReply, Never>) { self.continuation = Mutex(continuation) }

  func resume(_ reply: LmtpReply) {
    let waiting = continuation.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    waiting?.resume(returning: reply)
  }
}
