// Hours and days of an edge for Cypher; a refold finds those that it corrects by where they begin.
CREATE INDEX transferred_from_edge IF NOT EXISTS FOR ()-[t:TRANSFERRED]-() ON (t.from, t.edge);
