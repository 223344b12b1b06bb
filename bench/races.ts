import { request } from 'undici'
import { accept, bareAsks, homeAsks, reschedule } from './asks.ts'
import type { Contender } from './contenders/contender.ts'
import { startBare, startHeldBack, startInProcess } from './contenders/one-process.ts'
import { startOverHttp } from './contenders/over-http.ts'
import { actRace } from './measure/act-race.ts'
import { type Round, sideBySide } from './measure/side-by-side.ts'
import type { Plan } from './plan.ts'
import type { World } from './world/world.ts'

export interface Races {
  readonly home: Map<string, Round[]>
  readonly reschedule: Map<string, Round[]>
  readonly accept: Map<string, Round[]>
  /** CPU ms of the home page's answer from SQL and JSON alone, without any server, once for each round. */
  readonly aloneCpu: readonly number[]
}

/** The home page's query, a reschedule and an accept, by every way to run the graph and by the bare databases. */
export async function races(world: World, plan: Plan): Promise<Races> {
  const contenders: Contender[] = []
  try {
    contenders.push(await startInProcess(world.copy('one-process')))
    contenders.push(...(await startOverHttp(world.copy('over-http'))))
    const bare = await startBare(world.copy('bare'))
    contenders.push(bare)
    const asks = await homeAsks(world.people, bare.origin)
    const bareOnes = bareAsks(world.people, asks)
    const home = await sideBySide({ contenders, asksOf: (it) => (it === bare ? bareOnes : asks) }, plan)
    const aloneCpu = await alone(bare.origin, plan)
    // In this order: an accept takes any version of an appointment, and a reschedule only the one it was shown.
    // Nobody hears of an accept, so nothing follows it.
    const heldBack = await startHeldBack(world.copy('held-back'))
    const rescheduled = await actRace(reschedule, [heldBack, ...contenders], world, plan).finally(() => heldBack.stop())
    const accepted = await actRace(accept, contenders, world, plan)
    return { home, reschedule: rescheduled, accept: accepted, aloneCpu }
  } finally {
    await Promise.all(contenders.map((it) => it.stop()))
  }
}

async function alone(origin: string, { rounds }: Plan): Promise<number[]> {
  const costs: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const { body } = await request(`${origin}/alone`)
    costs.push(Number(await body.text()))
  }
  // The first one warms up.
  return costs.slice(1)
}
