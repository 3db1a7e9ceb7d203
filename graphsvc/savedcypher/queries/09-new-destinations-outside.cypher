// Endpoints outside that were first seen since a version, and who found them
// $since: a version's number; 1
MATCH (b:CloudEndpoint)<-[t:TRANSFERS]-(a:Entity)
WHERE b.since >= toInteger($since) AND t.lastMinute IS NOT NULL
RETURN b.id AS endpoint, b.since AS version, collect(DISTINCT a.id)[..10] AS sources, sum(t.totalBytes) AS bytes
ORDER BY version DESC, bytes DESC
