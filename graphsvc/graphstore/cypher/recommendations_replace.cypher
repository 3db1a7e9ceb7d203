// All recommendations as of now. One that is no longer made is marked, not
// forgotten: a verdict may still be asked for.
OPTIONAL MATCH (old:Recommendation) WHERE NOT old.id IN [row IN $rows | row.id]
SET old.current = false
WITH count(old) AS withdrawn
UNWIND $rows AS row
MERGE (r:Recommendation {id: row.id})
WITH r, row, CASE WHEN r.current THEN r.made ELSE row.properties.made END AS made
SET r = row.properties
SET r.made = made
WITH r, row
CALL { WITH r OPTIONAL MATCH (r)-[c:CONCERNS]->() DELETE c }
WITH r, row
MATCH (e:Entity) WHERE e.id IN row.properties.entities
MERGE (r)-[:CONCERNS]->(e)
