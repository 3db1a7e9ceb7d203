// Keys. Community has uniqueness of nodes and of relationships; each brings its index.
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT deployment_id IF NOT EXISTS FOR (d:Deployment) REQUIRE d.id IS UNIQUE;
CREATE CONSTRAINT graph_version_number IF NOT EXISTS FOR (v:GraphVersion) REQUIRE v.number IS UNIQUE;
CREATE CONSTRAINT transfers_id IF NOT EXISTS FOR ()-[t:TRANSFERS]-() REQUIRE t.id IS UNIQUE;

// History is asked by minute, and one edge's history by edge and minute.
CREATE INDEX transferred_minute IF NOT EXISTS FOR ()-[t:TRANSFERRED]-() ON (t.minute);
CREATE INDEX transferred_edge_minute IF NOT EXISTS FOR ()-[t:TRANSFERRED]-() ON (t.edge, t.minute);
