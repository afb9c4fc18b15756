// The words of every kind in German where a tenant has published none of its own. What the plan says stays in its words.
extension MessageKind {
  var german: Words {
    switch self {
    case .statement: Self.germanStatement
    case .lowBalance: Self.germanLowBalance
    case .expiry: Self.germanExpiry
    case .invoice: Self.germanInvoice
    case .estimate: Self.germanEstimate
    case .gate: Self.germanGate
    case .endOfLife: Self.germanEndOfLife
    case .survey: Self.germanSurvey
    case .update: Self.germanUpdate
    case .coverage: Self.germanCoverage
    }
  }

  private static let germanStatement = Words(
    subject: "{{plan}}: Auszug vom {{from}} bis {{to}}",
    text: """
      Auszug vom {{from}} bis {{to}}
      {{customer}}

      Anfangssaldo {{opening}}, Endsaldo {{closing}}
      {{#lines}}

      {{day}}: {{heading}}
        {{text}} ({{units.number}})
        {{reason}}
      {{/lines}}
      {{^lines}}
      Nichts kam hinzu, und nichts wurde verbraucht.
      {{/lines}}
      {{#left_out}}
      {{left_out}} weitere Zeilen stehen auf dem ganzen Auszug, der jederzeit gelesen werden kann.
      {{/left_out}}

      """,
    html: """
      <h1>Auszug vom {{from}} bis {{to}}</h1>
      <p>{{customer}}</p>
      <p>Anfangssaldo {{opening}}, Endsaldo <span class="big">{{closing}}</span></p>
      <table>
      {{#lines}}
      <tr><td>{{day}}</td><td><strong>{{heading}}</strong><br/>{{text}}<br/><small>{{reason}}</small></td>\
      <td class="units">{{units.number}}</td></tr>
      {{/lines}}
      </table>
      {{^lines}}
      <p>Nichts kam hinzu, und nichts wurde verbraucht.</p>
      {{/lines}}
      {{#left_out}}
      <p class="quiet">{{left_out}} weitere Zeilen stehen auf dem ganzen Auszug, der jederzeit gelesen werden kann.</p>
      {{/left_out}}
      {{#lots}}
      <p>{{package}}{{^package}}Von Hand gebucht{{/package}}: Rest {{left}}\
      {{#last}}, bis {{last}}{{/last}}{{^last}}, ohne Ende{{/last}}</p>
      {{/lots}}

      """)

  private static let germanLowBalance = Words(
    subject: "{{plan}}: Ihr Saldo geht zu Ende, Rest {{left}}",
    text: """
      Guten Tag {{contact}},

      von zuletzt {{grant}} sind noch {{left}} übrig. Mit einem neuen Paket geht es ohne Lücke weiter.

      {{plan}}

      """,
    html: """
      <p>Guten Tag {{contact}},</p>
      <p>von zuletzt {{grant}} sind noch <span class="big">{{left}}</span> übrig.</p>
      <p>Mit einem neuen Paket geht es ohne Lücke weiter.</p>
      <p class="quiet">{{plan}} sagt dies einmal, wenn weniger als {{percent}} % übrig sind.</p>

      """)

  private static let germanExpiry = Words(
    subject: "{{plan}}: {{left}} verfallen nach dem {{last}}",
    text: """
      Guten Tag {{contact}},

      {{left}} können bis zum {{last}} verbraucht werden und verfallen dann:
      {{#lots}}
      - {{units}} vom {{granted}}{{#carries}}; ein Paket, das spätestens an diesem Tag gekauft wird, nimmt sie mit{{/carries}}
      {{/lots}}

      {{plan}}

      """,
    html: """
      <p>Guten Tag {{contact}},</p>
      <p><span class="big">{{left}}</span> können bis zum <strong>{{last}}</strong> verbraucht werden und verfallen dann:</p>
      <ul>
      {{#lots}}
      <li>{{units}} vom {{granted}}{{#carries}}; ein Paket, das spätestens an diesem Tag gekauft wird, nimmt sie mit{{/carries}}</li>
      {{/lots}}
      </ul>
      <p class="quiet">{{plan}}</p>

      """)

  private static let germanInvoice = Words(
    subject: "{{plan}}: Rechnung über {{total}}",
    text: """
      Guten Tag {{contact}},

      über den Saldo hinaus wurden, wie vereinbart, {{used}} verbraucht: {{used.number}} x {{price}} = {{total}}.

      {{plan}}

      """,
    html: """
      <h1>Rechnung über {{total}}</h1>
      <p>{{customer}}</p>
      <table>
      <tr><th scope="col">Über den Saldo hinaus verbraucht, wie vereinbart</th><th scope="col" class="units">Preis</th>\
      <th scope="col" class="units">Summe</th></tr>
      <tr><td>{{used}}</td><td class="units">{{price}}</td><td class="units"><strong>{{total}}</strong></td></tr>
      </table>
      <p class="quiet">{{plan}}</p>

      """)

  private static let germanEstimate = Words(
    subject: "{{#work}}{{work}}: {{missing}} nicht gedeckt{{/work}}"
      + "{{^work}}{{plan}}: ein Voranschlag braucht Ihre Zustimmung{{/work}}",
    text: """
      Guten Tag {{contact}},

      ein Voranschlag braucht Ihre Zustimmung.
      {{#work}}
      {{work}}
      {{/work}}
      Die Arbeit kostet {{total}}{{#agreed}}, vereinbart waren {{agreed}}{{/agreed}}\
      {{#missing}}, davon sind {{missing}} nicht gedeckt{{/missing}}.
      {{#price}}
      Was nicht gedeckt ist, kostet {{price}}.
      {{/price}}

      {{plan}}

      """,
    html: """
      <h1>Ein Voranschlag braucht Ihre Zustimmung</h1>
      {{#work}}
      <p>{{work}}</p>
      {{/work}}
      <p>Die Arbeit kostet <span class="big">{{total}}</span>\
      {{#agreed}}, vereinbart waren {{agreed}}{{/agreed}}{{#missing}}, davon sind {{missing}} nicht gedeckt{{/missing}}.</p>
      {{#price}}
      <p>Was nicht gedeckt ist, kostet {{price}}.</p>
      {{/price}}
      <p class="quiet">{{plan}}</p>

      """)

  private static let germanGate = Words(
    subject: "Ticket {{ticket}}: {{#stopped}}die Arbeit ruht, bis Sie antworten{{/stopped}}"
      + "{{^stopped}}Ihre Antwort wird gebraucht{{/stopped}}",
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

  private static let germanEndOfLife = Words(
    subject: "{{product}}: die Unterstützung endet am {{ends}}",
    text: """
      Guten Tag {{contact}},

      die Unterstützung von {{product}} endet: {{ends}} ist der erste Tag ohne sie.
      Was Sie tun können: {{way}}.
      {{#late}}
      Diese Nachricht kommt später, als wir versprechen ({{promised}} vor diesem Tag).
      {{/late}}

      {{plan}}

      """,
    html: """
      <h1>Die Unterstützung von {{product}} endet</h1>
      <p>Guten Tag {{contact}},</p>
      <p><strong>{{ends}}</strong> ist der erste Tag ohne Unterstützung von {{product}}.</p>
      <p>Was Sie tun können: {{way}}.</p>
      {{#late}}
      <p class="warn">Diese Nachricht kommt später, als wir versprechen ({{promised}} vor diesem Tag).</p>
      {{/late}}
      <p class="quiet">{{plan}}</p>

      """)

  private static let germanSurvey = Words(
    subject: "Ticket {{ticket}}: {{question}}",
    text: """
      {{question}}

      Ticket {{ticket}}: {{subject}}
      Eröffnet: {{opened}}
      Geschlossen: {{closed}}

      {{plan}}

      """,
    html: """
      <h1>{{question}}</h1>
      <p>Ticket {{ticket}}: {{subject}}</p>
      <p class="quiet">Eröffnet {{opened}}, geschlossen {{closed}}</p>
      <p class="quiet">{{plan}}</p>

      """)

  private static let germanUpdate = Words(
    subject: "Ticket {{ticket}}, der Stand: {{subject}}",
    text: """
      Ticket {{ticket}}: {{subject}}
      Eröffnet: {{opened}}
      Status: {{state}}
      {{#seen}}
      Jemand hat es gesehen: {{seen}}
      {{/seen}}
      {{#reached}}
      Sie wurden erreicht: {{reached}}
      {{/reached}}
      {{#targets}}
      {{#missed}}Versäumt: {{target}}, versprochen bis {{due}}{{/missed}}{{^missed}}Versprochen: {{target}} bis {{due}}{{/missed}}
      {{/targets}}

      {{promise}}
      {{#next}}
      Sie hören wieder von uns bis {{next}}.
      {{/next}}

      """,
    html: """
      <h1>Ticket {{ticket}}: {{subject}}</h1>
      <p>Status: <strong>{{state}}</strong>. Eröffnet {{opened}}.</p>
      {{#seen}}
      <p>Jemand hat es gesehen: {{seen}}</p>
      {{/seen}}
      {{#reached}}
      <p>Sie wurden erreicht: {{reached}}</p>
      {{/reached}}
      {{#targets}}
      <p>{{#missed}}<strong>Versäumt:</strong> {{target}}, versprochen bis {{due}}{{/missed}}\
      {{^missed}}Versprochen: {{target}} bis {{due}}{{/missed}}</p>
      {{/targets}}
      <p class="quiet">{{promise}}{{#next}} Sie hören wieder von uns bis {{next}}.{{/next}}</p>

      """)

  private static let germanCoverage = Words(
    subject: "{{#missing}}Niemand hat {{rota}} angelegt{{/missing}}"
      + "{{^missing}}{{#again}}Noch immer niemand{{/again}}{{^again}}Niemand{{/again}} in {{rota}}{{/missing}}",
    text: """
      {{#missing}}
      Der Plan {{plan}} nennt {{rota}}, und niemand hat das angelegt: Seine Leitern sagen dort niemandem etwas.
      {{/missing}}
      {{^missing}}
      {{#again}}Noch immer niemand{{/again}}{{^again}}Niemand{{/again}} in {{rota}}:
      {{#gaps}}
      - ab {{from}}{{#to}} bis {{to}}{{/to}}
      {{/gaps}}
      {{#more}}
      - und {{more}} weitere Zeiten
      {{/more}}
      {{/missing}}

      """,
    html: """
      {{#missing}}
      <p class="warn">Der Plan {{plan}} nennt <strong>{{rota}}</strong>, und niemand hat das angelegt: Seine Leitern sagen dort \
      niemandem etwas.</p>
      {{/missing}}
      {{^missing}}
      <p class="warn">{{#again}}Noch immer niemand{{/again}}{{^again}}Niemand{{/again}} in <strong>{{rota}}</strong>.</p>
      {{#gaps}}
      <p>Ab {{from}}{{#to}} bis {{to}}{{/to}}</p>
      {{/gaps}}
      {{#more}}
      <p>Und {{more}} weitere Zeiten.</p>
      {{/more}}
      {{/missing}}

      """)
}
