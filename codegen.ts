import type { CodegenConfig } from '@graphql-codegen/cli'

/** Typed documents for every client of the graph, from the `.graphql` files that stand beside the code that asks them. */
const scalars = { DateTime: 'string', LocalDate: 'string' }
const typedDocuments = {
  plugins: ['typescript-operations', 'typed-document-node'],
  config: {
    scalars,
    useTypeImports: true,
    enumsAsTypes: true,
    avoidOptionals: false,
    exactOptionalPropertyTypes: true,
    documentVariablePrefix: '',
  },
}

const config: CodegenConfig = {
  schema: 'schema/api.graphql',
  ignoreNoDocuments: true,
  generates: {
    'web/src/lib/graph/index.ts': { documents: 'web/src/**/*.graphql', ...typedDocuments },
    'client/src/graph/index.ts': {
      documents: ['client/src/**/*.graphql', '!client/src/partner/**'],
      ...typedDocuments,
    },
    'client/src/partner/graph/index.ts': { documents: 'client/src/partner/**/*.graphql', ...typedDocuments },
    'subgraphs/messages/graph/index.ts': { documents: 'subgraphs/messages/*.graphql', ...typedDocuments },
    'subgraphs/documents/graph/index.ts': { documents: 'subgraphs/documents/**/*.graphql', ...typedDocuments },
  },
}

export default config
