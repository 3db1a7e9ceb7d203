package ranges

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/netip"
	"strconv"
	"strings"
)

// form is the first line of the text form.
const form = "egressor-ranges 1"

// WriteText writes the table as text: the form's name, a line for each origin,
// one for each label, numbered from 0, and one for each range:
//
//	egressor-ranges 1
//	origin	aws	2026-10-26	https://ip-ranges.amazonaws.com/ip-ranges.json
//	label	aws	s3	us-east-1
//	3.5.0.0/19	0
//
// Fields are separated by tabs. Equal tables have equal text.
func (t *Table) WriteText(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, form)
	for _, o := range t.origins {
		fmt.Fprintf(out, "origin\t%s\t%s\t%s\n", o.Provider, o.Date, o.Source)
	}
	for _, l := range t.labels {
		fmt.Fprintf(out, "label\t%s\t%s\t%s\n", l.Provider, l.Service, l.Region)
	}
	for _, r := range t.ranges {
		fmt.Fprintf(out, "%s\t%d\n", r.prefix, r.label)
	}
	return out.Flush()
}

// ParseText is the inverse of WriteText. name is for error messages, which name
// the line.
func ParseText(name string, text []byte) (*Table, error) {
	p := textParser{}
	scanner := bufio.NewScanner(bytes.NewReader(text))
	line := 0
	for scanner.Scan() {
		line++
		if err := p.line(line, scanner.Text()); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, line+1, err)
	}
	if line == 0 {
		return nil, fmt.Errorf("%s: empty: want a first line %q", name, form)
	}
	return Build(p.origins, p.ranges), nil
}

type textParser struct {
	origins []Origin
	labels  []Label
	ranges  []Range
}

func (p *textParser) line(number int, text string) error {
	fields := strings.Split(text, "\t")
	switch {
	case number == 1:
		if text != form {
			return fmt.Errorf("%q: want the form %q", text, form)
		}
	case fields[0] == "origin" && len(fields) == 4:
		p.origins = append(p.origins, Origin{Provider: fields[1], Date: fields[2], Source: fields[3]})
	case fields[0] == "label" && len(fields) == 4:
		p.labels = append(p.labels, Label{Provider: fields[1], Service: fields[2], Region: fields[3]})
		if len(p.labels) >= nobody {
			return fmt.Errorf("more than %d labels", nobody)
		}
	case len(fields) == 2:
		return p.addRange(fields[0], fields[1])
	default:
		return fmt.Errorf("%q is neither an origin, a label nor a range", text)
	}
	return nil
}

func (p *textParser) addRange(prefix, label string) error {
	parsed, err := parsePrefix(prefix)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(label)
	if err != nil || number < 0 || number >= len(p.labels) {
		return fmt.Errorf("label %q: there are %d, numbered from 0", label, len(p.labels))
	}
	p.ranges = append(p.ranges, Range{parsed, p.labels[number]})
	return nil
}

// parsePrefix reads a prefix and clears the bits behind its length; a single
// address is a prefix of its own.
func parsePrefix(text string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(addr.Unmap(), addr.Unmap().BitLen()), nil
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("%q is no address range", text)
	}
	if prefix.Addr().Is4In6() {
		return netip.Prefix{}, fmt.Errorf("%q is an IPv4 range written as IPv6", text)
	}
	return prefix.Masked(), nil
}
