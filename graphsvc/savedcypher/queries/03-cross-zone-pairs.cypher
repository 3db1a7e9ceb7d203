// Which zones exchange bytes, and what that costs
MATCH ()-[t:TRANSFERS]->()
WHERE t.sourceZone <> t.destinationZone AND t.sourceZone <> '' AND t.destinationZone <> ''
RETURN t.sourceZone AS from, t.destinationZone AS to, sum(t.totalBytes) AS bytes, sum(t.totalCostNano) AS costNano
ORDER BY costNano DESC, bytes DESC
