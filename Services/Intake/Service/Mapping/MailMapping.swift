import Foundation
import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

extension Callout_V1_Mail {
  /// A mail as the wire shows it.
  init(_ mail: Mail) {
    self.init()
    id = mail.id.data
    messageID = mail.messageID
    ticketID = mail.ticketID.data()
    accountID = mail.accountID.data()
    sender = mail.sender
    subject = mail.subject
    recipients = mail.recipients
    outcome = mail.outcome.rawValue
    reason = mail.reason
    answered = mail.isAnswered
    size = UInt64(mail.byteCount)
    pieces = UInt32(MailPiece.count(of: mail.byteCount))
    attachments = mail.attachments.map { attachment in
      .with {
        $0.name = attachment.name
        $0.type = attachment.type
        $0.size = UInt64(attachment.byteCount)
      }
    }
    takenMs = mail.at.milliseconds
  }
}

extension Callout_V1_Mailbox {
  /// A mailbox as the wire shows it.
  init(_ mailbox: Mailbox) {
    self.init()
    address = mailbox.address
    planVersion = Data(mailbox.planVersion.bytes)
    setMs = mailbox.setAt.milliseconds
  }
}
