import { createHash } from 'node:crypto'
import { type DocumentNode, GraphQLError, parse, print, separateOperations } from 'graphql'
import { readWords } from './files.ts'
import { NotDone } from './not-done.ts'

/**
 * What the operations in these files are known by: SHA-256 of each as graphql-js prints it, with the fragments it uses, so
 * that layout and comments do not matter.
 */
export async function hashesOf(files: readonly string[]): Promise<string[]> {
  const hashes = await Promise.all(files.map(async (file) => hashesIn(file, await readWords(file))))
  return hashes.flat()
}

function hashesIn(file: string, text: string): string[] {
  const operations = Object.values(separateOperations(document(file, text)))
  if (!operations.length) throw new NotDone(`${file}: there is no operation in it, only fragments.`)
  return operations.map((it) => createHash('sha256').update(print(it)).digest('hex'))
}

function document(file: string, text: string): DocumentNode {
  try {
    return parse(text, { noLocation: true })
  } catch (error) {
    const { line, column } = (error instanceof GraphQLError && error.locations?.[0]) || {}
    const place = line === undefined ? '' : `:${line}:${column}`
    throw new NotDone(`${file}${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
