// The rollout revisions of one workload, newest first.
MATCH (w:Entity {id: $workload})-[:ROLLED_OUT]->(d:Deployment)
RETURN w.cluster, w.namespace, w.type, w.name, properties(d)
ORDER BY d.rolledOutAt DESC, d.number DESC, d.id
