// Destinations with the most callers
// $limit: how many; 50
MATCH (b:Entity)<-[t:TRANSFERS {initiator: 'source'}]-(a:Entity)
WITH b, count(DISTINCT a) AS callers, sum(t.totalBytes) AS bytes
WHERE callers > 1
RETURN b.id AS destination, callers, bytes
ORDER BY callers DESC, bytes DESC
LIMIT toInteger($limit)
