// What could not be identified, and why
MATCH (u:Unknown)-[t:TRANSFERS]-(a:Entity)
RETURN u.type AS reason, a.id AS peer, count(t) AS transfers, sum(t.totalBytes) AS bytes
ORDER BY bytes DESC
LIMIT 100
