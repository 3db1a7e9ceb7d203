// Rollout revisions that ended before a moment go, at most $limit, but for those that
// a finding blames.
MATCH (d:Deployment)
WHERE d.to < $since AND NOT EXISTS { ()-[:BLAMES]->(d) }
WITH d LIMIT $limit
WITH d, d.id AS id
DETACH DELETE d
RETURN id
