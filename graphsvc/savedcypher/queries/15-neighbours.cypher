// Everything that a node exchanges bytes with, as a graph
// $node: the node's id; w/lab/shop/Deployment/checkout
MATCH p = (a:Entity {id: $node})-[t:TRANSFERS]-(b:Entity)
RETURN p
ORDER BY t.totalBytes DESC
LIMIT 100
