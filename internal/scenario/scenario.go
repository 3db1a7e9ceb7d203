package scenario

import (
	"fmt"
	"strings"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/textfile"
)

// Scenario is one parsed scenario file.
type Scenario struct {
	// File is the name given to Parse, for messages.
	File string
	// Title is the first line of the prose, Prose all of it.
	Title, Prose string
	// Book names the price book: one that comes with the program, or a file.
	Book string
	// Agents are the nodes, in the order of the inventory.
	Agents []model.AgentID
	// Facts are the inventory and the cloud as the store would hold them.
	Facts []model.Fact

	archive   *archive
	day       time.Time
	nodes     map[string]*model.NodeFact
	pods      []pod
	services  map[string]*model.ServiceFact
	endpoints map[string]*model.EndpointFact
	flows     []flow
	silences  []silence
	losses    []loss
	prices    []priceChange
	// comparisons are the pairs of stretches whose difference is to be explained.
	comparisons []comparison
}

// Load reads and parses a scenario file.
func Load(path string) (*Scenario, error) {
	data, err := textfile.Read(path, "a scenario")
	if err != nil {
		return nil, fmt.Errorf("scenario: %w", err)
	}
	return Parse(path, data)
}

// Parse reads a scenario. Every line of an error begins with the file and the
// line number.
func Parse(file string, data []byte) (*Scenario, error) {
	a, err := splitArchive(file, data)
	if err != nil {
		return nil, err
	}
	title, _, _ := strings.Cut(strings.TrimSpace(a.prose), "\n")
	sc := &Scenario{
		File: file, Title: strings.TrimLeft(title, "# "), Prose: a.prose, archive: a, Book: pricebooks.Default,
		nodes:     map[string]*model.NodeFact{},
		services:  map[string]*model.ServiceFact{},
		endpoints: map[string]*model.EndpointFact{},
	}
	for _, name := range []string{sectionInventory, sectionCloud} {
		if err := sc.readFacts(a.section(name)); err != nil {
			return nil, err
		}
	}
	if err := sc.readFlows(a.section(sectionFlows)); err != nil {
		return nil, err
	}
	return sc, nil
}

// timeOfDay reads HH:MM or HH:MM:SS on the scenario's day, and how long a flow
// at such a time lasts if nothing else is said: a minute, or ten seconds.
func (sc *Scenario) timeOfDay(text string) (time.Time, time.Duration, error) {
	for layout, length := range map[string]time.Duration{"15:04": time.Minute, "15:04:05": 10 * time.Second} {
		if clock, err := time.Parse(layout, text); err == nil {
			return sc.day.Add(clock.Sub(clock.Truncate(24 * time.Hour))), length, nil
		}
	}
	return time.Time{}, 0, fmt.Errorf("time %q: want HH:MM or HH:MM:SS", text)
}
