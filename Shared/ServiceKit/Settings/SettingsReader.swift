import Configuration
import Foundation
import SystemPackage

/// What is wrong with the settings: every problem, one sentence each.
public struct SettingsError: Error, Sendable, CustomStringConvertible {
  /// One sentence each.
  public let problems: [String]

  /// One problem a line.
  public var description: String { problems.joined(separator: "\n") }
}

/// Reads settings by name from the environment (`CALLOUT_LISTEN_PORT`) over a YAML file (`listen.port`), checks each against
/// its bounds, and collects what is wrong instead of stopping at the first.
///
/// A setting's name has dots between its parts and dashes within them.
public final class SettingsReader {
  private let config: ConfigReader
  private let file: SettingsFile?
  /// Names that have been asked for.
  private(set) var known: Set<String> = []
  /// What is wrong so far.
  public private(set) var problems: [String] = []

  /// Reads the environment, and the file if there is one.
  public init(file path: String?, environment: [String: String]) async throws(SettingsError) {
    var providers: [any ConfigProvider] = [
      EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: ["callout"])
    ]
    file = try path.map { path throws(SettingsError) in try SettingsFile(path: path) }
    if let path {
      do {
        providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(path)))
      } catch {
        throw SettingsError(problems: ["\(path) cannot be read as YAML: \(error)"])
      }
    }
    config = ConfigReader(providers: providers)
  }

  /// A text; `nil` as default means that it must be given.
  public func string(_ name: String, default value: String?, bytes: ClosedRange<Int> = 1...1_024) -> String {
    guard let text = lookup(name, { try self.config.requiredString(forKey: $0) }, isMissingFine: value != nil) else {
      return value ?? ""
    }
    if !bytes.contains(text.utf8.count) {
      problems.append("\(name) has \(text.utf8.count) bytes; \(bytes.lowerBound) to \(bytes.upperBound) are allowed")
    }
    return text
  }

  /// A text that may be left out.
  public func optionalString(_ name: String) -> String? {
    let text = string(name, default: "", bytes: 0...4_096)
    return text.isEmpty ? nil : text
  }

  /// A whole number; `nil` as default means that it must be given. `unit` is for the messages.
  public func int(_ name: String, default value: Int?, in range: ClosedRange<Int>, unit: String) -> Int {
    guard let number = lookup(name, { try self.config.requiredInt(forKey: $0) }, isMissingFine: value != nil) else {
      return value ?? range.lowerBound
    }
    if !range.contains(number) {
      problems.append("\(name) is \(number) \(unit); \(range.lowerBound) to \(range.upperBound) are allowed")
    }
    return number
  }

  /// A truth value.
  public func bool(_ name: String, default value: Bool) -> Bool {
    lookup(name, { try self.config.requiredBool(forKey: $0) }, isMissingFine: true) ?? value
  }

  /// One of several words.
  public func choice<Value: RawRepresentable & CaseIterable>(
    _ name: String, default value: Value
  ) -> Value where Value.RawValue == String {
    Value(rawValue: word(name, default: value.rawValue, among: Value.allCases.map(\.rawValue))) ?? value
  }

  /// One of several words.
  func word(_ name: String, default word: String, among words: [String]) -> String {
    let text = string(name, default: word)
    guard words.contains(text) else {
      problems.append("\(name) is \(text); one of \(words.joined(separator: ", ")) is allowed")
      return word
    }
    return text
  }

  /// Adds a problem that is not one setting's alone.
  public func problem(_ text: String) {
    problems.append(text)
  }

  /// Everything has been asked for: what else stands in the file is unknown. Throws if anything is wrong.
  public func finish() throws(SettingsError) {
    for (name, line) in file?.names ?? [] where !known.contains(name) {
      problems.append("line \(line) of \(file?.path ?? ""): there is no setting \(name)")
    }
    if !problems.isEmpty { throw SettingsError(problems: problems) }
  }

  private func lookup<Value>(_ name: String, _ read: (ConfigKey) throws -> Value, isMissingFine: Bool) -> Value? {
    known.insert(name)
    let key = ConfigKey(name.split(separator: ".").map(String.init))
    do {
      return try read(key)
    } catch {
      // The library says only in words whether a setting is missing or is not what it should be.
      let isPresent =
        (try? config.requiredString(forKey: key)) != nil || file?.names.contains { $0.name == name } ?? false
      if isPresent {
        problems.append("\(name) is not a \(Value.self): \(error)")
      } else if !isMissingFine {
        problems.append("\(name) is missing; set it in the file or as \(Self.variable(name))")
      }
      return nil
    }
  }

  /// The environment variable of a setting.
  static func variable(_ name: String) -> String {
    "CALLOUT_" + name.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
  }
}

/// The names that a settings file uses, with their lines, so that one it should not use can be named.
struct SettingsFile {
  /// The most bytes of a file.
  static let byteCountMax = 65_536

  let path: String
  let names: [(name: String, line: Int)]

  init(path: String) throws(SettingsError) {
    self.path = path
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SettingsError(problems: ["\(path) cannot be read"])
    }
    guard data.count <= Self.byteCountMax else {
      throw SettingsError(problems: ["\(path) has more than \(Self.byteCountMax) bytes"])
    }
    names = Self.names(in: String(decoding: data, as: UTF8.self))
  }

  /// The names of the leaves of a file of nested mappings, in block style.
  static func names(in text: String) -> [(name: String, line: Int)] {
    var names: [(name: String, line: Int)] = []
    var path: [(indentation: Int, part: String)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let content = line.drop { $0 == " " }
      guard !content.isEmpty, !content.hasPrefix("#"), !content.hasPrefix("-"), let colon = content.firstIndex(of: ":")
      else { continue }
      let indentation = line.count - content.count
      path.removeAll { $0.indentation >= indentation }
      path.append((indentation, content[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: " \"'"))))
      let value = content[content.index(after: colon)...].drop { $0 == " " }
      if !value.isEmpty, !value.hasPrefix("#") {
        names.append((path.map(\.part).joined(separator: "."), index + 1))
      }
    }
    return names
  }
}
