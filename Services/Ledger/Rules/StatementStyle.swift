/// How a statement's page looks.
enum StatementStyle {
  /// The style sheet; page numbers are in words.
  static func sheet(_ words: StatementWords) -> String {
    """

    @page { margin: 18mm 16mm 20mm; @bottom-right { content: "\(words.page)" counter(page) "\(words.ofPages)" counter(pages); font: 8pt sans-serif; color: #555 } }
    * { box-sizing: border-box }
    html { background: #fff; color: #1b1f24 }
    body { font: 14px/1.45 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; margin: 0 auto; max-width: 760px; padding: 28px 20px; font-variant-numeric: tabular-nums lining-nums; overflow-wrap: anywhere }
    header { border-bottom: 2px solid #1f4e8c; padding-bottom: 10px; margin-bottom: 16px }
    .provider { margin: 0; color: #1f4e8c; font-weight: 700; letter-spacing: .02em }
    h1 { margin: 2px 0 0; font-size: 26px; font-weight: 400 }
    h2 { margin: 28px 0 8px; font-size: 18px; font-weight: 600; break-after: avoid }
    .sofar { color: #555; font-size: 16px }
    .facts { display: flex; flex-wrap: wrap; gap: 6px 36px; margin: 0 0 20px }
    dt { color: #555; font-size: 12px }
    dd { margin: 0 }
    table { border-collapse: collapse; width: 100% }
    th { text-align: left; font-weight: 600; font-size: 12px; color: #555; vertical-align: bottom }
    td { vertical-align: top }
    caption { text-align: left; font-weight: 600; font-size: 15px; padding: 0 0 4px; break-after: avoid }
    small { color: #555; font-size: 12px }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
    .band { background: #f3f6fa; margin-bottom: 16px; table-layout: fixed; break-inside: avoid }
    .band th { padding: 8px 12px 0; font-weight: 400 }
    .band td { padding: 0 12px 8px; font-size: 19px; white-space: nowrap }
    .band .closing { font-weight: 700; color: #1f4e8c }
    figure { margin: 0 0 18px; break-inside: avoid }
    figure svg { display: block; width: 100%; height: auto }
    figcaption { color: #555; font-size: 12px }
    .lots, .lines { margin: 0 0 22px }
    .lots th, .lines th { border-bottom: 1px solid #1b1f24; padding: 3px 8px 3px 0 }
    .lots td { border-bottom: 1px solid #e3e7ed; padding: 4px 8px 4px 0; white-space: nowrap }
    .lots td:nth-child(2) { white-space: normal }
    .lots tr { break-inside: avoid }
    .lines td { padding: 0 8px 5px 0 }
    .lines thead, .lots thead { break-after: avoid }
    .lines thead tr { break-inside: avoid; break-after: avoid }
    .lines tbody:first-of-type { break-before: avoid }
    .lines tbody { break-inside: avoid; border-bottom: 1px solid #e3e7ed }
    .lines tbody tr:first-child td { padding-top: 6px }
    .lines .total { border-bottom: 0; break-before: avoid; font-weight: 700 }
    .heading { font-weight: 600 }
    .date { width: 100px; white-space: nowrap }
    .units { text-align: right; white-space: nowrap }
    .lines .units, .lots th:last-child, .lots td:last-child { padding-right: 0 }
    .lots td:last-child, .lots th:last-child { padding-left: 14px }
    .lines .units { width: 90px }
    .key { width: 34px; color: #a3271c; font-weight: 700 }
    .quiet { color: #555 }
    footer { border-top: 1px solid #c9d3e0; color: #555; font-size: 12px; margin-top: 28px }
    svg text { font: 11px "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; fill: #555 }
    svg .caption { font-weight: 600; fill: #1b1f24 }
    svg .end { text-anchor: end }
    svg .mid { text-anchor: middle }
    svg .number { font-size: 9px; font-weight: 700; fill: #fff }
    svg .grid { stroke: #e3e7ed; stroke-width: 1 }
    svg .axis { stroke: #8d97a5; stroke-width: 1 }
    svg .line { fill: none; stroke: #1f4e8c; stroke-width: 2 }
    svg .line.later { stroke-dasharray: 5 3 }
    svg .area { fill: #1f4e8c; fill-opacity: .14 }
    svg .area.later { fill-opacity: .07 }
    svg line.end { stroke: #a3271c; stroke-width: 1; stroke-dasharray: 2 2 }
    svg .mark { fill: #a3271c }
    .bar { width: 48px; height: 6px; vertical-align: middle }
    svg .whole { fill: #e3e7ed }
    svg .left { fill: #1f4e8c }
    @media print { body { max-width: none; padding: 0; font-size: 10pt } h1 { font-size: 18pt } .band td { font-size: 13pt } * { print-color-adjust: exact; -webkit-print-color-adjust: exact } }

    """
  }
}
