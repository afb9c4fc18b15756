public import ArgumentParser
import CalloutClient

/// `callout`
public struct Callout: AsyncParsableCommand {
  /// Its nouns and help.
  public static let configuration = CommandConfiguration(
    commandName: "callout",
    abstract: "Works with the services of Callout, and tries plans without them.",
    usage: "callout <noun> <verb> [options]",
    discussion: """
      Data goes to standard output, everything else to standard error. The options that every command has (--context, \
      --output, --timeout, --key, --tenant, --zone) may also stand before the noun.

      Exit codes (callout mail deliver has its own):
      \(CommandStatus.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n"))
      """,
    version: CalloutProgram.version,
    subcommands: generatedNouns + [ContextCommands.self, WatchCommand.self, PlayCommand.self, CompletionCommand.self])

  /// A command without options.
  public init() {}
}

/// Runs the command.
public enum CalloutProgram {
  /// The software's version.
  public static let version = "0.1.0"

  /// Options with a value that may stand before the noun.
  private static let leading: Set<String> = [
    "--context", "--output", "-o", "--timeout", "--key", "--tenant", "--zone",
  ]

  /// Parses and runs a command line, without the program's name.
  ///
  /// - Returns: The exit code.
  public static func run(_ arguments: [String]) async -> Int32 {
    do {
      let arguments = reordered(arguments)
      try checkWords(arguments)
      var command = try Callout.parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return CommandStatus.ok.rawValue
    } catch let failure as CommandFailure {
      report(failure.text)
      return MailDeliverCommand.isAskedFor(arguments) ? MailExit.temporaryFailure.rawValue : failure.status.rawValue
    } catch let error as CalloutError {
      report("\(error)")
      return MailDeliverCommand.isAskedFor(arguments) ? MailExit(error).rawValue : CommandStatus(error).rawValue
    } catch let failure as MailFailure {
      report(failure.text)
      return failure.exit.rawValue
    } catch {
      // What an MTA cannot put right must not lose a mail.
      if MailDeliverCommand.isAskedFor(arguments), Callout.exitCode(for: error) != .success {
        report(Callout.message(for: error))
        return MailExit.temporaryFailure.rawValue
      }
      let message = Callout.fullMessage(for: error)
      guard Callout.exitCode(for: error) == .success else {
        Surface.current.err(message + "\n")
        return CommandStatus.usage.rawValue
      }
      if !message.isEmpty { Surface.current.out(message + "\n") }
      return CommandStatus.ok.rawValue
    }
  }

  /// Refuses a noun or verb that there is not, and says which there are. (The parser would count the arguments that it did
  /// not expect.)
  private static func checkWords(_ arguments: [String]) throws(CommandFailure) {
    guard let noun = arguments.first, !noun.hasPrefix("-"), noun != "help" else { return }
    guard let commands = find(noun, in: Callout.self) else {
      throw CommandFailure(.usage, "There is no noun '\(noun)'. `callout --help` lists them.")
    }
    let verbs = commands.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !verbs.isEmpty, let verb = arguments.dropFirst().first, !verb.hasPrefix("-"), !verbs.contains(verb) else {
      return
    }
    throw CommandFailure(.usage, "There is no verb '\(verb)' of \(noun); there are \(verbs.joined(separator: ", ")).")
  }

  private static func find(_ name: String, in parent: any ParsableCommand.Type) -> (any ParsableCommand.Type)? {
    parent.configuration.subcommands.first { $0.configuration.commandName == name }
  }

  private static func report(_ text: String) { Surface.current.err("callout: \(text)\n") }

  /// Moves options that stand before the noun behind the verb, where the parser looks for them.
  static func reordered(_ arguments: [String]) -> [String] {
    var count = 0
    while count < arguments.count {
      let name = arguments[count]
      if leading.contains(name), count + 1 < arguments.count {
        count += 2
      } else if let equals = name.firstIndex(of: "="), leading.contains(String(name[..<equals])) {
        count += 1
      } else {
        break
      }
    }
    guard count > 0, count < arguments.count else { return arguments }
    let rest = arguments[count...]
    // What follows a lone "--" is no option.
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return Array(rest[..<end]) + Array(arguments[..<count]) + Array(rest[end...])
  }
}

/// `callout completion`
struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion", abstract: "Prints a completion script for a shell.",
    discussion: "For example: callout completion bash > ~/.local/share/bash-completion/completions/callout")

  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash
    case zsh
    case fish
  }

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run() throws {
    let script =
      switch shell {
      case .bash: Callout.completionScript(for: .bash)
      case .zsh: Callout.completionScript(for: .zsh)
      case .fish: Callout.completionScript(for: .fish)
      }
    Surface.current.out(script + "\n")
  }
}
