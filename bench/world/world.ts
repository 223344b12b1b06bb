import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyFirstPerson, type Person } from './copies.ts'
import { recordFirstPerson } from './first-person.ts'

/** A hospital's people and appointments, in folders that end with the run. */
export interface World {
  readonly people: readonly Person[]
  /** The same world for a contender of its own, so that nobody does another's chores. */
  copy(name: string): string
  remove(): void
}

export async function makeWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const seed = join(folder, 'seed')
  await recordFirstPerson(seed)
  const people = copyFirstPerson(seed)
  const copy = (name: string) => {
    cpSync(seed, join(folder, name), { recursive: true })
    return join(folder, name)
  }
  return { people, copy, remove }
}
