// Nodes go that nothing leads to or from any more: no transfer now or in what is kept
// of the past, no rollout, no incident, no recommendation. At most $limit.
MATCH (n:Entity)
WHERE NOT EXISTS { (n)--() }
WITH n LIMIT $limit
WITH n, n.id AS id
DELETE n
RETURN id
