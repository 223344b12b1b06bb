import { readFileSync } from 'node:fs'

const file = new URL('../schema/operations.json', import.meta.url)
const known = Object.values(
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, { name: string; document: string }>,
)

/** An operation of the portal's own clients, by its name: the very text that the site or the feeds send. */
export function operation(name: string): string {
  const found = known.find((it) => it.name === name)
  if (!found) throw new Error(`schema/operations.json knows no operation ${name}`)
  return found.document
}
