// Provider services reached through a NAT gateway: a gateway or interface endpoint would be cheaper
MATCH (a:Entity)-[t:TRANSFERS]-(b:CloudEndpoint)
WHERE t.pathKind IN ['nat', 'transit-gateway-nat'] AND b.type <> 'internet'
RETURN b.type AS service, b.region AS region, count(DISTINCT a) AS users, sum(t.totalBytes) AS bytes, sum(t.totalCostNano) AS costNano
ORDER BY costNano DESC, bytes DESC
