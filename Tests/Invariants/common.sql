-- What must hold in each service's database once a tenant is settled: every row is a violation.
SELECT 'I7 no event was refused for good', format('%s %s: %s', subject_kind, subject_id, reason) FROM dead_events
UNION ALL
SELECT 'I7 no event is still waiting', format('%s %s', subject_kind, subject_id) FROM outbox
UNION ALL
SELECT 'I6 a key has one answer', encode(key, 'hex') FROM replies GROUP BY tenant_id, key HAVING count(*) > 1
