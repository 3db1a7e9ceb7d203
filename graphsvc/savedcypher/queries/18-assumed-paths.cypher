// Transfers whose way was assumed since no inventory told it: their price is an assumption too
MATCH (a:Entity)-[t:TRANSFERS {pathAssumed: true}]->(b:Entity)
RETURN t.pathKind AS path, a.id AS source, b.id AS destination, t.totalBytes AS bytes, t.totalCostNano AS costNano
ORDER BY costNano DESC, bytes DESC
LIMIT 100
