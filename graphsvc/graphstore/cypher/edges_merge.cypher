// Live relationships for edges that this process has not met yet. A row comes
// back for each: where it is, and whether it has the same key. Where it has
// not, two keys have one id. One that has carried nothing was written ahead of a
// version that failed: it is this one's now.
UNWIND range(0, size($ids) - 1) AS i
MATCH (a:Entity {id: $sources[i]})
USING INDEX SEEK a:Entity(id)
MATCH (b:Entity {id: $destinations[i]})
USING INDEX SEEK b:Entity(id)
MERGE (a)-[t:TRANSFERS {id: $ids[i]}]->(b)
ON CREATE SET t.key = $keys[i],
              t.sourceRevision = $sourceRevisions[i], t.destinationRevision = $destinationRevisions[i],
              t.serverPort = $serverPorts[i], t.protocol = $protocols[i], t.initiator = $initiators[i],
              t.sourceProvider = $sourceProviders[i], t.sourceRegion = $sourceRegions[i], t.sourceZone = $sourceZones[i],
              t.destinationProvider = $destinationProviders[i], t.destinationRegion = $destinationRegions[i], t.destinationZone = $destinationZones[i],
              t.pathKind = $pathKinds[i], t.pathVia = $pathVias[i], t.pathViaZone = $pathViaZones[i], t.pathAssumed = $pathsAssumed[i],
              t.sourceNetwork = $sourceNetworks[i], t.sourceAccount = $sourceAccounts[i],
              t.destinationNetwork = $destinationNetworks[i], t.destinationAccount = $destinationAccounts[i],
              t.since = $number, t.totalBytes = 0, t.totalCostNano = 0
ON MATCH SET t.since = CASE WHEN t.lastMinute IS NULL THEN $number ELSE t.since END
RETURN i, id(t), t.key
