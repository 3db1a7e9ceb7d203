// Some of the relationships of a tier that begin in a span of minutes go: at most
// $limit, since each takes room in the transaction.
MATCH ()-[r:TRANSFERRED]->()
WHERE r.from >= $from AND r.from < $to AND r.tier = $tier
WITH r LIMIT $limit
DELETE r
RETURN count(*)
