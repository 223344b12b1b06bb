import { install } from './install.mjs'
import { onNode24 } from './node.mjs'
import { build } from './parts.mjs'

/** What every command needs first, on a fresh clone and ever after: packages, Node 24 and a build of what is written. */
export async function prepare() {
  await install()
  await onNode24()
  await build()
}
