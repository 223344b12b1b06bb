import { parseArgs } from 'node:util'

/** How long to measure, and what to print. */
export interface Plan {
  readonly markdown: boolean
  /** Each contender has its turn this often, one after the other. */
  readonly rounds: number
  readonly warmUpSeconds: number
  readonly seconds: number
  readonly starts: number
  readonly restSeconds: number
}

export const connections = 16
export const people = 2_000
export const appointmentsEach = 10

const full = { rounds: 5, warmUpSeconds: 4, seconds: 4, starts: 5, restSeconds: 10 }
const quick = { rounds: 2, warmUpSeconds: 3, seconds: 1.5, starts: 2, restSeconds: 2 }

/** Reads the command's options, or says in one line which there are. */
export function readPlan(args: string[]): Plan {
  try {
    const options = { quick: { type: 'boolean' }, markdown: { type: 'boolean' } } as const
    const { values } = parseArgs({ args, options })
    return { ...(values.quick ? quick : full), markdown: values.markdown ?? false }
  } catch {
    throw new Error(`npm run bench takes --quick and --markdown (got "${args.join(' ')}")`)
  }
}
