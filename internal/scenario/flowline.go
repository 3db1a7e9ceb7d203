package scenario

import (
	"fmt"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// readFlows parses flows.txt line by line.
func (sc *Scenario) readFlows(s section) error {
	for i, line := range strings.Split(s.text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if err := sc.readFlowLine(words); err != nil {
			return fmt.Errorf("%s:%d: %w", sc.File, s.line+i, err)
		}
	}
	if len(sc.flows) == 0 {
		return fmt.Errorf("%s:%d: a scenario needs at least one flow, in the section %s", sc.File, max(1, s.line), s.name)
	}
	return nil
}

// maxRepeats bounds a range of minutes: a day.
const maxRepeats = 24 * 60

// readFlowLine reads "on DAY", which comes first, "book NAME", or TIME or
// TIME..TIME (every minute of the range) and a flow, a silence or a loss.
func (sc *Scenario) readFlowLine(words []string) error {
	if words[0] == "book" && len(words) == 2 {
		sc.Book = words[1]
		return nil
	}
	if words[0] == "on" || sc.day.IsZero() {
		return sc.readDay(words)
	}
	if words[0] == "compare" {
		return sc.readComparison(words[1:])
	}
	from, to, isRange := strings.Cut(words[0], "..")
	at, length, err := sc.timeOfDay(from)
	if err != nil {
		return err
	}
	last := at
	if isRange {
		if last, _, err = sc.timeOfDay(to); err != nil {
			return err
		}
		if last.Before(at) || last.Sub(at) > maxRepeats*time.Minute {
			return fmt.Errorf("range %s: want a start before its end on the same day", words[0])
		}
	}
	for ; !at.After(last); at = at.Add(time.Minute) {
		if err := sc.readEvent(at, length, words[1:]); err != nil {
			return err
		}
	}
	return nil
}

func (sc *Scenario) readDay(words []string) error {
	if len(words) != 2 || words[0] != "on" {
		return fmt.Errorf("want the day first, in a line such as: on 2026-11-23")
	}
	if !sc.day.IsZero() {
		return fmt.Errorf("a scenario has one day, and it is %s already", sc.day.Format(time.DateOnly))
	}
	day, err := time.Parse(time.DateOnly, words[1])
	if err != nil {
		return fmt.Errorf("day %q: want one such as 2026-11-23", words[1])
	}
	sc.day = day
	return nil
}

func (sc *Scenario) readEvent(at time.Time, length time.Duration, words []string) error {
	switch {
	case len(words) >= 2 && words[0] == "silent":
		return sc.readSilence(at, length, words[1:])
	case len(words) == 3 && words[0] == "price":
		return sc.readPrice(at, words[1:])
	case len(words) >= 3 && words[0] == "loss":
		return sc.readLoss(at, length, words[1:])
	default:
		return sc.readFlow(at, length, words)
	}
}

// readFlow reads LEFT -> RIGHT PORT PROTOCOL sent SIZE received SIZE OPTIONS.
func (sc *Scenario) readFlow(at time.Time, length time.Duration, words []string) error {
	if len(words) < 9 || words[1] != "->" || words[5] != "sent" || words[7] != "received" {
		return fmt.Errorf("want TIME LEFT -> RIGHT PORT PROTOCOL sent SIZE received SIZE, then options")
	}
	f := flow{at: at, length: length, connections: 1}
	var err error
	if f.left, err = sc.endNamed(words[0], at); err != nil {
		return err
	}
	if f.right, err = sc.endNamed(words[2], at); err != nil {
		return err
	}
	if f.port, err = parsePort(words[3]); err != nil {
		return err
	}
	if f.protocol, err = model.ParseProtocol(words[4]); err != nil {
		return err
	}
	sent, err := parseBytes(words[6])
	if err != nil {
		return err
	}
	received, err := parseBytes(words[8])
	if err != nil {
		return err
	}
	f.sent, f.received = countsOf(sent, f.protocol), countsOf(received, f.protocol)
	f.otherSent, f.otherReceived = f.sent, f.received
	f.byLeft, f.byRight = f.left.reports(), f.right.reports()
	if err := sc.readOptions(&f, words[9:]); err != nil {
		return err
	}
	if err := checkWindow(f.at, f.length); err != nil {
		return err
	}
	if !f.byLeft && !f.byRight {
		return fmt.Errorf("nobody reports this flow: at least one end must be on a node of the inventory")
	}
	sc.flows = append(sc.flows, f)
	return nil
}

// checkWindow refuses a window over a minute's border: its bytes would have no
// minute of their own.
func checkWindow(at time.Time, length time.Duration) error {
	if length <= 0 || at.Add(length).After(model.MinuteOf(at).End()) {
		return fmt.Errorf("%s for %s crosses the end of its minute: give a shorter time with \"for\"", at.Format(time.TimeOnly), length)
	}
	return nil
}

func (sc *Scenario) readSilence(at time.Time, length time.Duration, words []string) error {
	agent, err := sc.agentNamed(words[0])
	if err != nil {
		return err
	}
	if length, err = lengthOption(length, words[1:]); err != nil {
		return err
	}
	sc.silences = append(sc.silences, silence{agent, model.Period{From: at, To: at.Add(length)}})
	return nil
}

// readLoss reads NODE REASON, then optionally "bytes SIZE" and "for TIME".
func (sc *Scenario) readLoss(at time.Time, length time.Duration, words []string) error {
	agent, err := sc.agentNamed(words[0])
	if err != nil {
		return err
	}
	lost := loss{agent, model.Loss{Reason: model.LossReason(words[1]), From: at, Flows: 1}}
	rest := words[2:]
	if len(rest) >= 2 && rest[0] == "bytes" {
		if lost.Bytes, err = parseBytes(rest[1]); err != nil {
			return err
		}
		lost.BytesKnown, rest = true, rest[2:]
	}
	if length, err = lengthOption(length, rest); err != nil {
		return err
	}
	lost.To = at.Add(length)
	if err := checkWindow(at, length); err != nil {
		return err
	}
	sc.losses = append(sc.losses, lost)
	return nil
}

func lengthOption(fallback time.Duration, words []string) (time.Duration, error) {
	switch {
	case len(words) == 0:
		return fallback, nil
	case len(words) == 2 && words[0] == "for":
		return parseLength(words[1])
	default:
		return 0, fmt.Errorf("%q: want nothing or \"for 30s\" here", strings.Join(words, " "))
	}
}

func parseLength(text string) (time.Duration, error) {
	length, err := time.ParseDuration(text)
	if err != nil || length <= 0 {
		return 0, fmt.Errorf("time %q: want a length such as 10s", text)
	}
	return length, nil
}
