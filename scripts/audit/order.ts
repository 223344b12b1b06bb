import { parseArgs } from 'node:util'
import { subgraphNames, type SubgraphName } from '../environment.ts'

/** What `npm run audit` says when it is asked for help, or not understood. */
export const usage = `Looks through what the portal wrote down about who looked at what: is every row there, and as it was?

  npm run audit                        all of it, while the portal runs or not; nothing is written
  npm run audit -- patients documents  only what these wrote down: ${subgraphNames.join(', ')}
  npm run audit -- --witness <file>    a file out of the database's reach, which remembers the newest seals from one
                                       time to the next: an audit that was put back to before them is found out

It reads DATA_DIR or DATABASE_URL, AUDIT_KEY and AUDIT_KEYS_FORMER, as the portal does. When the key was changed is said:
it should be when you changed it.
Ends with 0 when all of it holds, 1 when not. Every changed, missing and planted row is named.
`

/** The command was not understood. */
export class NotUnderstoodOrder extends Error {
  override name = 'NotUnderstoodOrder'
}

export interface Order {
  readonly help: boolean
  readonly subgraphs: readonly SubgraphName[]
  readonly witness: string | undefined
}

/** What was typed after `npm run audit --`. Throws what is wrong with it. */
export function readOrder(args: string[]): Order {
  const { values, words } = parsed(args)
  const unknown = words.filter((it) => !isSubgraph(it))
  if (unknown.length)
    throw new NotUnderstoodOrder(`Not understood: ${unknown.join(', ')}. There are ${subgraphNames.join(', ')}.`)
  if (values.witness === '') throw new NotUnderstoodOrder('--witness wants the path of a file.')
  const chosen = words.filter(isSubgraph)
  return { help: values.help ?? false, subgraphs: chosen.length ? chosen : subgraphNames, witness: values.witness }
}

const isSubgraph = (word: string): word is SubgraphName => (subgraphNames as readonly string[]).includes(word)

const options = { witness: { type: 'string' }, help: { type: 'boolean' } } as const

function parsed(args: string[]) {
  try {
    const { values, positionals: words } = parseArgs({ args, options, allowPositionals: true })
    return { values, words }
  } catch (error) {
    throw new NotUnderstoodOrder(error instanceof Error ? error.message : String(error))
  }
}
