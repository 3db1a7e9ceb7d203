// Workload pairs that talk across zones, costliest first
// $limit: how many; 50
MATCH (a:Workload)-[t:TRANSFERS]->(b:Workload)
WHERE t.sourceZone <> t.destinationZone AND t.sourceZone <> '' AND t.destinationZone <> ''
RETURN a.namespace + '/' + a.name AS source, b.namespace + '/' + b.name AS destination, sum(t.totalBytes) AS bytes, sum(t.totalCostNano) AS costNano
ORDER BY costNano DESC, bytes DESC
LIMIT toInteger($limit)
