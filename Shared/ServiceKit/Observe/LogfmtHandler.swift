import Foundation
public import Logging
import Synchronization

/// Writes log events to standard error, one line each: `time=… level=… msg=… key=value`, or as JSON.
public struct LineLogHandler: LogHandler {
  /// How a line looks.
  public enum Form: String, Sendable, CaseIterable {
    /// `key=value`, quoted where needed.
    case logfmt
    /// One JSON object.
    case json
  }

  /// The most bytes of one value; longer ones are cut.
  public static let valueByteCountMax = 4_096

  /// The lowest level that is written.
  public var logLevel: Logger.Level
  /// What every line carries.
  public var metadata: Logger.Metadata = [:]
  /// Where more of that comes from.
  public var metadataProvider: Logger.MetadataProvider?
  private let label: String
  private let form: Form
  private let write: @Sendable (String) -> Void

  /// A handler.
  ///
  /// - Parameters:
  ///   - label: the logger's label.
  ///   - level: the lowest level that is written.
  ///   - form: how a line looks.
  ///   - write: takes a line with its end; standard error if left out.
  public init(
    label: String, level: Logger.Level, form: Form, write: @escaping @Sendable (String) -> Void = Self.standardError
  ) {
    self.label = label
    self.logLevel = level
    self.form = form
    self.write = write
  }

  /// Writes a line to standard error in one piece.
  public static let standardError: @Sendable (String) -> Void = { line in
    var line = line
    line.withUTF8 { bytes in
      _ = Foundation.write(2, bytes.baseAddress, bytes.count)
    }
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var fields: [(String, String)] = [
      ("time", Self.timestamp()), ("level", "\(event.level)"), ("logger", label), ("msg", "\(event.message)"),
    ]
    let all = metadata.merging(metadataProvider?.get() ?? [:]) { _, new in new }
      .merging(event.metadata ?? [:]) { _, new in new }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { fields.append((key, "\(value)")) }
    if let error = event.error { fields.append(("error", "\(error)")) }
    write(Self.line(fields, form: form))
  }

  /// A line of fields, with its end.
  static func line(_ fields: [(String, String)], form: Form) -> String {
    switch form {
    case .logfmt: fields.map { "\($0)=\(Self.logfmt($1))" }.joined(separator: " ") + "\n"
    case .json: "{" + fields.map { "\(Self.quoted($0)):\(Self.quoted($1))" }.joined(separator: ",") + "}\n"
    }
  }

  private static func logfmt(_ value: String) -> String {
    let isPlain = !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3d && $0 < 0x7f }
    return isPlain && value.utf8.count <= valueByteCountMax ? value : quoted(value)
  }

  private static func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars.prefix(valueByteCountMax) {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        text += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      case _: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  private static func timestamp() -> String {
    "\(SystemClock().now)"
  }
}
