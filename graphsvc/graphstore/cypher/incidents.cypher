// Incidents behind a place in the order, newest first; with an id, that one.
MATCH (i:Incident)
WHERE (i.since < $before OR i.since = $before AND i.id > $after) AND ($id = '' OR i.id = $id)
WITH i ORDER BY i.since DESC, i.id LIMIT $limit
RETURN properties(i),
       COLLECT { MATCH (i)-[:SHOWS]->(a:Anomaly) RETURN properties(a) ORDER BY a.rank },
       COLLECT { MATCH (i)-[:HAS_FINDING]->(f:Finding) RETURN properties(f) ORDER BY f.rank }
