package graphstore

import (
	"embed"
	"fmt"
)

//go:embed cypher/*.cypher
var statements embed.FS

var (
	versionByNumber   = statement("version_by_number")
	versionHead       = statement("version_head")
	versionsBefore    = statement("versions_before")
	versionAt         = statement("version_at")
	versionCreate     = statement("version_create")
	piecesOpen        = statement("pieces_open")
	piecesClose       = statement("pieces_close")
	entitiesMerge     = statement("entities_merge")
	edgesMerge        = statement("edges_merge")
	edgesCarry        = statement("edges_carry")
	edgesWithdraw     = statement("edges_withdraw")
	edgeKeys          = statement("edge_keys")
	edgesLive         = statement("edges_live")
	transfers         = statement("transfers")
	transfersOfEntity = statement("transfers_of_entity")
	deploymentsMerge  = statement("deployments_merge")
	deploymentsOf     = statement("deployments_of")
	ownerships        = statement("ownerships")
	leaseLock         = statement("lease_lock")
	leaseRead         = statement("lease_read")
	leaseHold         = statement("lease_hold")
)

func statement(name string) string {
	text, err := statements.ReadFile("cypher/" + name + ".cypher")
	if err != nil {
		panic(fmt.Sprintf("graphstore: statement %s is not embedded: %v", name, err))
	}
	return string(text)
}
