// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

extension Method {

  /// Every method, by number.
  public static let all: [Method] = [
  ]
}
