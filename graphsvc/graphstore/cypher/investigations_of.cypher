// The investigations of an incident, newest first.
MATCH (q:Investigation)-[:INVESTIGATES]->(:Incident {id: $incident})
RETURN q.id ORDER BY q.startedAt DESC, q.id LIMIT $limit
