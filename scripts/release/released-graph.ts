import { readFileSync, writeFileSync } from 'node:fs'
import { buildSchema, Kind, parse, print, printSchema, visit } from 'graphql'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import { type FieldRules, readFieldRules } from '../../gateway/reference/main.ts'

/** A graph as clients meet it: what there is, and who may use it. */
export interface Contract {
  readonly schema: GraphQLSchema
  readonly rules: FieldRules
}

const file = (name: string) => new URL(`../../schema/${name}`, import.meta.url)
const text = (name: string) => readFileSync(file(name), 'utf8')

/** What the code says now, as `npm run schema` wrote it. */
export const contractNow = (): Contract => ({
  schema: buildSchema(text('api.graphql')),
  rules: readFieldRules(text('supergraph.graphql')),
})

/** What the last release said. */
export const contractReleased = (): Contract => contractOf(text('released.graphql'))

/** Reads a graph whose fields carry their rules. */
export function contractOf(annotated: string): Contract {
  // Rebuilt from what is printed, which leaves the rules out: they are compared by themselves.
  const schema = buildSchema(printSchema(buildSchema(annotated, { assumeValidSDL: true })))
  return { schema, rules: readFieldRules(annotated) }
}

/** Both halves of a contract in one text: the graph, with its rule on each field. */
export function annotated(api: string, supergraph: string): string {
  const rules = readFieldRules(supergraph)
  const document: DocumentNode = visit(parse(api), {
    ObjectTypeDefinition: (type) => ({
      ...type,
      fields: type.fields?.map((field) => {
        const rule = rules.get(`${type.name.value}.${field.name.value}`)
        return rule ? { ...field, directives: [...(field.directives ?? []), directive(rule)] } : field
      }),
    }),
  })
  return `${print(document)}\n`
}

function directive({ roles, scopes }: { roles: ReadonlySet<string>; scopes: readonly string[] }) {
  const scopeArgument = scopes.length > 0 ? `, scopes: ${JSON.stringify(scopes)}` : ''
  const [definition] = parse(`type X { x: X @auth(roles: [${[...roles].join(', ')}]${scopeArgument}) }`).definitions
  const [field] = definition?.kind === Kind.OBJECT_TYPE_DEFINITION ? (definition.fields ?? []) : []
  const [made] = field?.directives ?? []
  if (!made) throw new Error('A rule could not be written.')
  return made
}

/** Makes what the code says now the last release. */
export function writeRelease(): void {
  writeFileSync(file('released.graphql'), annotated(text('api.graphql'), text('supergraph.graphql')))
}
