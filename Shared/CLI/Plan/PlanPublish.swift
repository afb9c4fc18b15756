import ArgumentParser
import CalloutClient
import SwiftProtobuf
import Wire

/// `callout plan publish`
struct PlanPublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Gives a plan to all three services, and prints its version.",
    discussion: "Publishing the same document again changes nothing. Callers: admin, operator.")

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("The plan, YAML.", valueName: "file"))
  var file: String

  func run() async throws {
    let document = try Surface.current.read(file, byteCountMax: PlanFile.byteCountMax)
    let options = common.callOptions()
    let version = try await common.withClient { client throws(CalloutError) in
      try await client.publishPlan(document, options: options)
    }
    let bytes: [UInt8] = try version.serializedBytes()
    try common.printer().print(object: try common.coding().decode(bytes, as: .planVersion))
  }
}
