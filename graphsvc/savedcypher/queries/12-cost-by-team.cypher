// What each team's rollouts send and cost
MATCH (w:Workload)-[:ROLLED_OUT]->(d:Deployment)
MATCH (w)-[t:TRANSFERS {sourceRevision: d.id}]->()
RETURN coalesce(nullIf(d.team, ''), 'no team') AS team, count(DISTINCT w) AS workloads, sum(t.totalBytes) AS bytes, sum(t.totalCostNano) AS costNano
ORDER BY costNano DESC, bytes DESC
