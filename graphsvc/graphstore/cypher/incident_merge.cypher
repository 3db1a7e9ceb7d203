// One incident as it is known now, with what it is made of and who is blamed.
MERGE (i:Incident {id: $properties.id})
SET i = $properties
WITH i
CALL { WITH i OPTIONAL MATCH (i)-[:SHOWS|HAS_FINDING]->(old) DETACH DELETE old }
WITH i
CALL {
  WITH i
  UNWIND $anomalies AS row
  CREATE (i)-[:SHOWS]->(a:Anomaly)
  SET a = row
  WITH a, row
  MATCH (e:Entity) WHERE e.id IN [row.source, row.destination]
  MERGE (a)-[:ABOUT]->(e)
}
CALL {
  WITH i
  UNWIND $findings AS row
  CREATE (i)-[:HAS_FINDING]->(f:Finding)
  SET f = row
  WITH f, row
  OPTIONAL MATCH (e:Entity {id: row.entity})
  OPTIONAL MATCH (d:Deployment {id: row.revision})
  FOREACH (x IN CASE WHEN e IS NULL THEN [] ELSE [e] END | MERGE (f)-[:BLAMES]->(x))
  FOREACH (x IN CASE WHEN d IS NULL THEN [] ELSE [d] END | MERGE (f)-[:BLAMES]->(x))
}
