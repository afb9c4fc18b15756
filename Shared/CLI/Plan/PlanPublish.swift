import ArgumentParser
import CalloutClient
import SwiftProtobuf
import Wire

/// `callout plan publish`
struct PlanPublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Gives a plan to all three services, and prints its version.",
    discussion: """
      Publishing the same document again changes nothing. Warns of rotas that the plan's ladders name and that nobody has made. \
      Callers: admin, operator.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("The plan, YAML.", valueName: "file"))
  var file: String

  func run() async throws {
    let document = try Surface.current.read(file, byteCountMax: PlanFile.byteCountMax)
    let options = common.callOptions()
    let (version, missing) = try await common.withClient { client throws(CalloutError) in
      let version = try await client.publishPlan(document, options: options)
      // The plan is published by now, so that nothing but the warning is lost where this fails.
      let forecast = try? await client.notifier.rotaForecast(
        .with {
          $0.planVersion = version.version
          $0.days = 1
        }, options: options)
      return (version, (forecast?.rotas ?? []).filter(\.missing).map(\.name))
    }
    if !missing.isEmpty {
      Surface.current.err(
        "warning: nobody has made \(missing.joined(separator: ", ")): the plan's ladders tell nobody there.\n")
    }
    let bytes: [UInt8] = try version.serializedBytes()
    try common.printer().print(object: try common.coding().decode(bytes, as: .planVersion))
  }
}
