// The rules of the one contract, schema.graphqls: `npm run lint:schema`, part of `make lint`.
import * as graphql from '@graphql-eslint/eslint-plugin'

export default [
  {
    files: ['schema.graphqls'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphqls' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      // Every type, field, argument and input field says what it is, with its unit.
      '@graphql-eslint/require-description': ['error', { types: true, FieldDefinition: true, InputValueDefinition: true, DirectiveDefinition: true, rootField: true }],
      '@graphql-eslint/no-unreachable-types': 'error',
      '@graphql-eslint/unique-type-names': 'error',
      // One line in quotes where it fits on one.
      '@graphql-eslint/description-style': 'off',
      // Sums, lines and buckets of an answer have no identity of their own.
      '@graphql-eslint/strict-id-in-types': 'off',
      // What is bounded is a plain list; what grows is a connection, read forwards.
      '@graphql-eslint/relay-edge-types': ['error', { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
    },
  },
]
