package pricecmd

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// printer writes answers in one format.
type printer interface {
	answer(Answer) error
	failure(Failure) error
	close() error
}

func newPrinter(out io.Writer, format string) (printer, error) {
	switch format {
	case "", "json":
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		return jsonPrinter{encoder}, nil
	case "csv":
		writer := csv.NewWriter(out)
		return newRows(writer.Write, func() error { writer.Flush(); return writer.Error() })
	case "table":
		writer := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
		return newRows(func(row []string) error {
			_, err := fmt.Fprintln(writer, strings.Join(row, "\t"))
			return err
		}, writer.Flush)
	default:
		return nil, fmt.Errorf("output format %q: want json, csv or table", format)
	}
}

type jsonPrinter struct{ encoder *json.Encoder }

func (p jsonPrinter) answer(a Answer) error   { return p.encoder.Encode(a) }
func (p jsonPrinter) failure(f Failure) error { return p.encoder.Encode(f) }
func (p jsonPrinter) close() error            { return nil }

// rowPrinter writes one row for each charge line.
type rowPrinter struct {
	write func([]string) error
	flush func() error
}

var columns = []string{"id", "code", "operation", "payer", "bytes", "unit_bytes", "rate_nano_usd_per_unit", "nano_usd", "rule", "source", "note", "error"}

func newRows(write func([]string) error, flush func() error) (printer, error) {
	return rowPrinter{write, flush}, write(columns)
}

func (p rowPrinter) answer(a Answer) error {
	for _, line := range a.Lines {
		err := p.write([]string{
			a.ID, line.Code, line.Operation, line.Payer, strconv.FormatUint(line.Bytes, 10), strconv.FormatUint(line.UnitBytes, 10),
			strconv.FormatInt(line.RateNano, 10), strconv.FormatInt(line.NanoUSD, 10), line.Rule, line.Source, line.Note, "",
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p rowPrinter) failure(f Failure) error {
	row := make([]string, len(columns))
	row[0], row[len(row)-1] = f.ID, f.Error
	return p.write(row)
}

func (p rowPrinter) close() error { return p.flush() }
