package messages

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
)

type tool struct {
	Type         string          `json:"type"`
	Name         string          `json:"name"`
	Description  string          `json:"description"`
	InputSchema  json.RawMessage `json:"input_schema"`
	Strict       bool            `json:"strict"`
	CacheControl *cacheControl   `json:"cache_control"`
}

// schema is the part of JSON Schema that tool inputs are written in.
type schema struct {
	Type                 string              `json:"type"`
	Properties           map[string]property `json:"properties"`
	Required             []string            `json:"required"`
	AdditionalProperties *bool               `json:"additionalProperties"`
}

type property struct {
	Type        string   `json:"type"`
	Description string   `json:"description"`
	Enum        []string `json:"enum"`
	Format      string   `json:"format"`
}

var toolName = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,128}$`)

func checkTools(tools []tool) error {
	names := map[string]bool{}
	for i, t := range tools {
		if !toolName.MatchString(t.Name) {
			return fmt.Errorf("tools.%d.name: %q does not match %s", i, t.Name, toolName)
		}
		if names[t.Name] {
			return fmt.Errorf("tools: tool names must be unique: %s", t.Name)
		}
		names[t.Name] = true
		if err := t.checkInput(); err != nil {
			return fmt.Errorf("tools.%d.input_schema: %w", i, err)
		}
	}
	return nil
}

func (t tool) checkInput() error {
	var s schema
	if err := json.Unmarshal(t.InputSchema, &s); err != nil {
		return err
	}
	if s.Type != "object" {
		return fmt.Errorf("type must be object, not %q", s.Type)
	}
	if t.Strict && (s.AdditionalProperties == nil || *s.AdditionalProperties) {
		return fmt.Errorf("strict wants additionalProperties to be false")
	}
	for _, name := range s.Required {
		if _, known := s.Properties[name]; !known {
			return fmt.Errorf("required property %q is not defined", name)
		}
	}
	for name, p := range s.Properties {
		if !slices.Contains([]string{"string", "integer", "number", "boolean", "array", "object"}, p.Type) {
			return fmt.Errorf("property %q: %q is no JSON type", name, p.Type)
		}
	}
	return nil
}
