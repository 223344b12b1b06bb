/** Writes `schema/`: each subgraph's SDL, the supergraph, what clients see of it, and the operations our own clients ask. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { composeServices } from '@apollo/composition'
import { Supergraph } from '@apollo/federation-internals'
import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
} from 'graphql'
import { generate } from '@graphql-codegen/cli'
import codegen from '../codegen.ts'
import { subgraphSdl } from '../subgraphs/runtime/federate.ts'
import { graphOf } from '../subgraphs/runtime/subgraph.ts'
import { subgraphs } from './subgraphs.ts'

const folder = new URL('../schema/', import.meta.url)
const write = (name: string, text: string) =>
  writeFileSync(new URL(name, folder), text.endsWith('\n') ? text : `${text}\n`)

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const services = subgraphs.map((it) => ({ name: it.name, sdl: subgraphSdl(graphOf(it)) }))
  const faults = services.flatMap(({ name, sdl }) => faultsOf(name, parse(sdl)))
  if (faults.length) fail(faults)
  for (const { name, sdl } of services) write(`${name}.graphql`, sdl)
  const composed = composeServices(
    services.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: `http://${name}.invalid/graphql` })),
  )
  if (composed.errors) fail(composed.errors.map((it) => it.message))
  // A field that two subgraphs share must have one rule: composition would keep either.
  const differing = composed.hints.filter((it) => it.message.includes('@auth'))
  if (differing.length) fail(differing.map((it) => it.message))
  else {
    write('supergraph.graphql', composed.supergraphSdl)
    const api = lexicographicSortSchema(Supergraph.build(composed.supergraphSdl).apiSchema().toGraphQLJSSchema())
    write('api.graphql', printSchema(api))
    write('operations.json', JSON.stringify(await operations(), null, 2))
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

/** Everything our own clients ask, by the SHA-256 of its text: in production patients may ask nothing else. */
async function operations(): Promise<Record<string, Operation>> {
  await generate({ ...codegen, silent: true }, true)
  const found: [hash: string, Operation][] = []
  for (const file of Object.keys(codegen.generates)) {
    const client = /^(?:subgraphs\/)?([a-z]+)/.exec(file)?.[1] ?? file
    if (!existsSync(file)) continue
    const documents = (await import(new URL(`../${file}`, import.meta.url).href)) as Record<string, DocumentNode>
    for (const [name, document] of Object.entries(documents)) {
      if (!isOperation(document)) continue
      const text = print(document)
      found.push([
        createHash('sha256').update(text).digest('hex'),
        { name: name.replace(/Document$/, ''), client, document: text },
      ])
    }
  }
  return Object.fromEntries(
    found.sort(([, a], [, b]) => `${a.client} ${a.name}`.localeCompare(`${b.client} ${b.name}`)),
  )
}

interface Operation {
  name: string
  client: string
  document: string
}

const isOperation = (document: DocumentNode) =>
  document.definitions?.some((it) => it.kind === Kind.OPERATION_DEFINITION)

function fail(faults: string[]): never {
  for (const fault of faults) console.error(`schema: ${fault}`)
  process.exit(1)
}

await main()
