// Where nodes are on the map.
MATCH (n:Entity) WHERE n.mapX IS NOT NULL
RETURN n.id, n.mapX, n.mapY
