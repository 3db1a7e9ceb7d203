// The teams of all rollout revisions that name one.
MATCH (d:Deployment)
WHERE d.team <> ''
RETURN d.workload, d.id, d.team, d.from, d.recordedAt
