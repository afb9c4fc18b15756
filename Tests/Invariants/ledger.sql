-- What must hold in the ledger's database at any time: every row is a violation (invariant, what is wrong).
WITH purses AS (
  -- Every wallet with whose it is. A customer's are apart by unit: '' stands for the plan's own.
  SELECT *, coalesce(agreement_id, wallet_id) AS owner_id,
    CASE WHEN kind = 'customer' AND agreement_id IS NOT NULL THEN unit ELSE '' END AS counts
  FROM wallets
), journal AS (
  -- The entries of all wallets: a customer's are its transfers, which are numbered through all units.
  SELECT tenant_id, agreement_id AS owner_id, coalesce(unit, '') AS counts, sequence, amount, balance FROM transfers
  UNION ALL
  SELECT tenant_id, wallet_id, '', sequence, amount, balance FROM entries
)
SELECT 'I1 an entry is the other side of its transfers', format('%s %s', wallet_id, sequence)
  FROM entries e FULL JOIN (
    SELECT tenant_id, contra AS wallet_id, contra_sequence AS sequence, sum(amount) AS moved
    FROM transfers GROUP BY tenant_id, contra, contra_sequence
  ) m USING (tenant_id, wallet_id, sequence)
  WHERE e.amount IS DISTINCT FROM -m.moved
UNION ALL
SELECT 'I1 both sides of a transfer are in one unit', t.transfer_id::text
  FROM transfers t
    LEFT JOIN agreements a USING (tenant_id, agreement_id)
    LEFT JOIN wallets w ON w.tenant_id = t.tenant_id AND w.wallet_id = t.contra AND w.kind <> 'customer'
  WHERE w.unit IS NULL OR w.unit IS DISTINCT FROM coalesce(t.unit, a.unit)
UNION ALL
SELECT 'I2 a balance is the sum of its entries', w.wallet_id::text
  FROM purses w FULL JOIN journal e USING (tenant_id, owner_id, counts)
  GROUP BY tenant_id, w.wallet_id, w.balance HAVING w.balance IS DISTINCT FROM coalesce(sum(e.amount), 0)
UNION ALL
SELECT 'I2 an entry carries the balance after it', format('%s %s', owner_id, sequence)
  FROM (
    SELECT *, sum(amount) OVER (PARTITION BY tenant_id, owner_id, counts ORDER BY sequence) AS running FROM journal
  ) e
  WHERE balance <> running
UNION ALL
SELECT 'I2 lots hold what the wallet holds, overage aside', w.wallet_id::text
  FROM purses w
    LEFT JOIN lots l ON l.tenant_id = w.tenant_id AND l.agreement_id = w.owner_id AND coalesce(l.unit, '') = w.counts
  WHERE w.kind = 'customer'
  GROUP BY w.tenant_id, w.wallet_id, w.balance HAVING coalesce(sum(l.remaining), 0) < w.balance
UNION ALL
SELECT 'I3 nothing goes below its agreed overage', wallet_id::text
  FROM wallets WHERE kind = 'customer' AND balance < -overage_limit
UNION ALL
SELECT 'I4 holds never exceed what is available', w.wallet_id::text
  FROM wallets w WHERE w.kind = 'customer' AND w.held > w.balance + w.overage_limit
UNION ALL
SELECT 'I4 what is held is the sum of the open holds', w.wallet_id::text
  FROM purses w
    LEFT JOIN holds h ON h.tenant_id = w.tenant_id AND h.agreement_id = w.owner_id AND coalesce(h.unit, '') = w.counts
      AND h.state = 'open'
  WHERE w.kind = 'customer'
  GROUP BY w.tenant_id, w.wallet_id, w.held HAVING w.held <> coalesce(sum(h.amount), 0)
UNION ALL
SELECT 'I4 a hold is captured once', h.hold_id::text
  FROM holds h JOIN transfers t ON t.tenant_id = h.tenant_id AND t.hold_id = h.hold_id AND t.kind = 'charge'
  GROUP BY h.tenant_id, h.hold_id, h.state HAVING count(*) > 1 OR h.state <> 'captured'
UNION ALL
SELECT 'I5 entries are numbered without gaps', w.wallet_id::text
  FROM wallets w LEFT JOIN journal e ON e.tenant_id = w.tenant_id AND e.owner_id = w.wallet_id
  GROUP BY w.tenant_id, w.wallet_id, w.sequence
  HAVING w.sequence <> count(e.sequence) OR w.sequence <> coalesce(max(e.sequence), 0)
UNION ALL
SELECT 'I2 a balance is what lots hold, less overage that is not invoiced', w.wallet_id::text
  FROM purses w
  WHERE w.kind = 'customer' AND w.balance <>
    (SELECT coalesce(sum(l.remaining), 0) FROM lots l
      WHERE l.tenant_id = w.tenant_id AND l.agreement_id = w.owner_id AND coalesce(l.unit, '') = w.counts)
    - (SELECT coalesce(sum(i.units), 0) FROM invoices i
        WHERE i.tenant_id = w.tenant_id AND i.agreement_id = w.wallet_id AND i.issued_at IS NULL)
UNION ALL
SELECT 'I3 the agreed overage is what open holds and bills account for', w.wallet_id::text
  FROM purses w
  WHERE w.kind = 'customer' AND w.overage_limit <>
    (SELECT coalesce(sum(h.overage), 0) FROM holds h
      WHERE h.tenant_id = w.tenant_id AND h.agreement_id = w.owner_id AND coalesce(h.unit, '') = w.counts
        AND h.state = 'open')
    + (SELECT coalesce(sum(i.units), 0) FROM invoices i
        WHERE i.tenant_id = w.tenant_id AND i.agreement_id = w.wallet_id AND i.issued_at IS NULL)
UNION ALL
SELECT 'I4 a lot keeps aside what open holds name', l.lot_id::text
  FROM lots l
  WHERE l.held <> (
    SELECT coalesce(sum((d ->> 'units')::bigint), 0) FROM holds h, json_array_elements(h.draws) d
    WHERE h.tenant_id = l.tenant_id AND h.agreement_id = l.agreement_id AND h.state = 'open'
      AND (d ->> 'lot')::uuid = l.lot_id)
UNION ALL
SELECT 'I4 a hold keeps lots of its unit', h.hold_id::text
  FROM holds h, json_array_elements(h.draws) d, lots l
  WHERE l.tenant_id = h.tenant_id AND l.lot_id = (d ->> 'lot')::uuid
    AND (l.unit IS DISTINCT FROM h.unit OR l.agreement_id <> h.agreement_id)
UNION ALL
SELECT 'I2 a transfer draws on lots of its unit', t.transfer_id::text
  FROM transfers t, json_array_elements(t.draws) d, lots l
  WHERE l.tenant_id = t.tenant_id AND l.lot_id = (d ->> 'lot')::uuid
    AND (l.unit IS DISTINCT FROM t.unit OR l.agreement_id <> t.agreement_id)
UNION ALL
SELECT 'I1 the lines of a transfer say what it moved', t.transfer_id::text
  FROM transfers t
  WHERE t.amount <> -(SELECT coalesce(sum((x ->> 'units')::bigint), 0) FROM json_array_elements(t.lines) x)
    OR t.amount <> t.overage + (SELECT coalesce(sum((x ->> 'units')::bigint), 0) FROM json_array_elements(t.draws) x)
UNION ALL
SELECT 'I6 a reversal is noted with what it reverses', t.transfer_id::text
  FROM transfers t LEFT JOIN reversals r ON r.tenant_id = t.tenant_id AND r.transfer_id = t.reverses
  WHERE t.reverses IS NOT NULL AND r.reversed_by IS DISTINCT FROM t.transfer_id
