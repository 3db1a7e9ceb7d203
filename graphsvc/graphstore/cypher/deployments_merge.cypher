// Rollout revisions that a minute's transfers name, and the workloads that they belong
// to. A revision that is known takes what is known of it now; the newest minute that
// names it only goes up.
UNWIND $deployments AS row
MERGE (w:Entity {id: row.workload})
ON CREATE SET w.kind = 'Workload', w.cluster = row.cluster, w.namespace = row.namespace,
              w.type = row.type, w.name = row.name, w.region = '', w.since = $number
SET w:Workload
MERGE (d:Deployment {id: row.properties.id})
WITH w, d, row.properties AS known, CASE WHEN d.lastMinute > $minute THEN d.lastMinute ELSE $minute END AS lastMinute
SET d = known {.*, lastMinute: lastMinute}
MERGE (w)-[:ROLLED_OUT]->(d)
