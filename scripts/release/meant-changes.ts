import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { namesOf } from '../../gateway/reference/main.ts'
import type { BreakingChange } from './breaking-changes.ts'

const file = new URL('../../schema/meant-changes.json', import.meta.url)
const meantChanges = z.array(z.strictObject({ change: z.string().min(1), because: z.string().min(10) }))

/** A breaking change that somebody decided on, and why. */
export type MeantChange = z.infer<typeof meantChanges>[number]

export function readMeantChanges(): MeantChange[] {
  try {
    return meantChanges.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const wrong = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    throw new Error(
      `schema/meant-changes.json: must be a list of { "change", "because" }, because in a sentence. ${wrong}`,
      { cause: error },
    )
  }
}

/** With a new release nothing differs from it. */
export const forgetMeantChanges = (): void => writeFileSync(file, '[]\n')

/** What is wrong: changes that nobody said are meant, and words about changes that are not there. */
export function complaints(changes: readonly BreakingChange[], meant: readonly MeantChange[]): string[] {
  const unsaid = changes.filter(({ change }) => !meant.some((it) => it.change === change))
  const gone = meant.filter(({ change }) => !changes.some((it) => it.change === change))
  return [
    ...unsaid.map(({ change, roles }) => `Breaks for ${namesOf(roles)}: ${change}.`),
    ...(unsaid.length > 0 ? [howToMeanIt(unsaid[0]?.change ?? '')] : []),
    ...gone.map(
      ({ change }) => `schema/meant-changes.json speaks of a change that is not there: ${change}. Take it out.`,
    ),
  ]
}

const howToMeanIt = (change: string) =>
  `Keep what clients of the last release use (schema/released.graphql), or, if it is meant, say so in schema/meant-changes.json: ${JSON.stringify(
    { change, because: 'why, and what they do instead' },
  )}`
