package chat

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

//go:embed operations/*.graphql
var operationFiles embed.FS

// Operation is one stored GraphQL query, and one tool.
type Operation struct {
	// Name is the operation's and the tool's name.
	Name string
	// Description is the file's leading comment.
	Description string
	// Document is the query as it is executed.
	Document string
	// Input is the JSON schema of the variables.
	Input Schema
}

// Schema is a JSON schema of a closed object.
type Schema struct {
	Properties map[string]any
	Required   []string
}

// LoadOperations reads the stored operations, checks them against a schema and
// adds the calculator.
func LoadOperations(schema *ast.Schema) ([]Operation, error) {
	files, err := fs.Glob(operationFiles, "operations/*.graphql")
	if err != nil {
		return nil, err
	}
	operations := make([]Operation, 0, len(files))
	for _, file := range files {
		text, err := operationFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		operation, err := parseOperation(path.Base(file), string(text), schema)
		if err != nil {
			return nil, fmt.Errorf("stored operation %s: %w", file, err)
		}
		operations = append(operations, operation)
	}
	operations = append(operations, calculatorTool)
	slices.SortFunc(operations, func(a, b Operation) int { return cmp.Compare(a.Name, b.Name) })
	return operations, nil
}

func parseOperation(file, text string, schema *ast.Schema) (Operation, error) {
	document, err := parser.ParseQuery(&ast.Source{Name: file, Input: text})
	if err != nil {
		return Operation{}, err
	}
	if failures := validator.ValidateWithRules(schema, document, nil); len(failures) > 0 {
		return Operation{}, failures
	}
	if len(document.Operations) != 1 || document.Operations[0].Operation != ast.Query {
		return Operation{}, fmt.Errorf("want exactly one query: tools never write")
	}
	query := document.Operations[0]
	if query.Name+".graphql" != file {
		return Operation{}, fmt.Errorf("the query is named %q; name it as the file", query.Name)
	}
	description, variables := comments(text)
	if description == "" {
		return Operation{}, fmt.Errorf("no leading comment: it becomes the tool's description")
	}
	input, err := inputOf(query.VariableDefinitions, variables, schema)
	return Operation{Name: query.Name, Description: description, Document: text, Input: input}, err
}

// comments splits the leading comment into the description and the text of
// each "$variable: text" line.
func comments(text string) (description string, variables map[string]string) {
	variables = map[string]string{}
	var words []string
	for source := range strings.Lines(text) {
		line, isComment := strings.CutPrefix(strings.TrimSpace(source), "#")
		if !isComment {
			break
		}
		line = strings.TrimSpace(line)
		if name, meaning, found := strings.Cut(line, ": "); found && strings.HasPrefix(name, "$") {
			variables[name[1:]] = meaning
			continue
		}
		words = append(words, line)
	}
	return strings.Join(words, " "), variables
}

func inputOf(definitions ast.VariableDefinitionList, meanings map[string]string, schema *ast.Schema) (Schema, error) {
	input := Schema{Properties: map[string]any{}}
	for _, definition := range definitions {
		meaning := meanings[definition.Variable]
		if meaning == "" {
			return Schema{}, fmt.Errorf("variable $%s has no line in the leading comment", definition.Variable)
		}
		property, err := propertyOf(definition.Type, schema)
		if err != nil {
			return Schema{}, fmt.Errorf("variable $%s: %w", definition.Variable, err)
		}
		property["description"] = meaning
		input.Properties[definition.Variable] = property
		if definition.Type.NonNull && definition.DefaultValue == nil {
			input.Required = append(input.Required, definition.Variable)
		}
	}
	return input, nil
}

// propertyOf is the JSON schema of a variable's type.
func propertyOf(t *ast.Type, schema *ast.Schema) (map[string]any, error) {
	if t.Elem != nil {
		return nil, fmt.Errorf("lists are not supported")
	}
	switch t.NamedType {
	case "Int", "Version", "Bytes":
		return map[string]any{"type": "integer"}, nil
	case "String", "ID":
		return map[string]any{"type": "string"}, nil
	case "Boolean":
		return map[string]any{"type": "boolean"}, nil
	case "DateTime":
		return map[string]any{"type": "string", "format": "date-time"}, nil
	}
	definition := schema.Types[t.NamedType]
	if definition == nil || definition.Kind != ast.Enum {
		return nil, fmt.Errorf("type %s is not supported: use scalars and enums", t.NamedType)
	}
	values := make([]string, len(definition.EnumValues))
	for i, value := range definition.EnumValues {
		values[i] = value.Name
	}
	return map[string]any{"type": "string", "enum": values}, nil
}
