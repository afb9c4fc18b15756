import Logging
import NotifierRules
import ServiceKit

/// Delivers for as long as the process serves.
enum DeliveryService {
  /// The shortest time from one look for deliveries to the next.
  static let pause = Duration.milliseconds(20)
  /// The longest: what another process, or a claim that ended, has left is found by then.
  static let interval = Duration.milliseconds(500)
  /// The setting that names the folder of the Maildirs.
  static let folderSetting = "maildir"
  /// The setting that names the address that messages come from.
  static let senderSetting = "sender"

  static func run(_ access: Background<NotifierState>) async {
    guard let folder = access.setting(folderSetting), let sender = access.setting(senderSetting) else {
      // Nothing is lost: what is to be delivered waits for a process that can.
      access.logger.error("`\(folderSetting)` and `\(senderSetting)` are not set: nothing is delivered until they are")
      return
    }
    let thread = BlockingThread(name: "maildir")
    let channel = Maildir(folder: folder, sender: sender, thread: thread)
    await run(access, channel)
    await thread.close()
  }

  /// Delivers through a channel until the task is cancelled.
  static func run(_ access: Background<NotifierState>, _ channel: any DeliveryChannel) async {
    let worker = DeliveryWorker(
      store: DatabaseDeliveries(access: access), channel: channel, logger: access.logger, sleep: access.sleep)
    while !Task.isCancelled {
      do {
        try await worker.work()
      } catch is CancellationError {
        break
      } catch {
        access.logger.warning("deliveries could not be claimed", metadata: ["error": "\(error)"])
      }
      try? await access.sleep(pause)
      await access.waitForCommit(interval)
    }
  }
}
