// One rollout revision.
MATCH (w:Entity)-[:ROLLED_OUT]->(d:Deployment {id: $id})
RETURN w.cluster, w.namespace, w.type, w.name, properties(d)
