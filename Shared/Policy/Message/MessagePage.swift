extension MessageKind {
  /// The page of all kinds with their fields, in Markdown: `callout template fields`.
  public static var page: String {
    var out = """
      # What business messages say

      A tenant can have words of its own for each kind of message and each language: `callout template set` keeps a draft,
      `callout template preview` shows it with the samples below or with the facts of a real notice, and `callout template publish`
      makes it the words of every message from then on. Words in English and German are built in
      (`callout template get --kind invoice --language de`), and stand in where there are no own ones of a language. A language falls back
      to the wider one (`de-AT` to `de`), then to the tenant's own (`callout tenant update --language de`), then to English. A message names
      the edition that made it, 0 being what is built in. What the plan says, and what the journal says, stays in its words.

      A template has a subject (one line), a text, and a part of an HTML page; the last may be left out. `{{left}}` is a field.
      `{{#lines}}…{{/lines}}` shows what is between for each row, or once if the field is there, true, not empty and not 0;
      `{{^late}}…{{/late}}` if it is not. `{{! … }}` says nothing. Values are escaped. HTML is of harmless elements and attributes,
      well-formed (`<br/>`), and its links go to `https:` and `mailto:`.

      | a field of | has also | is written |
      |---|---|---|
      | text | | as it is |
      | number | | `1,234` in English, `1.234` in German, `1 234` in French and in every other language |
      | units | `.number`, `.unit` | `1,234 credits`; the unit's name is the plan's |
      | money | `.number`, `.currency` | `SGD 1,234.50`, in German `1.234,50 SGD`, in French `1 234,50 SGD`, otherwise `SGD 1 234.50` |
      | date | `.iso` | `31 March 2026`, in German `31. März 2026`, in French `31 mars 2026`, otherwise `2026-03-31` |
      | time | `.date`, `.clock`, `.iso`, `.zone` | `31 March 2026, 14:05 (Asia/Singapore)` and alike, in the plan's zone |
      | flag | | is for sections |
      | rows | | are for sections |


      """
    out += "## Fields of every kind\n\n" + table(common)
    for kind in allCases { out += "\n## \(kind.rawValue)\n\n\(kind.meaning)\n\n" + table(kind.own) }
    return out
  }

  private static func table(_ fields: [MessageField]) -> String {
    var out = "| field | is | what it says |\n|---|---|---|\n"
    for field in fields {
      out += "| `\(field.name)` | \(field.shape.word) | \(field.meaning) |\n"
      guard case .rows(let inner) = field.shape else { continue }
      for one in inner { out += "| …`\(one.name)` | \(one.shape.word) | \(one.meaning) |\n" }
    }
    return out
  }
}
