// What each rollout revision sent, newest first
// $limit: how many; 50
MATCH (w:Workload)-[:ROLLED_OUT]->(d:Deployment)
OPTIONAL MATCH (w)-[t:TRANSFERS {sourceRevision: d.id}]->()
RETURN w.namespace + '/' + w.name AS workload, d.id AS revision, d.rolledOutAt AS rolledOutAt, d.changedBy AS changedBy, sum(t.totalBytes) AS bytes, sum(t.totalCostNano) AS costNano
ORDER BY rolledOutAt DESC, workload
LIMIT toInteger($limit)
