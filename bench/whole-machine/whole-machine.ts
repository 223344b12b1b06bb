import { setTimeout } from 'node:timers/promises'
import { pageAsks, type PageAsks } from '../asks.ts'
import { putLoad } from '../load/driver.ts'
import type { Ask } from '../load/load.ts'
import { cpuMilliseconds, familyOf, megabytes } from '../measure/kernel.ts'
import { connections, type Plan } from '../plan.ts'
import type { World } from '../world/world.ts'
import { type PageWeight, weighPages } from './page-weight.ts'
import { type Portal, startPortal, type StartTimes } from './portal.ts'

/** What somebody has who ran `npm start`: site, graph, feeds and inbox on one machine. */
export interface WholeMachine {
  readonly starts: readonly StartTimes[]
  readonly memory: Memory
  /** The home page and its query in turn, one at a time. */
  readonly pages: readonly { readonly page: Cost; readonly query: Cost }[]
  readonly weights: readonly PageWeight[]
}

export interface Memory {
  readonly restMegabytes: number
  readonly mostMegabytes: number
  readonly pagesPerSecond: number
}

/** Of one answer: how long it took, and how much CPU. */
export interface Cost {
  readonly p50: number
  readonly cpu: number
}

const sampleMilliseconds = 200

export async function wholeMachine(world: World, plan: Plan): Promise<WholeMachine> {
  const folder = world.copy('whole-machine')
  const starts: StartTimes[] = []
  // The very first start loads the demonstration, which is not what is timed.
  let portal = await startPortal(folder)
  try {
    for (let round = 0; round < plan.starts; round += 1) {
      await portal.running.stop()
      portal = await startPortal(folder)
      starts.push(portal.startedIn)
    }
    const asks = pageAsks(world.people)
    const memory = await memoryOf(portal, asks, plan)
    const pages = await pageAndQuery(portal, asks, plan)
    return { starts, memory, pages, weights: await weighPages(portal.site, world.people) }
  } finally {
    await portal.running.stop()
  }
}

async function memoryOf({ running, site }: Portal, { pages: asks }: PageAsks, plan: Plan): Promise<Memory> {
  const now = () => megabytes(familyOf(running.pid))
  await setTimeout(plan.restSeconds * 1000)
  const restMegabytes = now()
  let mostMegabytes = restMegabytes
  const sampling = setInterval(() => (mostMegabytes = Math.max(mostMegabytes, now())), sampleMilliseconds)
  const load = { origin: site, connections, seconds: plan.seconds * 2, asks, once: false }
  const { answered, seconds } = await putLoad('the home page', load).finally(() => clearInterval(sampling))
  return { restMegabytes, mostMegabytes, pagesPerSecond: answered / seconds }
}

async function pageAndQuery(
  { running, site, graph }: Portal,
  asks: PageAsks,
  plan: Plan,
): Promise<WholeMachine['pages']> {
  const costOf = async (name: string, origin: string, each: readonly Ask[]): Promise<Cost> => {
    const processes = familyOf(running.pid)
    const before = cpuMilliseconds(processes)
    const load = { origin, connections: 1, seconds: plan.seconds / 2, asks: each, once: false }
    const { answered, p50 } = await putLoad(name, load)
    return { p50, cpu: (cpuMilliseconds(processes) - before) / answered }
  }
  const rounds = []
  for (let round = 0; round < plan.rounds; round += 1) {
    const page = await costOf('the home page', site, asks.pages)
    rounds.push({ page, query: await costOf("the home page's query", graph, asks.queries) })
  }
  return rounds
}
