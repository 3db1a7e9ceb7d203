// Pairs that call each other: two services that depend on each other
MATCH (a:Workload)-[x:TRANSFERS {initiator: 'source'}]->(b:Workload)-[y:TRANSFERS {initiator: 'source'}]->(a)
WHERE a.id < b.id
RETURN a.id AS one, b.id AS other, sum(x.totalBytes) AS bytesThere, sum(y.totalBytes) AS bytesBack
ORDER BY bytesThere + bytesBack DESC
LIMIT 100
