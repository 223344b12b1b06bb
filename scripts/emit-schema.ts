/** Writes `schema/`: each subgraph's SDL, the supergraph, what clients see of it, and the operations our own clients ask. */
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { composeServices } from '@apollo/composition'
import { Supergraph } from '@apollo/federation-internals'
import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  print,
  printSchema,
  separateOperations,
  validate,
} from 'graphql'
import { lexicographicSortSchema } from 'graphql'
import { subgraphSdl } from '../subgraphs/runtime/federate.ts'
import { graphOf } from '../subgraphs/runtime/subgraph.ts'
import { subgraphs } from './subgraphs.ts'

const folder = new URL('../schema/', import.meta.url)
const write = (name: string, text: string) =>
  writeFileSync(new URL(name, folder), text.endsWith('\n') ? text : `${text}\n`)

function main(): void {
  mkdirSync(folder, { recursive: true })
  const services = subgraphs.map((it) => ({ name: it.name, sdl: subgraphSdl(graphOf(it)) }))
  const faults = services.flatMap(({ name, sdl }) => faultsOf(name, parse(sdl)))
  if (faults.length) fail(faults)
  for (const { name, sdl } of services) write(`${name}.graphql`, sdl)
  const composed = composeServices(
    services.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: `http://${name}.invalid/graphql` })),
  )
  if (composed.errors) fail(composed.errors.map((it) => it.message))
  else {
    write('supergraph.graphql', composed.supergraphSdl)
    const api = lexicographicSortSchema(Supergraph.build(composed.supergraphSdl).apiSchema().toGraphQLJSSchema())
    write('api.graphql', printSchema(api))
    write('operations.json', JSON.stringify(operations(api), null, 2))
  }
}

/** Every field says who may use it, and everything says what it means. */
function faultsOf(name: string, document: DocumentNode): string[] {
  const faults: string[] = []
  for (const node of document.definitions) {
    if (!('name' in node) || !node.name || !('description' in node || 'fields' in node)) continue
    const type = node.name.value
    const described = 'description' in node && node.description?.value.trim()
    if (!described && node.kind !== Kind.SCALAR_TYPE_DEFINITION && !operationTypes.has(type))
      faults.push(`${name}: ${type} has no description`)
    for (const field of 'fields' in node ? (node.fields ?? []) : []) {
      if (!field.description?.value.trim()) faults.push(`${name}: ${type}.${field.name.value} has no description`)
      if (node.kind === Kind.OBJECT_TYPE_DEFINITION && !ruled(field as FieldDefinitionNode))
        faults.push(`${name}: ${type}.${field.name.value} has no @auth`)
    }
  }
  return faults
}
const operationTypes = new Set(['Query', 'Mutation', 'auth', 'Role', 'Relation'])
const ruled = (field: FieldDefinitionNode) => field.directives?.some((it) => it.name.value === 'auth')

const clients = {
  web: 'web/src/**/*.graphql',
  client: 'client/src/**/*.graphql',
  messages: 'subgraphs/messages/*.graphql',
  documents: 'subgraphs/documents/*.graphql',
}

/** Everything our own clients ask, by the SHA-256 of its text: in production patients may ask nothing else. */
function operations(
  api: Parameters<typeof validate>[0],
): Record<string, { name: string; client: string; document: string }> {
  const found: [string, { name: string; client: string; document: string }][] = []
  const faults: string[] = []
  for (const [client, pattern] of Object.entries(clients)) {
    for (const file of globSync(pattern).sort()) {
      const document = parse(readFileSync(file, 'utf8'))
      faults.push(...validate(api, document).map((it) => `${file}: ${it.message}`))
      for (const [name, operation] of Object.entries(separateOperations(document))) {
        const text = print(operation)
        found.push([createHash('sha256').update(text).digest('hex'), { name, client, document: text }])
      }
    }
  }
  if (faults.length) fail(faults)
  return Object.fromEntries(found.sort(([, a], [, b]) => (a.client + a.name).localeCompare(b.client + b.name)))
}

function fail(faults: string[]): never {
  for (const fault of faults) console.error(`schema: ${fault}`)
  process.exit(1)
}

main()
