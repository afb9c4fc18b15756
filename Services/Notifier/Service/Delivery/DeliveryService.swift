import Logging
import NotifierRules
import Policy
import ServiceKit

/// Delivers for as long as the process serves.
enum DeliveryService {
  /// The shortest time from one look for deliveries to the next.
  static let pause = Duration.milliseconds(20)
  /// The longest time from one look at all tenants to the next: what another process, or a claim that ended, has left is
  /// found by then. In between those are asked whose deliveries this process has changed.
  static let interval = Duration.milliseconds(500)

  static func run(_ access: Background<NotifierState>) async {
    let settings = DeliverySettings(access.setting)
    for problem in settings.problems { access.logger.error("\(problem)") }
    let thread = BlockingThread(name: "maildir")
    let channels = DeliveryChannels(settings, access, thread: thread)
    // Nothing is lost: what is to be delivered waits for a process that can.
    for method in settings.missing {
      access.logger.error(
        "there is no channel for messages of this kind, and no `maildir`: they wait until there is",
        metadata: ["kind": "\(method.rawValue)"])
    }
    await run(access, channels, except: settings.missing)
    await thread.close()
  }

  /// Delivers through a channel until the task is cancelled, except messages of some methods.
  static func run(
    _ access: Background<NotifierState>, _ channel: any DeliveryChannel, except methods: [DeliveryMethod] = []
  ) async {
    let worker = DeliveryWorker(
      store: DatabaseDeliveries(access: access, without: methods), channel: channel, logger: access.logger,
      interval: interval, uptime: access.uptime, sleep: access.sleep
    ) { atMost in
      try? await access.sleep(pause)
      return await access.waitForWork(atMost)
    }
    await worker.run()
  }
}
