import { existsSync, readFileSync } from 'node:fs'
import { KnownOperations } from './known-operations.ts'

const schemaFile = (name: string) => new URL(`../schema/${name}`, import.meta.url)

/** The composed graph: as given, or as `npm run schema` wrote it. */
export function supergraphText(given: string | undefined): string {
  const file = schemaFile('supergraph.graphql')
  if (given === undefined && !existsSync(file))
    throw new Error('schema/supergraph.graphql is missing: run `npm run schema`')
  return given ?? readFileSync(file, 'utf8')
}

/** The operations our clients were built with. Without the list nobody from outside could ask anything in production. */
export function knownOperations(given: string | undefined, production: boolean): KnownOperations {
  const file = schemaFile('operations.json')
  if (given !== undefined) return new KnownOperations(given)
  if (existsSync(file)) return new KnownOperations(readFileSync(file, 'utf8'))
  if (production)
    throw new Error(
      'schema/operations.json is missing: in production only the operations in it are run. Run `npm run schema`',
    )
  return new KnownOperations('{}')
}
