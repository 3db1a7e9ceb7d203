// One investigation, linked to the incident that it is about and to the nodes and rollouts
// that it cites.
MERGE (q:Investigation {id: $properties.id})
SET q = $properties
WITH q
CALL { WITH q OPTIONAL MATCH (q)-[old:INVESTIGATES|CITES]->() DELETE old }
WITH q
CALL { WITH q MATCH (i:Incident {id: $properties.incident}) MERGE (q)-[:INVESTIGATES]->(i) }
CALL { WITH q UNWIND $entities AS id MATCH (e:Entity {id: id}) USING INDEX SEEK e:Entity(id) MERGE (q)-[:CITES]->(e) }
CALL { WITH q UNWIND $revisions AS id MATCH (d:Deployment {id: id}) USING INDEX SEEK d:Deployment(id) MERGE (q)-[:CITES]->(d) }
