package graphstore

import (
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// properties reads a node's properties and keeps the first failure. An absent
// property is the zero value.
type properties struct {
	values map[string]any
	err    error
}

func bagOf(value any) *properties {
	values, ok := value.(map[string]any)
	if !ok {
		return &properties{err: fmt.Errorf("expected a node's properties, got %T", value)}
	}
	return &properties{values: values}
}

func get[T any](p *properties, name string) T {
	var zero T
	value, there := p.values[name]
	if !there || value == nil {
		return zero
	}
	typed, ok := value.(T)
	if !ok && p.err == nil {
		p.err = fmt.Errorf("property %s is a %T, not a %T", name, value, zero)
	}
	return typed
}

func (p *properties) has(name string) bool            { return p.values[name] != nil }
func (p *properties) flag(name string) bool           { return get[bool](p, name) }
func (p *properties) text(name string) string         { return get[string](p, name) }
func (p *properties) int64(name string) int64         { return get[int64](p, name) }
func (p *properties) digest(name string) model.Digest { return model.Digest(p.text(name)) }

func (p *properties) uint64(name string) uint64 {
	number := p.int64(name)
	if number < 0 && p.err == nil {
		p.err = fmt.Errorf("property %s is %d, below zero", name, number)
	}
	return uint64(number)
}

func (p *properties) time(name string) time.Time {
	at := get[time.Time](p, name)
	if at.IsZero() {
		return time.Time{}
	}
	return at.UTC()
}

func (p *properties) texts(name string) []string {
	var texts []string
	for _, element := range get[[]any](p, name) {
		text, ok := element.(string)
		if !ok && p.err == nil {
			p.err = fmt.Errorf("property %s holds a %T, not only strings", name, element)
		}
		texts = append(texts, text)
	}
	return texts
}
