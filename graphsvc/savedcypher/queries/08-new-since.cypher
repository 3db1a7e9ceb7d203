// Edges that are new since a version
// $since: a version's number; 1
MATCH (a:Entity)-[t:TRANSFERS]->(b:Entity)
WHERE t.since >= toInteger($since) AND t.lastMinute IS NOT NULL
RETURN t.since AS version, a.id AS source, b.id AS destination, t.pathKind AS path, t.totalBytes AS bytes
ORDER BY version DESC, bytes DESC
LIMIT 200
