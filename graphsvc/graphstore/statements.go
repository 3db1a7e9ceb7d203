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
	versionsCount     = statement("versions_count")
	versionAt         = statement("version_at")
	versionCreate     = statement("version_create")
	piecesStanding    = statement("pieces_standing")
	piecesClose       = statement("pieces_close")
	piecesToCompact   = statement("pieces_to_compact")
	piecesPrune       = statement("pieces_prune")
	piecesPruned      = statement("pieces_pruned")
	piecesToPrune     = statement("pieces_to_prune")
	daysToForget      = statement("days_to_forget")
	daysForget        = statement("days_forget")
	forgottenThrough  = statement("forgotten")
	historyBegin      = statement("history_begin")
	edgesForget       = statement("edges_forget")
	deploymentsForget = statement("deployments_forget")
	entitiesForget    = statement("entities_forget")
	versionsForget    = statement("versions_forget")
	spansPrune        = statement("spans_prune")
	pinCreate         = statement("pin")
	pinDelete         = statement("unpin")
	partsGone         = statement("parts_gone")
	pinsRead          = statement("pins")
	pinsRelease       = statement("pins_release")
	spansRead         = statement("spans")
	spansCreate       = statement("spans_create")
	spansClose        = statement("spans_close")
	pieceCreate       = statement("piece_create")
	piecesRead        = statement("pieces")
	entitiesMerge     = statement("entities_merge")
	edgesMerge        = statement("edges_merge")
	edgesCarry        = statement("edges_carry")
	edgesAmend        = statement("edges_amend")
	edgesLocate       = statement("edges_locate")
	edgesOfEntity     = statement("edges_of_entity")
	edgeKeys          = statement("edge_keys")
	edgesLive         = statement("edges_live")
	deploymentsMerge  = statement("deployments_merge")
	ownerships        = statement("ownerships")
	deploymentByID    = statement("deployment")
	deploymentsOf     = statement("deployments_of")
	placesRead        = statement("places")
	placesSettle      = statement("places_settle")
	rolloutsRead      = statement("rollouts")
	oldMinute         = statement("old_minute")
	oldPieces         = statement("old_pieces")
	oldDelete         = statement("old_delete")
	oldLive           = statement("old_live")
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
