@testable import Postgres

/// The functions of intake's search, without any language: a word is what it is written as. Whether a text has all the words
/// that are looked for is what PostgreSQL says in the language `simple`; how well it matches is a number of our own.
enum WordSearch {
  static func type(of function: String) throws -> PostgresType {
    switch function {
    case "article_words", "article_excerpt": .text
    case "article_matches": .bool
    case "article_rank": .int8
    default: throw NotUnderstood("the function \(function)")
    }
  }

  static func call(_ function: String, _ arguments: [Datum]) throws -> Datum {
    let texts = arguments.map { if case .text(let text) = $0 { text } else { "" } }
    switch function {
    case "article_words":
      return .text(texts.dropFirst().map { words($0).joined(separator: " ") }.joined(separator: "\n"))
    case "article_matches": return .bool(matches(texts[0], texts[2]))
    case "article_rank": return .int(rank(texts[0], texts[2]))
    default: return .text(String(texts[0].prefix(100)))
    }
  }

  /// Words in lower case, in their order.
  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Whether every word that is looked for is there; where none is, nothing matches.
  private static func matches(_ stored: String, _ query: String) -> Bool {
    let wanted = words(query)
    return !wanted.isEmpty && Set(wanted).isSubset(of: words(stored))
  }

  /// Title, tags and body are lines: a word in the title counts ten times as much as one in the body.
  private static func rank(_ stored: String, _ query: String) -> Int64 {
    let wanted = Set(words(query))
    let lines = stored.split(separator: "\n", omittingEmptySubsequences: false)
    let sums = zip(lines, [100, 40, 10]).map { line, weight in
      words(String(line)).count { wanted.contains($0) } * weight
    }
    return Int64(min(sums.reduce(0, +), 1_000_000))
  }
}
