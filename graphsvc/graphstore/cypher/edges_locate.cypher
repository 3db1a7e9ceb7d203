// Where the live relationships of edges are. Without the hint some plans go through all
// relationships for each id.
UNWIND $ids AS id
MATCH ()-[t:TRANSFERS {id: id}]->()
USING INDEX SEEK t:TRANSFERS(id)
RETURN t.id, id(t)
