package inventory

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/egressor/egressor/internal/model"
)

// Parse reads the facts of a file's text; path is for error messages and the
// facts' Source. Either there is an error and no fact, or no error.
func Parse(path string, text []byte) ([]model.Fact, error) {
	var doc document
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	err := decoder.Decode(&doc)
	if errors.Is(err, io.EOF) {
		return nil, nil // an empty file states nothing
	}
	if err != nil {
		return nil, grammarError(path, err)
	}
	if err := decoder.Decode(new(document)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: want one YAML document, found a second", path)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, grammarError(path, err)
	}
	p := &parser{path: path, cluster: doc.Cluster, root: &root, seen: map[string]int{}}
	p.document(doc)
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	return p.facts, nil
}

var (
	lineNumber = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	unknown    = regexp.MustCompile(`field (\S+) not found in type inventory\.(\w+?)(?:Entry)?$`)
)

// grammarError rewrites the YAML reader's errors into "file:line: message".
func grammarError(path string, err error) error {
	messages := []string{err.Error()}
	var typeError *yaml.TypeError
	if errors.As(err, &typeError) {
		messages = typeError.Errors
	}
	var errs []error
	for _, message := range messages {
		message = strings.ReplaceAll(message, "\n", " ")
		at := path
		if m := lineNumber.FindStringSubmatch(message); m != nil {
			at, message = path+":"+m[1], m[2]
		}
		if m := unknown.FindStringSubmatch(message); m != nil {
			message = fmt.Sprintf("a %s has no field %q (see the grammar in the documentation)", m[2], m[1])
		}
		errs = append(errs, fmt.Errorf("%s: %s", at, message))
	}
	return errors.Join(errs...)
}

// parser turns entries into facts and collects every mistake with its line.
type parser struct {
	path, cluster string
	root          *yaml.Node
	facts         []model.Fact
	errs          []error
	// seen has the line of each fact's identity.
	seen map[string]int
}

// entry is one item of a section: where it stands, for messages.
type entry struct {
	*parser
	section string
	node    *yaml.Node
}

func (p *parser) entry(section string, index int) entry {
	node := p.root.Content[0]
	if items := field(node, section); items != nil && index < len(items.Content) {
		node = resolveAlias(items.Content[index])
	}
	return entry{parser: p, section: section, node: node}
}

// fail notes a mistake in a field, at the field's line where the entry has it.
func (e entry) fail(name, format string, args ...any) {
	line := e.node.Line
	if value := field(e.node, name); value != nil {
		line = value.Line
	}
	e.errs = append(e.errs, fmt.Errorf("%s:%d: %s: %s: %s", e.path, line, e.section, name, fmt.Sprintf(format, args...)))
}

// required notes a mistake for each named field that is empty.
func (e entry) required(fields map[string]string) {
	var empty []string
	for name, value := range fields {
		if value == "" {
			empty = append(empty, name)
		}
	}
	slices.Sort(empty)
	for _, name := range empty {
		e.fail(name, "missing")
	}
}

// state adds the fact, once its period and identity are in order.
func (e entry) state(f model.Fact, c common) {
	f.Period = model.Period{From: c.From.UTC(), To: c.To.UTC()}
	f.Recorded, f.Source = c.Recorded.UTC(), c.Source
	if f.Source == "" {
		f.Source = defaultSource(e.path)
	}
	if !f.Period.To.IsZero() && !f.Period.From.Before(f.Period.To) {
		e.fail("to", "%s is not after from", c.To)
	}
	identity := fmt.Sprintf("%s %q from %s recorded %s", f.Kind, f.Key, f.Period.From, f.Recorded)
	if line, twice := e.seen[identity]; twice {
		e.fail("key", "%s %q is stated already in line %d, with the same from and recorded", f.Kind, f.Key, line)
	}
	e.seen[identity] = e.node.Line
	e.facts = append(e.facts, f)
}

// field returns the value of a mapping's key, nil where it has none. Merged
// mappings (<<) are not looked into: only the line is coarser then.
func field(mapping *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == name {
			return resolveAlias(mapping.Content[i+1])
		}
	}
	return nil
}

func resolveAlias(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}
