package graphstore

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

const (
	// MostPins bounds how many pins there are. Beyond it those of the oldest
	// minutes are let go of at the next pruning.
	MostPins = 500
	// MostPinned bounds how many minutes one pin holds.
	MostPinned = model.Minute(24 * 60)
	// incidentPin begins the holder's name of an incident's pin.
	incidentPin = "incident "
)

// Pin holds what a version says of some minutes: retention passes it by, and the
// version answers about them as it did.
type Pin struct {
	Version  uint64
	From, To model.Minute
	// By says who pins, for example "ticket 42". A holder has one pin.
	By string
}

// Pin keeps the pieces that answer a window as of a version, until Unpin. What the
// holder pinned before is let go of. It fails where the version or the window says
// nothing, and where pieces are gone already.
func (s *Store) Pin(ctx context.Context, pin Pin) error {
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error { return writePin(ctx, tx, pin) })
	if err != nil {
		return fmt.Errorf("pinning version %d for %s: %w", pin.Version, pin.By, err)
	}
	return nil
}

func writePin(ctx context.Context, tx neo4j.Tx, pin Pin) error {
	switch {
	case pin.By == "":
		return fmt.Errorf("say who pins it")
	case pin.From >= pin.To || pin.To-pin.From > MostPinned:
		return fmt.Errorf("%s to %s: a pin holds 1 to %d minutes", pin.From, pin.To, MostPinned)
	}
	if _, there, err := folded(ctx, tx, pin.Version); err != nil || !there {
		return errors.Join(err, fmt.Errorf("the graph has no version %d", pin.Version))
	}
	if err := whole(ctx, tx, []span{{pin.From, pin.To}}, int64(pin.Version)); err != nil {
		return err
	}
	return tx.Exec(ctx, pinCreate, neo4j.Params{"version": int64(pin.Version), "from": int64(pin.From), "to": int64(pin.To), "by": pin.By})
}

// Unpin lets go of what a holder pinned. What is past its time goes at the next
// pruning.
func (s *Store) Unpin(ctx context.Context, by string) error {
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error { return tx.Exec(ctx, pinDelete, neo4j.Params{"by": by}) })
	if err != nil {
		return fmt.Errorf("letting go of what %s pinned: %w", by, err)
	}
	return nil
}

// Pins are all pins, those of the newest minutes first.
func (s *Store) Pins(ctx context.Context) ([]Pin, error) {
	var pins []Pin
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		pins = nil
		return tx.Each(ctx, pinsRead, nil, func(row neo4j.Row) error {
			var pin Pin
			var from, to int64
			err := row.Scan(&pin.Version, &from, &to, &pin.By)
			pin.From, pin.To = model.Minute(from), model.Minute(to)
			pins = append(pins, pin)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading what is pinned: %w", err)
	}
	return pins, nil
}

// ReleasePins lets go of pins of incidents that are gone and of those beyond
// MostPins, and says whose they were.
func (s *Store) ReleasePins(ctx context.Context) (released []string, err error) {
	return s.releasePins(ctx, MostPins)
}

func (s *Store) releasePins(ctx context.Context, most int) (released []string, err error) {
	err = s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		released = nil
		return tx.Each(ctx, pinsRelease, neo4j.Params{"most": most, "incident": incidentPin}, func(row neo4j.Row) error {
			var by string
			err := row.Scan(&by)
			released = append(released, by)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("letting go of pins: %w", err)
	}
	return released, nil
}

// before is how long before it began an incident is compared with.
const before = model.Minute(60)

// pinIncident pins what an incident cites, as far as it is there: an incident is
// worth keeping without.
func pinIncident(ctx context.Context, tx neo4j.Tx, incident *model.Incident) error {
	through, there, err := folded(ctx, tx, incident.Version)
	if err != nil || !there {
		return err
	}
	if err := writePin(ctx, tx, pinOf(incident, through)); !errors.Is(err, ErrPruned) {
		return err
	}
	return nil
}

// folded is the end of the minutes that a version speaks of; false where the graph
// does not have it.
func folded(ctx context.Context, tx neo4j.Tx, number uint64) (through model.Minute, there bool, err error) {
	if number > math.MaxInt64 {
		return 0, false, nil
	}
	err = tx.Each(ctx, versionByNumber, neo4j.Params{"number": int64(number)}, func(row neo4j.Row) error {
		version, err := scanVersion(row)
		through, there = version.To, true
		return err
	})
	return through, there, err
}

// pinOf is what an incident cites: its minutes and the hour that they are
// compared with, as of the version that it was explained in; at most a day of it.
func pinOf(incident *model.Incident, explained model.Minute) Pin {
	pin := Pin{Version: incident.Version, From: incident.Since - min(before, incident.Since), To: explained, By: incidentPin + incident.ID}
	if incident.Until != 0 {
		pin.To = min(pin.To, incident.Until)
	}
	pin.To = min(max(pin.To, incident.Since+1), pin.From+MostPinned)
	return pin
}
