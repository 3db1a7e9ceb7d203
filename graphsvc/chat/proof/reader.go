package proof

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"time"
)

// reader goes through one result.
type reader struct {
	ledger   *Ledger
	call     string
	version  uint64
	from, to string
}

// read returns the result with each figure as a text with its reference.
func (r *reader) read(path, key string, value any, about *row) any {
	switch value := value.(type) {
	case map[string]any:
		return r.readObject(path, key, value, about)
	case []any:
		r.ledger.lengths[len(value)] = true
		for i := range value {
			value[i] = r.read(fmt.Sprintf("%s[%d]", path, i), key, value[i], about)
		}
		return value
	case json.Number:
		return r.number(path, key, value.String(), about)
	case string:
		if isBytes(key) {
			return r.number(path, key, value, about) // beyond 2^53 the API writes counts as strings
		}
		text := Harmless(value, lettersOf(key))
		if engineKeys[key] || wholeMoment.MatchString(text) {
			r.ledger.addText(text)
		}
		r.ledger.addWords(text)
		r.ledger.learnPrivate(key, text)
		if isEntityKey(key) {
			r.ledger.addEntity(text)
		}
		return text
	default:
		return value
	}
}

func (r *reader) readObject(path, key string, object map[string]any, about *row) any {
	if money, ok := moneyIn(object); ok {
		r.ledger.currency = money.currency
		return r.figure(path, key, quantity{money.amount, ofMoney(money.currency)}, money.display, about)
	}
	if rows, ok := rowsIn(object); ok {
		object["rows"] = rows
		delete(object, "columns")
	}
	inner := newRow(about)
	inner.take(object)
	for _, name := range slices.Sorted(maps.Keys(object)) {
		object[name] = r.read(path+"."+name, name, object[name], inner)
	}
	if minutes, ok := lengthOf(object); ok {
		object["length"] = r.figure(path+".length", "length", quantity{minutes, ofTime}, displayed(quantity{minutes, ofTime}), inner)
	}
	if text := causeIn(key, object); text != "" {
		object["cause"] = "#" + r.ledger.blame(&Cause{Text: text, Call: r.call, row: inner}).Ref
	}
	return object
}

// number makes a figure of a number, by the unit that the field's name says.
func (r *reader) number(path, key, text string, about *row) any {
	exact, ok := new(big.Rat).SetString(text)
	if !ok {
		return Harmless(text, maxTextLetters)
	}
	q := quantity{exact, count}
	switch {
	case isName(key):
		r.ledger.numbers[canonical(text)] = true
		r.ledger.texts[textFigure{canonical(text), ""}] = true
		return json.Number(text)
	case isBytes(key):
		q.dim = ofBytes
	case strings.HasSuffix(key, "Nano"):
		q = quantity{new(big.Rat).Quo(exact, big.NewRat(1_000_000_000, 1)), ofMoney(r.ledger.currency)}
		return r.figure(path, key, q, displayed(q), about)
	case strings.HasSuffix(key, "Seconds"):
		q.dim = ofTime
	case strings.HasSuffix(key, "Micros"):
		q = quantity{new(big.Rat).Quo(exact, big.NewRat(1_000_000, 1)), ofTime}
		return r.figure(path, key, q, text+" µs", about)
	case key == "minutes" || key == "foldedMinutes":
		q.dim, q.number = ofTime, new(big.Rat).Mul(exact, big.NewRat(60, 1))
		return r.figure(path, key, q, text+" min", about)
	}
	display := displayed(q)
	if q.dim == count {
		display = text
	}
	return r.figure(path, key, q, display, about)
}

func (r *reader) figure(path, _ string, q quantity, display string, about *row) any {
	f := r.ledger.mint(&Figure{
		Display: display, Version: r.version, From: r.from, To: r.to,
		Call: r.call, Path: strings.TrimPrefix(path, "."), value: q, row: about,
	})
	return display + " #" + f.Ref
}

type money struct {
	amount            *big.Rat
	currency, display string
}

// moneyIn reads the API's form of money.
func moneyIn(object map[string]any) (money, bool) {
	amount, hasAmount := object["amount"].(string)
	display, hasDisplay := object["display"].(string)
	currency, hasCurrency := object["currency"].(string)
	if !hasAmount || !hasDisplay || !hasCurrency {
		return money{}, false
	}
	exact, ok := new(big.Rat).SetString(amount)
	return money{exact, currency, Harmless(display, maxTextLetters)}, ok
}

// rowsIn makes objects of a table's rows, named by its columns: a column's name
// says what its numbers are.
func rowsIn(object map[string]any) ([]any, bool) {
	columns, hasColumns := object["columns"].([]any)
	rows, hasRows := object["rows"].([]any)
	if !hasColumns || !hasRows {
		return nil, false
	}
	named := make([]any, len(rows))
	for i := range rows {
		cells, isList := rows[i].([]any)
		if !isList || len(cells) != len(columns) {
			return nil, false
		}
		row := map[string]any{}
		for n, cell := range cells {
			name, _ := columns[n].(string)
			row[Harmless(name, maxTextLetters)] = cell
		}
		named[i] = row
	}
	return named, true
}

// lengthOf is the length of a window in seconds.
func lengthOf(object map[string]any) (*big.Rat, bool) {
	from, to := stringIn(object, "from"), stringIn(object, "to")
	if len(object) != 2 {
		return nil, false
	}
	start, err1 := time.Parse(time.RFC3339, from)
	end, err2 := time.Parse(time.RFC3339, to)
	if err1 != nil || err2 != nil || !end.After(start) {
		return nil, false
	}
	return big.NewRat(int64(end.Sub(start)/time.Second), 1), true
}

// causeIn says what cause an object of a result is, "" where it is none: a finding
// of an incident, or the rule of a charge.
func causeIn(key string, object map[string]any) string {
	switch key {
	case "findings", "causes":
		text := stringIn(object, "kind") + ": " + stringIn(object, "subject")
		if confidence := stringIn(object, "confidence"); confidence != "" {
			text += " (confidence " + confidence + ")"
		}
		return text
	case "charges":
		if rule := stringIn(object, "rule"); rule != "" {
			return "rule " + rule + ", " + stringIn(object, "code")
		}
	}
	return ""
}

func stringIn(object map[string]any, key string) string {
	text, _ := object[key].(string)
	return text
}

func treeOf(text json.RawMessage) (tree any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err = decoder.Decode(&tree); err == nil && decoder.More() {
		err = fmt.Errorf("more than one value")
	}
	return tree, err
}

func encode(tree any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // markup is escaped already, in texts alone
	err := encoder.Encode(tree)
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), err
}
