// Live relationships that have carried nothing since before a minute go, at most $limit.
MATCH ()-[t:TRANSFERS]->()
WHERE t.lastMinute < $before
WITH t LIMIT $limit
WITH t, t.id AS id
DELETE t
RETURN id
