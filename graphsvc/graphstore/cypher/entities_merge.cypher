// Nodes for identities that the graph has not seen yet.
UNWIND range(0, size($ids) - 1) AS i
MERGE (n:Entity {id: $ids[i]})
ON CREATE SET n.kind = $kinds[i], n.cluster = $clusters[i], n.namespace = $namespaces[i],
              n.type = $types[i], n.name = $names[i], n.region = $regions[i], n.since = $number
ON MATCH SET n.since = coalesce(n.since, $number)
FOREACH (_ IN CASE WHEN $kinds[i] = 'Workload' THEN [1] ELSE [] END | SET n:Workload)
FOREACH (_ IN CASE WHEN $kinds[i] = 'Node' THEN [1] ELSE [] END | SET n:Node)
FOREACH (_ IN CASE WHEN $kinds[i] = 'CloudEndpoint' THEN [1] ELSE [] END | SET n:CloudEndpoint)
FOREACH (_ IN CASE WHEN $kinds[i] = 'Unknown' THEN [1] ELSE [] END | SET n:Unknown)
