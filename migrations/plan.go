package migrations

import (
	"fmt"
	"slices"
	"time"
)

// Applied is a migration that a store says it has.
type Applied struct {
	ID       int
	Name     string
	Checksum string
	At       time.Time
}

// Plan returns what a store still needs: the available migrations, in order,
// that are not applied. It refuses a store that is newer than this binary, one
// with a gap, and one whose migrations are not the ones known here.
func Plan(applied []Applied, available []Migration) ([]Migration, error) {
	applied = slices.Clone(applied)
	slices.SortFunc(applied, func(a, b Applied) int { return a.ID - b.ID })
	for i, a := range applied {
		if i >= len(available) {
			newest := applied[len(applied)-1]
			return nil, fmt.Errorf("the store is newer than this binary: it has migration %04d %s, this binary knows up to %04d: upgrade egressor", newest.ID, newest.Name, len(available))
		}
		if err := same(a, available[i]); err != nil {
			return nil, err
		}
	}
	return available[len(applied):], nil
}

func same(a Applied, m Migration) error {
	switch {
	case a.ID != m.ID:
		return fmt.Errorf("the store lacks migration %s but has %04d %s: its list of migrations was tampered with; restore it, or start with an empty database", m, a.ID, a.Name)
	case a.Checksum != m.Checksum:
		return fmt.Errorf("migration %s was changed after it was applied on %s (then %.12s, now %.12s): a released migration must stay as it is; put the change into a new one", m, a.At.UTC().Format(time.DateOnly), a.Checksum, m.Checksum)
	default:
		return nil
	}
}
