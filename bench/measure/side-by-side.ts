import type { Contender } from '../contenders/contender.ts'
import { putLoad } from '../load/driver.ts'
import type { Ask } from '../load/load.ts'
import { connections, type Plan } from '../plan.ts'
import { cpuMilliseconds } from './kernel.ts'

/** What one contender did in one round. */
export interface Round {
  readonly perSecond: number
  /** CPU ms for each answer, of the process that answers clients. */
  readonly frontCpu: number
  /** The same, of every process that works on it. */
  readonly allCpu: number
  readonly p50: number
  readonly p99: number
}

export interface Race {
  readonly contenders: readonly Contender[]
  /** What to ask of a contender in one round. */
  readonly asksOf: (contender: Contender) => readonly Ask[]
  /** Every ask is made once and never again. */
  readonly once?: boolean
  /** Brings a contender to rest after its turn, so that it does not work in the turn of the next. */
  readonly rest?: (contender: Contender) => Promise<void>
}

/** Gives each contender its turn, again and again: whatever slows the machine slows all of them. */
export async function sideBySide(
  { contenders, asksOf, once = false, rest }: Race,
  plan: Plan,
): Promise<Map<string, Round[]>> {
  const turnOf = async (contender: Contender, seconds: number) => {
    const round = await turn(contender, asksOf(contender), seconds, once)
    await rest?.(contender)
    return round
  }
  for (const contender of contenders) await turnOf(contender, plan.warmUpSeconds)
  const rounds = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const contender of contenders) rounds.get(contender.name)?.push(await turnOf(contender, plan.seconds))
  }
  return rounds
}

async function turn(
  { name, origin, front, all }: Contender,
  asks: readonly Ask[],
  seconds: number,
  once: boolean,
): Promise<Round> {
  const before = { front: cpuMilliseconds([front]), all: cpuMilliseconds(all) }
  const outcome = await putLoad(name, { origin, connections, seconds, asks, once })
  const { answered, p50, p99 } = outcome
  return {
    perSecond: answered / outcome.seconds,
    frontCpu: (cpuMilliseconds([front]) - before.front) / answered,
    allCpu: (cpuMilliseconds(all) - before.all) / answered,
    p50,
    p99,
  }
}
