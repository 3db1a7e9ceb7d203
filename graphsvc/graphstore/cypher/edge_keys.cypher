// The keys of edges by id. The ends are taken from the relationship: where the pattern
// names them with their label, some plans go through all relationships for each id. So do
// some without the hint: which plan comes first differs from one start of the server to the next.
UNWIND $ids AS id
MATCH ()-[t:TRANSFERS {id: id}]->()
USING INDEX SEEK t:TRANSFERS(id)
WITH t, startNode(t) AS a, endNode(t) AS b
RETURN t.id,
       a.kind, a.cluster, a.namespace, a.type, a.name, a.region,
       b.kind, b.cluster, b.namespace, b.type, b.name, b.region,
       t.sourceRevision, t.destinationRevision, t.serverPort, t.protocol, t.initiator,
       t.sourceProvider, t.sourceRegion, t.sourceZone,
       t.destinationProvider, t.destinationRegion, t.destinationZone,
       t.pathKind, t.pathVia, t.pathViaZone, t.pathAssumed,
       t.sourceNetwork, t.sourceAccount, t.destinationNetwork, t.destinationAccount
