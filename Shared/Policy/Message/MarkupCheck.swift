/// Checks the HTML of a template: a part of a page, well-formed whatever its sections show, of harmless elements and
/// attributes alone, whose links go to `https:` and `mailto:`. And says of each field how it is escaped where it stands.
struct MarkupCheck {
  /// Elements that a template may have.
  static let elements: Set<String> = [
    "a", "b", "blockquote", "br", "caption", "div", "em", "footer", "h1", "h2", "h3", "header", "hr", "i", "li", "ol",
    "p", "section", "small", "span", "strong", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
  ]
  /// Attributes that they may have; `href` is for `a` alone.
  static let attributes: Set<String> = [
    "align", "class", "colspan", "dir", "href", "lang", "role", "rowspan", "scope", "style", "title",
  ]
  /// How deep elements may stand in each other.
  static let depthMax = 32
  /// The longest value of an attribute, in bytes.
  static let valueByteCountMax = 2_000
  /// The longest name of an element or attribute that is looked at, in bytes.
  private static let nameByteCountMax = 20
  private static let voids: Set<String> = ["br", "hr"]

  private enum State: Equatable {
    case text
    case reference(String)
    case tag(String)
    case inside(element: String)
    case attribute(element: String, name: String)
    case equals(element: String, name: String)
    /// A field within it is the character 0.
    case value(element: String, name: String, text: String)
    case after(element: String)
    case selfClosing(element: String)
    case closing(String)
  }

  private var state = State.text
  /// Elements that are open.
  private var open: [String] = []
  /// How many were open where each section began.
  private var bases: [Int] = []
  private var line = 1

  init() {}

  /// The nodes, with how their fields are escaped.
  mutating func checked(_ nodes: [TemplateNode]) throws(TemplateProblem) -> [TemplateNode] {
    let checked = try walk(nodes)
    try requireText("the HTML ends within a tag")
    if let element = open.last { throw problem("<\(element)> is never closed") }
    return checked
  }

  private mutating func walk(_ nodes: [TemplateNode]) throws(TemplateProblem) -> [TemplateNode] {
    var out: [TemplateNode] = []
    for node in nodes {
      switch node {
      case .literal(let text, let line):
        self.line = line
        for scalar in text.unicodeScalars {
          try take(scalar)
          if scalar == "\n" { self.line += 1 }
        }
        out.append(node)
      case .field(let path, let line, _):
        self.line = line
        out.append(.field(path, line: line, escape: try escape(path)))
      case .section(let name, let isInverted, let inner, let line):
        self.line = line
        try requireText("a section cannot begin within a tag")
        bases.append(open.count)
        let checked = try walk(inner)
        try requireText("a section cannot end within a tag")
        guard open.count == bases.removeLast() else {
          throw problem("<\(open.last ?? "")> is opened in the section \(name) and not closed in it")
        }
        out.append(.section(name: name, isInverted: isInverted, checked, line: line))
      }
    }
    return out
  }

  /// How a field is escaped here.
  private mutating func escape(_ path: TemplatePath) throws(TemplateProblem) -> TemplateEscape {
    switch state {
    case .text: return .markup
    case .value(let element, let name, let text):
      guard name == "href" || name == "title" else { throw problem("a field cannot stand in \(name)") }
      state = .value(element: element, name: name, text: text + "\0")
      guard name == "href" else { return .markup }
      guard text.hasPrefix("mailto:") || isWholeHost(text.prefix { $0 != "\0" }) else {
        throw problem("a link names its host before a field: https://host/…")
      }
      return .link
    case .reference, .tag, .inside, .attribute, .equals, .after, .selfClosing, .closing:
      throw problem("a field cannot stand here: only in text, in href and in title")
    }
  }

  private func isWholeHost(_ prefix: Substring) -> Bool {
    guard prefix.hasPrefix("https://") else { return false }
    let rest = prefix.dropFirst("https://".count)
    guard let slash = rest.firstIndex(where: { "/?#".contains($0) }) else { return false }
    return slash > rest.startIndex && !rest[..<slash].contains("@")
  }

  // MARK: Characters

  private mutating func take(_ scalar: Unicode.Scalar) throws(TemplateProblem) {
    guard Markup.isAllowed(scalar) || scalar == "\r" else { throw problem("a control character") }
    switch state {
    case .text:
      if scalar == "<" { state = .tag("") }
      if scalar == "&" { state = .reference("") }
    case .reference(let name): try reference(name, scalar)
    case .tag(let name): try tag(name, scalar)
    case .inside(let element): try inside(element, scalar)
    case .attribute(let element, let name): try attribute(element, name, scalar)
    case .equals(let element, let name):
      guard scalar == "\"" else { throw problem("the value of \(name) stands in double quotes") }
      state = .value(element: element, name: name, text: "")
    case .value(let element, let name, let text): try value(element, name, text, scalar)
    case .after(let element):
      guard scalar == ">" || scalar == "/" || isBlank(scalar) else {
        throw problem("a blank stands between attributes")
      }
      state = .inside(element: element)
      try inside(element, scalar)
    case .selfClosing(let element):
      guard scalar == ">" else { throw problem("/ ends <\(element)/>") }
      guard Self.voids.contains(element) else { throw problem("<\(element)/> is written <\(element)></\(element)>") }
      state = .text
    case .closing(let name): try closing(name, scalar)
    }
  }

  private mutating func tag(_ name: String, _ scalar: Unicode.Scalar) throws(TemplateProblem) {
    if name.isEmpty, scalar == "/" { return state = .closing("") }
    if isName(scalar), name.utf8.count < Self.nameByteCountMax { return state = .tag(name + String(scalar)) }
    guard !name.isEmpty else { throw problem("< begins an element: write &lt; for the sign") }
    guard Self.elements.contains(name) else {
      throw problem("<\(name.prefix(20))> is not allowed: there is \(Self.elements.sorted().joined(separator: ", "))")
    }
    state = .after(element: name)
    try take(scalar)
  }

  private mutating func inside(_ element: String, _ scalar: Unicode.Scalar) throws(TemplateProblem) {
    if isBlank(scalar) { return }
    if scalar == ">" { return try begin(element) }
    if scalar == "/" { return state = .selfClosing(element: element) }
    guard isName(scalar) else { throw problem("an attribute is name=\"value\"") }
    state = .attribute(element: element, name: String(scalar))
  }

  private mutating func attribute(
    _ element: String, _ name: String, _ scalar: Unicode.Scalar
  ) throws(TemplateProblem) {
    if isName(scalar), name.utf8.count < Self.nameByteCountMax {
      return state = .attribute(element: element, name: name + String(scalar))
    }
    guard scalar == "=" else { throw problem("an attribute is name=\"value\"") }
    guard Self.attributes.contains(name), name != "href" || element == "a" else {
      throw problem(
        "the attribute \(name.prefix(20)) of <\(element)> is not allowed: there is "
          + Self.attributes.sorted().joined(separator: ", ") + "; href is for <a>")
    }
    state = .equals(element: element, name: name)
  }

  private mutating func value(
    _ element: String, _ name: String, _ text: String, _ scalar: Unicode.Scalar
  ) throws(TemplateProblem) {
    switch scalar {
    case "\"":
      try finished(name, text)
      state = .after(element: element)
    case "<": throw problem("< cannot stand in a value: write &lt;")
    case _ where name == "style" && !isStyle(scalar):
      throw problem("a style is of letters, digits and # % . , : ; - alone")
    case _ where name == "href" && (isBlank(scalar) || scalar == "\\"): throw problem("a link has no blanks")
    default:
      guard text.utf8.count < Self.valueByteCountMax else {
        throw problem("a value has at most \(Self.valueByteCountMax) bytes")
      }
      state = .value(element: element, name: name, text: text + String(scalar))
    }
  }

  /// A value is whole: its references are known, and a link goes where it may.
  private func finished(_ name: String, _ text: String) throws(TemplateProblem) {
    for piece in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let end = piece.firstIndex(of: ";") ?? piece.endIndex
      guard end != piece.endIndex, isReference(String(piece[..<end])) else {
        throw problem("& begins a reference: write &amp;")
      }
    }
    if name == "href", !text.hasPrefix("https://"), !text.hasPrefix("mailto:") {
      throw problem("a link goes to https:// or mailto:")
    }
  }

  private mutating func closing(_ name: String, _ scalar: Unicode.Scalar) throws(TemplateProblem) {
    if isName(scalar), name.utf8.count < Self.nameByteCountMax { return state = .closing(name + String(scalar)) }
    guard scalar == ">" else { throw problem("</\(name.prefix(20))> ends with >") }
    guard let last = open.last, last == name else {
      throw problem("</\(name.prefix(20))> closes \(open.last.map { "<\($0)>" } ?? "nothing")")
    }
    guard open.count > bases.last ?? 0 else {
      throw problem("</\(name)> closes what was opened outside of the section")
    }
    open.removeLast()
    state = .text
  }

  private mutating func reference(_ name: String, _ scalar: Unicode.Scalar) throws(TemplateProblem) {
    guard scalar == ";" else {
      guard name.utf8.count < 8, isName(scalar) || scalar == "#" else {
        throw problem("& begins a reference: write &amp;")
      }
      return state = .reference(name + String(scalar))
    }
    guard isReference(name) else {
      throw problem("&\(name); is not known: there is &amp; &lt; &gt; &quot; and numbers such as &#160;")
    }
    state = .text
  }

  private func isReference(_ name: String) -> Bool {
    let number = name.hasPrefix("#") ? UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) : nil
    return number.map(Markup.isAllowed) ?? ["amp", "lt", "gt", "quot"].contains(name)
  }

  private mutating func begin(_ element: String) throws(TemplateProblem) {
    guard !Self.voids.contains(element) else { throw problem("<\(element)> is written <\(element)/>") }
    guard open.count < Self.depthMax else {
      throw problem("elements stand in each other at most \(Self.depthMax) deep")
    }
    open.append(element)
    state = .text
  }

  private func requireText(_ text: String) throws(TemplateProblem) {
    guard state == .text else { throw problem(text) }
  }

  private func isName(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
  }

  private func isBlank(_ scalar: Unicode.Scalar) -> Bool { [" ", "\t", "\n", "\r"].contains(scalar) }

  private func isStyle(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      || " #%.,:;-".unicodeScalars.contains(scalar)
  }

  private func problem(_ text: String) -> TemplateProblem { TemplateProblem(part: "html", line: line, text) }
}
