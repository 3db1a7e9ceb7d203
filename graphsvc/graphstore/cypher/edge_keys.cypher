// The keys of edges by id. The ends are taken from the relationship: where the pattern
// names them with their label, some plans go through all relationships for each id.
UNWIND $ids AS id
MATCH ()-[t:TRANSFERS {id: id}]->()
WITH t, startNode(t) AS a, endNode(t) AS b
RETURN t.id,
       a.kind, a.cluster, a.namespace, a.type, a.name, a.region,
       b.kind, b.cluster, b.namespace, b.type, b.name, b.region,
       t.sourceRevision, t.destinationRevision, t.serverPort, t.protocol, t.initiator,
       t.sourceProvider, t.sourceRegion, t.sourceZone,
       t.destinationProvider, t.destinationRegion, t.destinationZone,
       t.pathKind, t.pathVia, t.pathViaZone, t.pathAssumed,
       t.sourceNetwork, t.sourceAccount, t.destinationNetwork, t.destinationAccount
