import { createHash } from 'node:crypto'
import { type FragmentDefinitionNode, GraphQLError, Kind, parse, print, separateOperations, visit } from 'graphql'
import type { DefinitionNode, DocumentNode } from 'graphql'
import { readWords } from './files.ts'
import { NotDone } from './not-done.ts'

/** What is in one of the files that were named. */
interface Read {
  readonly file: string
  readonly definitions: readonly DefinitionNode[]
}

/**
 * What the operations in these files are known by: SHA-256 of each as graphql-js prints it, and after it the fragments it
 * uses, by their names. So layout and comments do not matter, nor in which of the files a fragment stands.
 */
export async function hashesOf(files: readonly string[]): Promise<string[]> {
  const all = await Promise.all(files.map(read))
  const hashes = all.flatMap((it) => hashesIn(it, all.flatMap(fragmentsIn)))
  if (files.length && !hashes.length)
    throw new NotDone(`${files.join(', ')}: there is no operation in it, only fragments.`)
  return hashes
}

/** A fragment is looked for in the same file first. */
function hashesIn({ file, definitions }: Read, everywhere: readonly FragmentDefinitionNode[]): string[] {
  const found = [...everywhere, ...fragmentsIn({ file, definitions })]
  const fragments = new Map(found.map((it) => [it.name.value, it]))
  const byName = [...fragments.values()].sort((one, other) => (one.name.value < other.name.value ? -1 : 1))
  const operations = definitions.filter((it) => it.kind !== Kind.FRAGMENT_DEFINITION)
  const separate = Object.values(separateOperations({ kind: Kind.DOCUMENT, definitions: [...operations, ...byName] }))
  for (const operation of separate) refuseMissing(file, operation, fragments)
  return separate.map((it) => createHash('sha256').update(print(it)).digest('hex'))
}

function refuseMissing(file: string, operation: DocumentNode, fragments: ReadonlyMap<string, unknown>): void {
  visit(operation, {
    FragmentSpread({ name: { value } }) {
      if (fragments.has(value)) return
      throw new NotDone(`${file}: the fragment ${value} is in none of the files. Name the file it is in, too.`)
    },
  })
}

const fragmentsIn = ({ definitions }: Read) => definitions.filter((it) => it.kind === Kind.FRAGMENT_DEFINITION)

async function read(file: string): Promise<Read> {
  const text = await readWords(file)
  try {
    return { file, definitions: parse(text, { noLocation: true }).definitions }
  } catch (error) {
    const { line, column } = (error instanceof GraphQLError && error.locations?.[0]) || {}
    const place = line === undefined ? '' : `:${line}:${column}`
    throw new NotDone(`${file}${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
