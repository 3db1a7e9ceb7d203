package graphstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// claim creates the version's node, or reports that this very version is there.
// The node comes first: its unique number makes a second writer of it wait here.
// That alone keeps no second folder out, because both computed the same version:
// the fence does, before the commit.
func (w *writer) claim(ctx context.Context, version model.GraphVersion) (there bool, err error) {
	known, there, err := readVersion(ctx, w.tx, versionByNumber, neo4j.Params{"number": w.number})
	if err != nil {
		return false, err
	}
	if there {
		if known.Digest != version.Digest {
			return true, fmt.Errorf("%w: the graph's version %d has digest %s, not %s", ErrVersionConflict, version.Number, known.Digest, version.Digest)
		}
		return true, nil
	}
	head, _, err := readVersion(ctx, w.tx, versionHead, nil)
	if err != nil {
		return false, err
	}
	if err := follows(head, version); err != nil {
		return false, err
	}
	w.newest = head.newest
	newest := head.newest
	if version.Kind != model.VersionCompact { // which folds no minute
		newest = max(newest, version.To)
	}
	properties, err := versionProperties(version, newest)
	if err != nil {
		return false, err
	}
	return false, w.tx.Exec(ctx, versionCreate, neo4j.Params{"properties": properties})
}

// follows checks that a version comes right after the newest, the zero version
// while there is none.
func follows(head storedVersion, version model.GraphVersion) error {
	if version.Number != head.Number+1 {
		return fmt.Errorf("%w: the graph's newest version is %d, so the next is %d", ErrVersionConflict, head.Number, head.Number+1)
	}
	if version.Previous != head.Digest {
		return fmt.Errorf("%w: it follows digest %q, but the graph's version %d has %q", ErrVersionConflict, version.Previous, head.Number, head.Digest)
	}
	return nil
}
