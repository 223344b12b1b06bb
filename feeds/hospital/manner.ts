import type { Answer } from '../hl7/acknowledgement.ts'
import type { Given } from './given.ts'
import { NotUnderstoodCommand } from './usage.ts'

/** How the hospital's system answers what the portal tells it. */
export interface Manner {
  /** Which messages it refuses for good: `S13`, or `all`. */
  refuse: readonly string[]
  /** Whether it asks to try again. */
  later: boolean
  /** Whether it says nothing at all. */
  silent: boolean
  /** Whether it then sends the news back, as a hospital's system does for every change, whoever made it. */
  echo: boolean
}

const refusable = ['S13', 'S15', 'S02', 'S03', 'S04', 'all']

/** Understands `--refuse`, `--later`, `--silent` and `--echo`. */
export function readManner(given: Given): Manner {
  const refuse = given.text('refuse')?.split(',') ?? []
  const wrong = refuse.find((it) => !refusable.includes(it))
  if (wrong !== undefined) throw new NotUnderstoodCommand(`--refuse: "${wrong}" is none of ${refusable.join(', ')}.`)
  const [later, silent, echo] = [given.flag('later'), given.flag('silent'), given.flag('echo')]
  if ([refuse.length > 0, later, silent].filter(Boolean).length > 1)
    throw new NotUnderstoodCommand('Choose one of --refuse, --later and --silent.')
  return { refuse, later, silent, echo }
}

/** What is answered to a message of this event; undefined for silence. */
export function answerOf({ refuse, later, silent }: Manner, event: string): Answer | undefined {
  if (silent) return undefined
  if (later) return { code: 'AR', reason: 'the hospital’s system is busy. Send it again.' }
  if (refuse.includes('all') || refuse.includes(event))
    return { code: 'AE', reason: 'the hospital’s system does not take this: speak to the clinic.' }
  return { code: 'AA' }
}
