// The keys of edges by id. Without the hint a plan that is made while the graph is
// nearly empty goes through all of it for each id, and is kept when it is not.
UNWIND $ids AS id
MATCH (a:Entity)-[t:TRANSFERS {id: id}]->(b:Entity)
USING INDEX t:TRANSFERS(id)
RETURN t.id,
       a.kind, a.cluster, a.namespace, a.type, a.name, a.region,
       b.kind, b.cluster, b.namespace, b.type, b.name, b.region,
       t.sourceRevision, t.destinationRevision, t.serverPort, t.protocol, t.initiator,
       t.sourceProvider, t.sourceRegion, t.sourceZone,
       t.destinationProvider, t.destinationRegion, t.destinationZone,
       t.pathKind, t.pathVia, t.pathViaZone, t.pathAssumed,
       t.sourceNetwork, t.sourceAccount, t.destinationNetwork, t.destinationAccount
