import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildSchema } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import { readFieldRules } from '../field-rules.ts'
import type { FieldRules } from '../field-rules.ts'
import { framed, pages } from './frame.ts'
import type { Listing } from './listing.ts'
import type { Markup } from './markup.ts'
import { everything, reachOf } from './reach.ts'
import { type Reader, readers } from './reader.ts'
import { readerPage } from './reader-page.ts'
import { startPage } from './start-page.ts'

export { readFieldRules } from '../field-rules.ts'
export type { FieldRule, FieldRules } from '../field-rules.ts'
export { everything, type Reach, reachOf } from './reach.ts'
export { namesOf, type Reader, readers } from './reader.ts'

export interface ReferenceSource {
  /** The text of `schema/api.graphql`: what there is. */
  api: string
  /** The text of `schema/supergraph.graphql`: who may use it. */
  supergraph: string
  /** Where the sandbox is, seen from a page; left out when the reference stands by itself. */
  sandbox?: string
}

/** The reference as a static site: each file of it by its name. */
export function referencePages({ api, supergraph, sandbox }: ReferenceSource): ReadonlyMap<string, string> {
  const schema = buildSchema(api)
  const rules = readFieldRules(supergraph)
  const listings = new Map(readers.map((it) => [it.role as string, listingFor(schema, rules, it)]))
  const bodyOf = (file: string): Markup => {
    const reader = readers.find((it) => `${it.folder}.html` === file)
    const listing = reader && listings.get(reader.role)
    if (reader && listing) return pageFor(reader, listing)
    return file === 'index.html' ? startPage(listings) : pageOfEverything({ schema, rules, reach: everything(schema) })
  }
  return new Map(pages.map(({ file, name }) => [file, framed({ file, name, sandbox, body: bodyOf(file) })]))
}

const listingFor = (schema: GraphQLSchema, rules: FieldRules, { role }: Reader): Listing => ({
  schema,
  rules,
  reach: reachOf(schema, rules, role),
})

const pageFor = ({ name, who, role }: Reader, listing: Listing): Markup =>
  readerPage({ title: `For ${name}`, who, listing, withScopes: role === 'PARTNER' })

const pageOfEverything = (listing: Listing): Markup =>
  readerPage({ title: 'Everything', who: 'Every type, and for each field who may use it.', listing, withScopes: false })

/** Writes the files of the reference into a folder. */
export async function writeReference(folder: string, source: ReferenceSource): Promise<void> {
  await mkdir(folder, { recursive: true })
  const style = await readFile(new URL('./reference.css', import.meta.url))
  await writeFile(join(folder, 'reference.css'), style)
  for (const [file, page] of referencePages(source)) await writeFile(join(folder, file), page)
  await writeFile(join(folder, 'who-may.json'), whoMayText(source.supergraph))
}

/** The rule of every field for programs: the sandbox says with it for whom an operation is. */
const whoMayText = (supergraph: string): string =>
  JSON.stringify(
    Object.fromEntries(
      [...readFieldRules(supergraph)].map(([field, { roles, scopes }]) => [field, { roles: [...roles], scopes }]),
    ),
  )
