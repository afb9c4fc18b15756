import ArgumentParser
import CalloutClient
import SwiftProtobuf
import Wire

internal import struct Foundation.Data

/// How a command that an MTA runs ends, in the numbers of `sysexits.h`. An MTA tries again after 75 alone, and tells the
/// writer of every other failure: so whatever may succeed later, or is nobody's fault but the installation's, is 75.
enum MailExit: Int32, CaseIterable, Sendable {
  /// The desk has it, whatever came of it.
  case taken = 0
  /// What came is no mail within the bounds.
  case dataError = 65
  /// No recipient is a mailbox of the tenant.
  case noUser = 67
  /// The service does not take mail at all: it is of another version.
  case unavailable = 69
  /// It was not handed over, and may be later.
  case temporaryFailure = 75
  /// This identity may not deliver mail.
  case noPermission = 77

  /// How a call's error ends the command.
  init(_ error: CalloutError) {
    guard let code = error.refusal?.code else {
      self = .temporaryFailure
      return
    }
    switch code {
    case .invalidField where error.refusal?.field == "original": self = .dataError
    case .notFound: self = .noUser
    case .unknownMethod: self = .unavailable
    case .notAllowed: self = .noPermission
    case _: self = .temporaryFailure
    }
  }
}

/// Why a command that an MTA runs ends without success.
struct MailFailure: Error, Sendable {
  let exit: MailExit
  let text: String
}

/// `callout mail deliver`
struct MailDeliverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliver", abstract: "Hands a mail from an MTA's pipe over to the desk.",
    discussion: """
      Reads the message from standard input. The tenant is the context's; each --recipient is an address of the envelope. \
      What is not given is taken from the variables SENDER and RECIPIENT, as some MTAs set them for a pipe. \
      Nothing is lost: what could not be handed over ends with 75, and the MTA keeps it and tries again. Other codes, as \
      sysexits.h has them: 0 taken, also when it was answered, refused politely or ignored; 65 no mail within the bounds; \
      67 no such mailbox; 69 the service takes no mail; 77 this identity may not deliver. Callers: desk, admin, operator.
      """)

  /// The most bytes of a message: 10 MiB, as by LMTP.
  static let byteCountMax = 10 * 1024 * 1024
  /// The most bytes of a message that goes over the wire in one request. A longer one goes in parts before it.
  static let requestByteCountMax = 1_000_000
  /// The bytes of a part, and of the last one at most.
  static let partByteCount = 786_432

  @OptionGroup var common: CommonOptions
  @Option(
    name: .customLong("sender"),
    help: ArgumentHelp("The envelope's sender; empty or <>: the null sender.", valueName: "address"))
  var sender: String?
  @Option(
    name: .customLong("recipient"),
    help: ArgumentHelp("A recipient of the envelope; may be given again.", valueName: "address"))
  var recipients: [String] = []

  /// Whether a command line asks for this command, however wrong the rest of it is.
  static func isAskedFor(_ arguments: [String]) -> Bool {
    arguments.indices.dropLast().contains { arguments[$0] == "mail" && arguments[$0 + 1] == "deliver" }
  }

  func run() async throws {
    let environment = Surface.current.environment
    let recipients = recipients.isEmpty ? [environment["RECIPIENT"]].compactMap(\.self) : recipients
    guard !recipients.isEmpty else {
      throw MailFailure(exit: .temporaryFailure, text: "neither --recipient nor RECIPIENT is given")
    }
    let sender = sender ?? environment["SENDER"] ?? ""
    let original: [UInt8]
    do {
      original = try Surface.current.readInput()
    } catch {
      throw MailFailure(exit: .temporaryFailure, text: "standard input cannot be read")
    }
    guard original.count <= Self.byteCountMax else {
      throw MailFailure(
        exit: .dataError, text: "the message has \(original.count) bytes; at most \(Self.byteCountMax) are taken")
    }
    var request = Callout_V1_MailDeliverRequest.with {
      $0.sender = sender
      $0.recipients = recipients
    }
    let parts = original.count <= Self.requestByteCountMax ? [] : Self.parts(of: original)
    if let first = parts.first {
      request.uploadID = first.uploadID
      request.parts = UInt32(parts.count)
    } else {
      request.original = Data(original)
    }
    let (delivery, options) = (request, common.callOptions())
    let reply: Callout_V1_MailDeliverReply
    do {
      reply = try await common.withClient { client throws(CalloutError) in
        for part in parts { _ = try await client.intake.mailStage(part, options: options) }
        return try await client.intake.mailDeliver(delivery, options: options)
      }
    } catch let error as CalloutError {
      throw MailFailure(exit: MailExit(error), text: "\(error)")
    }
    // Postfix shows the writer nothing of this; the MTA's log has it.
    Surface.current.err("callout: \(reply.outcome) \(reply.mail.messageID)\n")
  }

  /// A long message as it goes over before it is delivered.
  private static func parts(of original: [UInt8]) -> [Callout_V1_MailStageRequest] {
    let upload = Data((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    return stride(from: 0, to: original.count, by: partByteCount).enumerated().map { index, start in
      .with {
        $0.uploadID = upload
        $0.place = UInt32(index + 1)
        $0.original = Data(original[start..<min(start + partByteCount, original.count)])
      }
    }
  }
}
