// Rollout revisions and the workloads that they belong to. A revision that is
// known takes what is known of it now.
UNWIND $deployments AS row
MERGE (w:Entity {id: row.workload})
ON CREATE SET w.kind = 'Workload', w.cluster = row.cluster, w.namespace = row.namespace,
              w.type = row.type, w.name = row.name, w.region = '', w.since = $number
SET w:Workload
MERGE (d:Deployment {id: row.properties.id})
SET d = row.properties
MERGE (w)-[:ROLLED_OUT]->(d)
