import type { CodegenConfig } from '@graphql-codegen/cli'

// Types of the API come from the one contract; nobody writes them by hand.
const scalars = {
  DateTime: 'string',
  Bytes: 'number | string',
  Version: 'number',
  JSON: 'unknown',
}

const config: CodegenConfig = {
  schema: '../schema.graphqls',
  documents: ['src/**/*.{ts,tsx}', '!src/gql/**'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { documentMode: 'string', scalars, useTypeImports: true, enumsAsTypes: true, skipTypename: true },
    },
    'mock/gen/schema.ts': {
      plugins: ['typescript'],
      config: { scalars, enumsAsTypes: true, skipTypename: true },
    },
  },
}

export default config
