// What each namespace sends and costs
MATCH (w:Workload)-[t:TRANSFERS]->()
RETURN w.cluster AS cluster, w.namespace AS namespace, count(DISTINCT w) AS workloads, sum(t.totalBytes) AS bytes, sum(t.totalCostNano) AS costNano
ORDER BY costNano DESC, bytes DESC
