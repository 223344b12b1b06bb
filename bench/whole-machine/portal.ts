import { fileURLToPath } from 'node:url'
import { host } from '../contenders/contender.ts'
import { answers, freePorts, type Running, start } from '../measure/processes.ts'

/** Everything that `npm start` starts, and where it is. */
export interface Portal {
  readonly running: Running
  readonly site: string
  readonly graph: string
  readonly startedIn: StartTimes
}

/** Milliseconds from the command. */
export interface StartTimes {
  /** Until graph and site say that they are ready. */
  readonly ready: number
  /** Until the first page has been served. */
  readonly firstPage: number
}

const command = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))

/** Runs the command behind `npm start` on a data folder, on ports of its own and without the limits of the gateway. */
export async function startPortal(dataDir: string, partners: Record<string, string> = {}): Promise<Portal> {
  const [web = 0, graph = 0, hl7 = 0, hospital = 0, inbox = 0, partner = 0] = await freePorts(6)
  const own = { WEB_PORT: web, GRAPH_PORT: graph, INBOX_PORT: inbox }
  const ports = { ...own, HL7_PORT: hl7, HL7_HOSPITAL_PORT: hospital, PARTNER_PORT: partner }
  const settings = Object.entries(ports).map(([name, port]) => [name, String(port)])
  const quiet = { LOG_LEVEL: 'silent', GRAPH_RATE_LIMIT: '0' }
  const environment = { ...Object.fromEntries(settings), ...partners, ...quiet, DATA_DIR: dataDir }
  const began = performance.now()
  const running = start({ place: 'anywhere', args: [command], environment })
  const at = (port: number) => `http://${host}:${port}`
  await Promise.all([answers(`${at(graph)}/ready`, running), answers(`${at(web)}/ready`, running)])
  const ready = performance.now() - began
  await answers(at(web), running)
  const firstPage = performance.now() - began
  if (/^(Installing|Writing|Compiling|Building) /m.test(running.output()))
    throw new Error('The sources changed while they were measured, and were built again. Run this once more.')
  return { running, site: at(web), graph: at(graph), startedIn: { ready, firstPage } }
}
