import type { Fault } from '../../subgraphs/runtime/audit-chain.ts'
import { readAudit } from '../../subgraphs/runtime/open-audit.ts'
import { verifyAudit, type Verified } from '../../subgraphs/runtime/verify-audit.ts'
import type { SubgraphName } from '../environment.ts'
import { NotUnderstoodOrder, readOrder, usage } from './order.ts'
import { keepWitness, readWitness, type Remembered } from './witness.ts'

/** Where the command is run. */
export interface AuditSurroundings {
  /** Where the portal keeps its rows. */
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  /** Throws when there is none. */
  readonly auditKey: () => Buffer
  /** Those before it, the newest first. */
  readonly formerAuditKeys?: readonly Buffer[]
  readonly print: (text: string) => void
  /** Where complaints go. */
  readonly complain: (text: string) => void
}

/** Runs the command as it was typed. Answers the exit code. */
export async function runAudit(args: string[], surroundings: AuditSurroundings): Promise<number> {
  const { print, complain } = surroundings
  try {
    const order = readOrder(args)
    if (order.help) {
      print(usage)
      return 0
    }
    const before = order.witness === undefined ? {} : readWitness(order.witness)
    const after: Remembered = { ...before }
    let holds = true
    for (const name of order.subgraphs) {
      const { faults, newest } = await lookThrough(name, before[name], surroundings)
      if (newest) after[name] = newest
      holds &&= !faults
    }
    // A witness of what does not hold remembers what did.
    if (order.witness !== undefined && holds) keepWitness(order.witness, after)
    return holds ? 0 : 1
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    complain(error instanceof NotUnderstoodOrder ? `${words}\n\n${usage}` : `${words}\n`)
    return 1
  }
}

async function lookThrough(
  name: SubgraphName,
  witness: Remembered[SubgraphName],
  { dataDir: folder, databaseUrl, auditKey, formerAuditKeys: former = [], print }: AuditSurroundings,
): Promise<Verified> {
  const say = (words: string) => print(`${name.padEnd(14)}${words}\n`)
  const key = { subgraph: name, key: auditKey(), former }
  const place = { name, folder, ...(databaseUrl !== undefined && { url: databaseUrl }) }
  const verified = await readAudit(place, (source) =>
    verifyAudit(source, key, (fault) => say(wordsFor(fault)), witness),
  )
  for (const { seal, at } of verified.changesOfKey) say(`AUDIT_KEY was changed at seal ${seal} (${at}).`)
  say(summary(verified))
  return verified
}

function wordsFor({ patientId, sequence, until, id, at, what }: Fault): string {
  if (patientId === undefined) return at === undefined ? what : `${what} (${at})`
  const numbers = until === undefined ? `row ${sequence}` : `rows ${sequence} to ${until}`
  return `patient ${patientId}, ${numbers}${id === undefined ? '' : ` (${id}, ${at})`}: ${what}`
}

function summary({ rows, chains, seals, waiting, faults, newest }: Verified): string {
  const amount = `${count(rows, 'row')} in ${count(chains, 'chain')}`
  if (!faults) {
    const wait = waiting ? `; ${count(waiting, 'row')} to be sealed within a minute` : ''
    return `${amount} hold, under ${count(seals, 'seal')}${wait}.`
  }
  const key = newest ? '' : ' Not one seal fits AUDIT_KEY or AUDIT_KEYS_FORMER: are they the keys of this portal?'
  return `${count(faults, 'fault')} in ${amount}.${key}`
}

const count = (number: number, what: string) => `${number.toLocaleString('en-GB')} ${what}${number === 1 ? '' : 's'}`
