// Live relationships for edges that the graph has not seen yet. A row comes
// back for every edge that has another key under the same id: a collision.
UNWIND range(0, size($ids) - 1) AS i
MATCH (a:Entity {id: $sources[i]})
MATCH (b:Entity {id: $destinations[i]})
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
WITH t, i
WHERE t.key <> $keys[i]
RETURN t.id, t.key, $keys[i]
