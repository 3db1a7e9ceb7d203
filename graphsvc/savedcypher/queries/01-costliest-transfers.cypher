// The costliest transfers of all time, with the way they take
// $limit: how many; 20
MATCH (a:Entity)-[t:TRANSFERS]->(b:Entity)
RETURN a.id AS source, b.id AS destination, t.pathKind AS path, t.pathVia AS via, t.totalBytes AS bytes, t.totalCostNano AS costNano
ORDER BY costNano DESC, bytes DESC
LIMIT toInteger($limit)
