import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { inRoot } from './folders.mjs'

const notSource = new Set(['node_modules', 'dist', 'build', 'graph', '.svelte-kit', 'test-results'])

/** A short name for the content of files and folders, given from the top of the checkout. Tests do not count. */
export function fingerprint(places, only = /(?<!\.test\.(ts|mjs))$/) {
  const hash = createHash('sha256')
  for (const file of places.flatMap(filesIn).filter((file) => only.test(file))) {
    hash
      .update(file)
      .update('\0')
      .update(fs.readFileSync(inRoot(file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Every source file of a place, in a fixed order, by its path from the top; none when there is no such place. */
export function filesIn(place) {
  const kind = fs.statSync(inRoot(place), { throwIfNoEntry: false })
  if (!kind) return []
  if (kind.isFile()) return [place]
  const names = fs.readdirSync(inRoot(place)).filter((name) => !notSource.has(name))
  return names.sort().flatMap((name) => filesIn(`${place}/${name}`))
}
