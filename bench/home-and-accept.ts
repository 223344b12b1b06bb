import { request } from 'undici'
import { acceptAsks, bareAsks, homeAsks } from './asks.ts'
import type { Contender } from './contenders/contender.ts'
import { startBare, startInProcess } from './contenders/one-process.ts'
import { startOverHttp } from './contenders/over-http.ts'
import { type Race, type Round, sideBySide } from './measure/side-by-side.ts'
import type { Plan } from './plan.ts'
import type { World } from './world/world.ts'

export interface HomeAndAccept {
  readonly home: Map<string, Round[]>
  readonly accept: Map<string, Round[]>
  /** CPU ms of the home page's answer from SQL and JSON alone, without any server, once for each round. */
  readonly aloneCpu: readonly number[]
}

/** The home page's query and an accept, by every way to run the graph. */
export async function homeAndAccept(world: World, plan: Plan): Promise<HomeAndAccept> {
  const folders = { one: world.copy('one-process'), many: world.copy('over-http') }
  const contenders: Contender[] = []
  try {
    contenders.push(await startInProcess(folders.one), ...(await startOverHttp(folders.many)))
    const bare = await startBare(folders.one)
    contenders.push(bare)
    const asks = await homeAsks(world.people, bare.origin)
    const bareOnes = bareAsks(world.people, asks)
    const home = await sideBySide({ contenders, asksOf: (it) => (it === bare ? bareOnes : asks) }, plan)
    const aloneCpu = await alone(bare.origin, plan)
    const graphs = contenders.filter((it) => it !== bare)
    const accept = await acceptRace(graphs, world, plan)
    return { home, accept, aloneCpu }
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

/** Every turn has appointments of its own, so that each accept is the first. */
async function acceptRace(contenders: readonly Contender[], world: World, plan: Plan): Promise<Map<string, Round[]>> {
  const all = acceptAsks(world.people)
  const turns = contenders.length * (plan.rounds + 1)
  const each = Math.floor(all.length / turns)
  let taken = 0
  const race: Race = {
    contenders,
    asksOf: () => all.slice(taken * each, (taken += 1) * each),
    once: true,
  }
  return sideBySide(race, plan)
}
