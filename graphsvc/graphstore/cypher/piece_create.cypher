// One piece of history: what every edge carried in a span of minutes.
CREATE (p:Piece)
SET p = $properties
