import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { inRoot, root } from './folders.mjs'

const notSource = new Set(['node_modules', 'dist', 'build', 'graph', '.svelte-kit', 'test-results'])

/** A short name for the content of files and folders, given from the top of the checkout. Tests do not count. */
export function fingerprint(places, only = /(?<!\.test\.ts)$/) {
  const hash = createHash('sha256')
  for (const file of places.flatMap((place) => filesIn(inRoot(place))).filter((file) => only.test(file))) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(fs.readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Every source file of a place, in a fixed order; none when there is no such place. */
export function filesIn(place) {
  const kind = fs.statSync(place, { throwIfNoEntry: false })
  if (!kind) return []
  if (kind.isFile()) return [place]
  const names = fs.readdirSync(place).filter((name) => !notSource.has(name))
  return names.sort().flatMap((name) => filesIn(path.join(place, name)))
}
