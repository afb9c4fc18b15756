import BenchmarkReport

/// An echo over mutual TLS on one connection, beside gRPC. Each server is a process of its own.
enum WireBenchmark: Benchmark {
  static let name = "wire"
  static let title = "a message of 34 bytes echoed over mutual TLS on one connection, beside grpc-swift-2"
  private static let connectingAtOnce = 8
  private static let goals: [Int: Double] = [1: 8, 16: 12, 256: 20]

  static func run(_ bench: Bench) async throws -> Report {
    let installation = bench.installation
    let identity = try Issuer(folder: "\(installation.folder)/certs").identity(of: Population.tenant(1), role: "desk")
    var ends: [End] = []
    for wire in EchoProtocol.allCases {
      let server = try EchoServer(wire, installation)
      ends.append(
        End(wire: wire, server: server, connection: try await wire.connect(port: server.port, as: identity)))
    }
    let settings = bench.settings.pick(quick: [1, 64], whole: [1, 16, 256, 4096])
    let echoes = settings.flatMap { count in ends.map { $0.echoes(count) } }
    let figures = try await bench.rounds(echoes + ends.map { $0.handshakes(connectingAtOnce, as: identity) })
    for end in ends {
      try await end.connection.close()
      end.server.stop()
    }
    let targets = settings.enumerated().compactMap { index, count in
      goals[count].map { goal in
        Target(
          "Callout to gRPC, \(count) in flight", figures[2 * index].rate, of: figures[2 * index + 1].rate, .atLeast,
          goal)
      }
    }
    return Report(benchmark: name, title: title, figures: figures, targets: targets)
  }

  /// A protocol with its server and a connection to it.
  private struct End: Sendable {
    let wire: EchoProtocol
    let server: EchoServer
    let connection: any EchoConnection

    func echoes(_ inFlight: Int) -> Contestant {
      Contestant(name: "\(wire.title), \(inFlight) in flight", processes: { [server.pid] }) { time in
        try await Load.closed(inFlight: inFlight, for: time) { _, _ in
          _ = try await connection.echo(.sample)
          return 1
        }
      }
    }

    /// A handshake is a connection that is made, used for one echo and closed.
    func handshakes(_ atOnce: Int, as identity: Identity) -> Contestant {
      Contestant(name: "\(wire.title), handshakes", processes: { [server.pid] }) { time in
        try await Load.closed(inFlight: atOnce, for: time) { _, _ in
          let connection = try await wire.connect(port: server.port, as: identity)
          _ = try await connection.echo(.sample)
          try await connection.close()
          return 1
        }
      }
    }
  }
}
