extension MessageKind {
  /// The words of a kind, built in where a tenant has published none of its own.
  public struct Words: Hashable, Sendable {
    public let subject: String
    public let text: String
    public let html: String

    public init(subject: String, text: String, html: String) {
      self.subject = subject
      self.text = text
      self.html = html
    }
  }

  /// The languages in which every kind has words built in.
  public static let builtInLanguages: [MessageLanguage] = [.english, .german]

  /// What a tenant's own words can begin from; nil in a language in which there is nothing built in.
  public func builtIn(in language: MessageLanguage = .english) -> Words? {
    switch language {
    case .english: english
    case .german: german
    default: nil
    }
  }

  private var english: Words {
    switch self {
    case .statement: Self.statementWords
    case .lowBalance: Self.lowBalanceWords
    case .expiry: Self.expiryWords
    case .invoice: Self.invoiceWords
    case .estimate: Self.estimateWords
    case .gate: Self.gateWords
    case .endOfLife: Self.endOfLifeWords
    case .survey: Self.surveyWords
    case .update: Self.updateWords
    case .coverage: Self.coverageWords
    }
  }

  /// The built-in words, read; nil in a language in which there are none. A test reads all of them.
  public func builtInTemplate(in language: MessageLanguage = .english) -> MessageTemplate? {
    builtIn(in: language).flatMap { words in
      try? MessageTemplate(self, subject: words.subject, text: words.text, html: words.html)
    }
  }

  private static let statementWords = Words(
    subject: "{{plan}}: statement of {{from}} to {{to}}",
    text: "{{words}}\n",
    html: """
      <h1>Statement of {{from}} to {{to}}</h1>
      <p>{{customer}}</p>
      <p>Opening balance {{opening}}, closing balance <span class="big">{{closing}}</span></p>
      <table>
      {{#lines}}
      <tr><td>{{day}}</td><td><strong>{{heading}}</strong><br/>{{text}}<br/><small>{{reason}}</small></td>\
      <td class="units">{{units.number}}</td></tr>
      {{/lines}}
      </table>
      {{^lines}}
      <p>Nothing was added or used.</p>
      {{/lines}}
      {{#left_out}}
      <p class="quiet">{{left_out}} more lines are on the whole statement, which can be read at any time.</p>
      {{/left_out}}
      {{#lots}}
      <p>{{package}}{{^package}}Added by hand{{/package}}: {{left}} left\
      {{#last}}, until {{last}}{{/last}}{{^last}}, without end{{/last}}</p>
      {{/lots}}

      """)

  private static let lowBalanceWords = Words(
    subject: "{{plan}}: your balance is low, {{left}} left",
    text: """
      Dear {{contact}},

      of the last {{grant}}, {{left}} can still be drawn. A new package carries on without a gap.

      {{plan}}

      """,
    html: """
      <p>Dear {{contact}},</p>
      <p>of the last {{grant}}, <span class="big">{{left}}</span> can still be drawn.</p>
      <p>A new package carries on without a gap.</p>
      <p class="quiet">{{plan}} tells this once when less than {{percent}} % are left.</p>

      """)

  private static let expiryWords = Words(
    subject: "{{plan}}: {{left}} expire after {{last}}",
    text: """
      Dear {{contact}},

      {{left}} can be used until {{last}}, and lapse then:
      {{#lots}}
      - {{units}} of {{granted}}{{#carries}}, which a package bought on or before that day carries over{{/carries}}
      {{/lots}}

      {{plan}}

      """,
    html: """
      <p>Dear {{contact}},</p>
      <p><span class="big">{{left}}</span> can be used until <strong>{{last}}</strong>, and lapse then:</p>
      <ul>
      {{#lots}}
      <li>{{units}} of {{granted}}{{#carries}}, which a package bought on or before that day carries over{{/carries}}</li>
      {{/lots}}
      </ul>
      <p class="quiet">{{plan}}</p>

      """)

  private static let invoiceWords = Words(
    subject: "{{plan}}: invoice of {{total}}",
    text: """
      Dear {{contact}},

      {{used}} were used beyond the balance, as acknowledged: {{used.number}} x {{price}} = {{total}}.

      {{plan}}

      """,
    html: """
      <h1>Invoice of {{total}}</h1>
      <p>{{customer}}</p>
      <table>
      <tr><th scope="col">Used beyond the balance, as acknowledged</th><th scope="col" class="units">Price</th>\
      <th scope="col" class="units">Total</th></tr>
      <tr><td>{{used}}</td><td class="units">{{price}}</td><td class="units"><strong>{{total}}</strong></td></tr>
      </table>
      <p class="quiet">{{plan}}</p>

      """)

  private static let estimateWords = Words(
    subject: "{{#work}}{{work}}: {{missing}} not covered{{/work}}"
      + "{{^work}}{{plan}}: an estimate needs your acknowledgement{{/work}}",
    text: """
      Dear {{contact}},

      {{#work}}
      {{work}}

      {{/work}}
      {{words}}

      {{plan}}

      """,
    html: """
      <h1>An estimate needs your acknowledgement</h1>
      {{#work}}
      <p>{{work}}</p>
      {{/work}}
      <p>The work comes to <span class="big">{{total}}</span>\
      {{#agreed}}, and {{agreed}} were agreed to{{/agreed}}{{#missing}}, of which {{missing}} are not covered{{/missing}}.</p>
      {{#price}}
      <p>What is not covered costs {{price}}.</p>
      {{/price}}
      <p class="warn">{{words}}</p>
      <p class="quiet">{{plan}}</p>

      """)

  private static let gateWords = Words(
    subject: "Ticket {{ticket}}: {{#stopped}}work stands still until you answer{{/stopped}}"
      + "{{^stopped}}your answer will be needed{{/stopped}}",
    text: """
      Ticket {{ticket}}: {{subject}}

      {{#gates}}
      {{text}}
      {{remedy}}
      {{/gates}}

      {{plan}}

      """,
    html: """
      <h1>Ticket {{ticket}}: {{subject}}</h1>
      {{#gates}}
      <p class="warn">{{text}}<br/><strong>{{remedy}}</strong></p>
      {{/gates}}
      <p class="quiet">{{plan}}</p>

      """)

  private static let endOfLifeWords = Words(
    subject: "{{product}}: support ends on {{ends}}",
    text: """
      Dear {{contact}},

      support of {{product}} ends: {{ends}} is the first day without it.
      What you can do: {{way}}.
      {{#late}}
      This notice comes later than {{promised}} before that day, which is what we promise.
      {{/late}}

      {{plan}}

      """,
    html: """
      <h1>Support of {{product}} ends</h1>
      <p>Dear {{contact}},</p>
      <p><strong>{{ends}}</strong> is the first day without support of {{product}}.</p>
      <p>What you can do: {{way}}.</p>
      {{#late}}
      <p class="warn">This notice comes later than {{promised}} before that day, which is what we promise.</p>
      {{/late}}
      <p class="quiet">{{plan}}</p>

      """)

  private static let surveyWords = Words(
    subject: "Ticket {{ticket}}: {{question}}",
    text: """
      {{question}}

      Ticket {{ticket}}: {{subject}}
      Opened: {{opened}}
      Closed: {{closed}}

      {{plan}}

      """,
    html: """
      <h1>{{question}}</h1>
      <p>Ticket {{ticket}}: {{subject}}</p>
      <p class="quiet">Opened {{opened}}, closed {{closed}}</p>
      <p class="quiet">{{plan}}</p>

      """)

  private static let updateWords = Words(
    subject: "Ticket {{ticket}}, how things stand: {{subject}}",
    text: """
      Ticket {{ticket}}: {{subject}}
      Opened: {{opened}}
      It is {{state}}.
      {{#seen}}
      Somebody has seen it: {{seen}}
      {{/seen}}
      {{#reached}}
      You were reached: {{reached}}
      {{/reached}}
      {{#targets}}
      {{#missed}}Missed: {{target}}, promised by {{due}}{{/missed}}{{^missed}}Promised: {{target}} by {{due}}{{/missed}}
      {{/targets}}

      {{promise}}
      {{#next}}
      You hear from us again by {{next}}.
      {{/next}}

      """,
    html: """
      <h1>Ticket {{ticket}}: {{subject}}</h1>
      <p>It is <strong>{{state}}</strong>. Opened {{opened}}.</p>
      {{#seen}}
      <p>Somebody has seen it: {{seen}}</p>
      {{/seen}}
      {{#reached}}
      <p>You were reached: {{reached}}</p>
      {{/reached}}
      {{#targets}}
      <p>{{#missed}}<strong>Missed:</strong> {{target}}, promised by {{due}}{{/missed}}\
      {{^missed}}Promised: {{target}} by {{due}}{{/missed}}</p>
      {{/targets}}
      <p class="quiet">{{promise}}{{#next}} You hear from us again by {{next}}.{{/next}}</p>

      """)

  private static let coverageWords = Words(
    subject: "{{#missing}}Nobody has made {{rota}}{{/missing}}"
      + "{{^missing}}{{#again}}Still nobody{{/again}}{{^again}}Nobody{{/again}} is on {{rota}}{{/missing}}",
    text: """
      {{#missing}}
      The plan {{plan}} names {{rota}}, which nobody has made: its ladders tell nobody there.
      {{/missing}}
      {{^missing}}
      {{#again}}Still nobody{{/again}}{{^again}}Nobody{{/again}} is on {{rota}}:
      {{#gaps}}
      - from {{from}}{{#to}} to {{to}}{{/to}}{{^to}} on{{/to}}
      {{/gaps}}
      {{#more}}
      - and {{more}} more times
      {{/more}}
      {{/missing}}

      """,
    html: """
      {{#missing}}
      <p class="warn">The plan {{plan}} names <strong>{{rota}}</strong>, which nobody has made: its ladders tell nobody there.</p>
      {{/missing}}
      {{^missing}}
      <p class="warn">{{#again}}Still nobody{{/again}}{{^again}}Nobody{{/again}} is on <strong>{{rota}}</strong>.</p>
      {{#gaps}}
      <p>From {{from}}{{#to}} to {{to}}{{/to}}{{^to}} on{{/to}}</p>
      {{/gaps}}
      {{#more}}
      <p>And {{more}} more times.</p>
      {{/more}}
      {{/missing}}

      """)
}
