// Who sends bytes to the internet, costliest first
// $limit: how many; 50
MATCH (a:Entity)-[t:TRANSFERS]->(b:CloudEndpoint {type: 'internet'})
RETURN a.id AS source, b.name AS destination, t.pathKind AS path, sum(t.totalBytes) AS bytes, sum(t.totalCostNano) AS costNano
ORDER BY costNano DESC, bytes DESC
LIMIT toInteger($limit)
