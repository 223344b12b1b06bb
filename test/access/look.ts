import type { Cast } from './cast.ts'
import { type Actor, differences, type Row, type Seen, type Way } from './matrix.ts'
import { type InPlace, probe } from './probe.ts'

const atOnce = 8

/** Looks at rows, several at a time, and gives what was seen to be judged. */
export async function lookAt(
  cast: Cast,
  rows: readonly Row[],
  actor: Actor,
  way: Way,
  inPlace: InPlace = {},
  judge: (row: Row, seen: Seen) => string[] = (row, seen) => differences(row, actor, way, seen),
): Promise<string[]> {
  const waiting = [...rows]
  const found: string[] = []
  const look = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift())
      found.push(...judge(row, await probe(cast, row, actor, way, inPlace)))
  }
  await Promise.all(Array.from({ length: atOnce }, look))
  return found
}
