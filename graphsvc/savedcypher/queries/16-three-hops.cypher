// Where bytes of a node can get to in at most three hops, as a graph
// $node: the node's id; w/lab/shop/Deployment/checkout
MATCH p = (a:Entity {id: $node})-[:TRANSFERS*1..3]->(b:CloudEndpoint)
RETURN p
LIMIT 50
