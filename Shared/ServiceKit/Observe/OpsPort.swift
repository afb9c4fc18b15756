import Hummingbird
import Logging
import NIOCore

/// The port for operators and their machines, in plain HTTP: `/livez`, `/readyz`, `/metrics`. It must not be reachable from
/// outside the installation.
struct OpsPort: Sendable {
  let host: String
  let port: Int
  /// Why the service is not ready; nil if it is.
  let unreadiness: @Sendable () async -> String?
  let metrics: @Sendable () async -> String
  let logger: Logger

  /// Serves until graceful shutdown.
  func run() async throws {
    let router = Router()
    router.get("/livez") { _, _ in Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n"))) }
    router.get("/readyz") { _, _ in
      if let reason = await unreadiness() {
        return Response(
          status: .serviceUnavailable, body: ResponseBody(byteBuffer: ByteBuffer(string: "not ready: \(reason)\n")))
      }
      return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "ready\n")))
    }
    router.get("/metrics") { _, _ in
      Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: await metrics())))
    }
    var quiet = logger
    quiet.logLevel = .warning
    let application = Application(
      router: router, configuration: ApplicationConfiguration(address: .hostname(host, port: port)), logger: quiet)
    try await application.runService(gracefulShutdownSignals: [])
  }
}
