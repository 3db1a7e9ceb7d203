// Who goes through a NAT gateway, and to where
// $via: the gateway's name; empty for every one;
MATCH (a:Entity)-[t:TRANSFERS]->(b:Entity)
WHERE t.pathKind IN ['nat', 'transit-gateway-nat'] AND ($via = '' OR t.pathVia CONTAINS $via)
RETURN t.pathVia AS gateway, a.id AS source, b.id AS destination, sum(t.totalBytes) AS bytes, sum(t.totalCostNano) AS costNano
ORDER BY costNano DESC, bytes DESC
LIMIT 200
