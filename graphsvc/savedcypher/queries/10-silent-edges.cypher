// Edges that carried nothing for a while: candidates for a policy that closes them
// $minutes: for how many minutes before the newest one; 1440
MATCH (v:GraphVersion)
WITH max(v.newestMinute) AS now
MATCH (a:Entity)-[t:TRANSFERS]->(b:Entity)
WHERE t.lastMinute < now - toInteger($minutes)
RETURN a.id AS source, b.id AS destination, t.serverPort AS port, now - t.lastMinute AS silentMinutes, t.totalBytes AS bytes
ORDER BY silentMinutes DESC, bytes DESC
LIMIT 200
