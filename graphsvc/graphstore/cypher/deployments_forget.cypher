// Rollout revisions that no transfer has named since before a minute go, at most $limit,
// whether or not an end of them was stated; but for those that a finding blames.
MATCH (d:Deployment)
WHERE d.lastMinute < $before AND NOT EXISTS { ()-[:BLAMES]->(d) }
WITH d LIMIT $limit
WITH d, d.id AS id
DETACH DELETE d
RETURN id
