// Some of the relationships of a tier that begin in a span of minutes go: at most
// $limit, since each takes room in the transaction. All have an edge: the index is asked
// only where all that it holds is.
MATCH ()-[r:TRANSFERRED]->()
USING INDEX SEEK r:TRANSFERRED(from, edge)
WHERE r.from >= $from AND r.from < $to AND r.edge IS NOT NULL AND r.tier = $tier
WITH r LIMIT $limit
DELETE r
RETURN count(*)
