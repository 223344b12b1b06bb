import { cpSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { putLoad } from '../load/driver.ts'
import type { Ask } from '../load/load.ts'
import { freePorts } from '../measure/processes.ts'
import type { Plan } from '../plan.ts'
import { type Portal, startPortal } from '../whole-machine/portal.ts'
import type { World } from '../world/world.ts'

/** How a partner hospital is while the page is asked for. */
export const partnerStates = [
  'no partner',
  'partner refuses connections',
  'partner takes connections and is silent',
] as const
export type PartnerState = (typeof partnerStates)[number]

/** Milliseconds of the page of letters and results, round by round, for each state. */
export type PageTimes = ReadonlyMap<PartnerState, readonly number[]>

const path = '/letters-and-results'
const warmUpSeconds = 20

/** The page of letters and results with a partner that is down in two ways, beside the same page without a partner. */
export async function partnerDown(world: World, plan: Plan): Promise<PageTimes> {
  const silent = await aSilentServer()
  const portals = new Map<PartnerState, Portal>()
  try {
    const first = world.copy('partner-no')
    portals.set('no partner', await startPortal(first, sources(first, undefined)))
    const ports: [PartnerState, number][] = [
      ['partner refuses connections', (await freePorts(1))[0] ?? 0],
      ['partner takes connections and is silent', (silent.address() as AddressInfo).port],
    ]
    for (const [state, port] of ports) {
      const folder = `${first}-${port}`
      cpSync(first, folder, { recursive: true })
      portals.set(state, await startPortal(folder, sources(folder, port)))
    }
    return await sideBySide(portals, pageOf(world), plan)
  } finally {
    silent.close()
    for (const portal of portals.values()) await portal.running.stop()
  }
}

async function sideBySide(portals: ReadonlyMap<PartnerState, Portal>, page: Ask, plan: Plan): Promise<PageTimes> {
  const times = new Map<PartnerState, number[]>([...portals.keys()].map((state) => [state, []]))
  const turn = async (state: PartnerState, { site }: Portal, seconds: number) =>
    (await putLoad(state, { origin: site, connections: 1, seconds, asks: [page], once: false })).p50
  // Until the partner has failed five times, each for three seconds, pages wait for it: what is measured is what comes after.
  for (const [state, portal] of portals) await turn(state, portal, warmUpSeconds)
  for (let round = 0; round < plan.rounds; round += 1)
    for (const [state, portal] of portals) times.get(state)?.push(await turn(state, portal, plan.seconds))
  return times
}

/** The first person is known by NHS number, so a partner is asked for their records. */
const pageOf = ({ people: [person] }: World): Ask => ({
  method: 'GET',
  path,
  headers: { cookie: `session=${person?.token ?? ''}`, accept: 'text/html' },
  answer: { holding: 'Letters and' },
})

function sources(folder: string, port: number | undefined): Record<string, string> {
  const file = join(folder, 'partners.json')
  const url = `http://127.0.0.1:${port ?? 0}`
  const partner = { code: 'RAL', name: 'Royal Free London NHS Foundation Trust', shortName: 'Royal Free' }
  const source = { ...partner, fhirUrl: `${url}/fhir/R4`, tokenUrl: `${url}/token`, clientId: 'bench' }
  writeFileSync(file, JSON.stringify(port === undefined ? [] : [source]))
  return { PARTNER_SOURCES: file, PARTNER_SECRET_RAL: 'bench' }
}

/** Takes every connection and never says a word. */
function aSilentServer(): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined).unref())
  server.unref()
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
