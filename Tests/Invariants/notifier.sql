-- What must hold in the notifier's database once a tenant is settled: every row is a violation.
SELECT 'I8 every missed target has exactly one ladder run', format('%s %s', c.ticket_id, c.target)
  FROM sla_clocks c LEFT JOIN escalations e USING (tenant_id, ticket_id, target, round)
  WHERE c.state = 'missed' AND c.ladder <> ''
  GROUP BY c.tenant_id, c.ticket_id, c.target HAVING count(e.escalation_id) <> 1
UNION ALL
SELECT 'I8 every step of a run has its deliveries on record', format('%s %s', s.escalation_id, s.number)
  FROM escalation_steps s
  LEFT JOIN deliveries d ON d.tenant_id = s.tenant_id AND d.cause_id = s.escalation_id AND d.step = s.number
  GROUP BY s.tenant_id, s.escalation_id, s.number, s.deliveries HAVING count(d.delivery_id) <> s.deliveries
UNION ALL
SELECT 'I8 every question about a closure was asked once', t.ticket_id::text
  FROM tickets t
  WHERE (SELECT count(*) FROM jsonb_array_elements(t.surveys) s WHERE (s ->> 'asked')::boolean)
    <> (SELECT count(*) FROM notices n
        WHERE n.tenant_id = t.tenant_id AND n.ticket_id = t.ticket_id AND n.kind = 'survey')
UNION ALL
SELECT 'I8 what was sent has a successful attempt', d.delivery_id::text
  FROM deliveries d LEFT JOIN delivery_attempts a
    ON a.tenant_id = d.tenant_id AND a.delivery_id = d.delivery_id AND a.succeeded
  WHERE d.state = 'sent' AND a.delivery_id IS NULL
UNION ALL
SELECT 'I8 what waits is in a bundle', d.delivery_id::text
  FROM deliveries d LEFT JOIN bundles b USING (tenant_id, bundle_id)
  WHERE d.state = 'held' AND b.bundle_id IS NULL
UNION ALL
SELECT 'I8 what was merged is in a message', d.delivery_id::text
  FROM deliveries d LEFT JOIN deliveries c ON c.tenant_id = d.tenant_id AND c.delivery_id = d.carrier_id
  WHERE d.state = 'merged' AND c.delivery_id IS NULL
UNION ALL
SELECT 'I8 every clock has its history', c.clock_id::text
  FROM sla_clocks c LEFT JOIN sla_clock_events e
    ON e.tenant_id = c.tenant_id AND e.clock_id = c.clock_id AND e.number = c.version
  WHERE e.state IS DISTINCT FROM c.state
