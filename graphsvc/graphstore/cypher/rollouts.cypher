// The rollout revisions of all workloads that began in a time, newest first.
MATCH (d:Deployment) WHERE d.rolledOutAt >= $from AND d.rolledOutAt < $to
MATCH (w:Entity)-[:ROLLED_OUT]->(d)
RETURN w.cluster, w.namespace, w.type, w.name, properties(d)
ORDER BY d.rolledOutAt DESC, d.number DESC, d.id LIMIT $limit
