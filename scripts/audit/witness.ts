import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { type SubgraphName, subgraphNames } from '../environment.ts'

const seal = z.strictObject({ seal: z.int().min(1), hash: z.string().min(1), at: z.string().min(1) })
const remembered = z.partialRecord(z.enum(subgraphNames), seal)

/** The newest seal of each subgraph, as somebody outside the databases remembers them. */
export type Remembered = Partial<Record<SubgraphName, z.infer<typeof seal>>>

/** What the file remembers; nothing when there is none yet. Throws when it is not such a file. */
export function readWitness(file: string): Remembered {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new Error(`${file}: cannot be read.`, { cause: error })
  }
  const { success, data } = remembered.safeParse(jsonIn(text))
  if (!success) throw new Error(`${file}: is not a file that --witness wrote. Name another, or a new one.`)
  return data as Remembered
}

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whole or not at all: a half written witness remembers nothing. */
export function keepWitness(file: string, seals: Remembered): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(seals, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
