import Glibc
import NotifierRules
import Policy
import ServiceKit

/// The embedded channel: every message becomes a file in a Maildir, one Maildir for each tenant under the folder.
///
/// A message is written to `tmp/`, synchronised, renamed into `new/`, and the folder is synchronised: a reader sees all of
/// it or nothing, and what was reported as delivered survives a loss of power. The file's name is made of the delivery,
/// so that writing it again replaces it.
struct Maildir: DeliveryChannel {
  /// The folder that holds the tenants' Maildirs.
  let folder: String
  /// The address that messages come from.
  let sender: String
  private let thread: BlockingThread

  init(folder: String, sender: String, thread: BlockingThread) {
    self.folder = folder
    self.sender = sender
    self.thread = thread
  }

  func deliver(_ message: OutgoingMessage) async throws(DeliveryFailure) -> String {
    let bytes = try MailMessage(message, from: sender).bytes
    let mailbox = "\(folder)/\(message.tenant)"
    let name = Maildir.name(message.delivery)
    return try await thread.run { () throws(DeliveryFailure) in
      try Maildir.write(bytes, to: mailbox, as: name)
      return "written to \(message.tenant)/new/\(name)"
    }
  }

  /// The name of a delivery's file.
  static func name(_ delivery: Delivery) -> String {
    "\(max(0, delivery.createdAt.seconds)).\(delivery.id).callout"
  }

  private static func write(_ bytes: [UInt8], to mailbox: String, as name: String) throws(DeliveryFailure) {
    for folder in ["", "/tmp", "/new", "/cur"] where mkdir(mailbox + folder, 0o700) != 0 && errno != EEXIST {
      throw failure("make", mailbox + folder)
    }
    // Two processes may write the same message at once: each has a file of its own until it is whole.
    let path = "\(mailbox)/tmp/\(name).\(getpid())"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw failure("create", path) }
    do {
      try fill(file, bytes, path)
    } catch {
      close(file)
      unlink(path)
      throw error
    }
    guard close(file) == 0 else { throw failure("close", path) }
    guard rename(path, "\(mailbox)/new/\(name)") == 0 else { throw failure("rename", path) }
    try synchronise(folder: "\(mailbox)/new")
  }

  private static func fill(_ file: Int32, _ bytes: [UInt8], _ path: String) throws(DeliveryFailure) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("write", path) }
      written += count
    }
    guard fsync(file) == 0 else { throw failure("synchronise", path) }
  }

  private static func synchronise(folder: String) throws(DeliveryFailure) {
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw failure("open", folder) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw failure("synchronise", folder) }
  }

  private static func failure(_ what: String, _ path: String) -> DeliveryFailure {
    let error = errno
    return DeliveryFailure(text: "cannot \(what) \(path): \(String(cString: strerror(error)))")
  }
}
