// Where the live relationships of edges are.
UNWIND $ids AS id
MATCH ()-[t:TRANSFERS {id: id}]->()
RETURN t.id, id(t)
