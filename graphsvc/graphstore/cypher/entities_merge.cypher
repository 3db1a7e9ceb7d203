// Nodes for identities that this process has not met yet. One that no version
// knows was written ahead of a version that failed: it is this one's now.
UNWIND range(0, size($ids) - 1) AS i
MERGE (n:Entity {id: $ids[i]})
ON CREATE SET n.kind = $kinds[i], n.cluster = $clusters[i], n.namespace = $namespaces[i],
              n.type = $types[i], n.name = $names[i], n.region = $regions[i], n.since = $number
WITH n, i, n.since = $number
  OR EXISTS { (n)-[:ROLLED_OUT]->() }
  OR EXISTS { (n)-[t:TRANSFERS]-() WHERE t.lastMinute IS NOT NULL } AS known
SET n.since = CASE WHEN known THEN n.since ELSE $number END
FOREACH (_ IN CASE WHEN $kinds[i] = 'Workload' THEN [1] ELSE [] END | SET n:Workload)
FOREACH (_ IN CASE WHEN $kinds[i] = 'Node' THEN [1] ELSE [] END | SET n:Node)
FOREACH (_ IN CASE WHEN $kinds[i] = 'CloudEndpoint' THEN [1] ELSE [] END | SET n:CloudEndpoint)
FOREACH (_ IN CASE WHEN $kinds[i] = 'Unknown' THEN [1] ELSE [] END | SET n:Unknown)
