import type { SubgraphName } from '../../scripts/environment.ts'
import type { Secrets } from '../../scripts/secrets.ts'
import { builtEnvironment, builtParts, builtSecrets } from '../built.ts'
import { answers, freePorts, type Running, start } from '../measure/processes.ts'
import type { StockSettings } from '../servers/stock-gateway.ts'
import { type Contender, host, names, production, server } from './contender.ts'

type Urls = Record<SubgraphName, string>

const dist = (file: string) => new URL(`../../dist/${file}`, import.meta.url).pathname
const at = (port: number) => `http://${host}:${port}`
const quiet = { ...production, LOG_LEVEL: 'silent', GRAPH_RATE_LIMIT: '0' }

/** A process that is ready when an address answers. */
async function run(args: string[], environment: Record<string, string>, readyAt: string): Promise<Running> {
  const running = start({ place: 'measured', args, environment: { ...environment, ...quiet } })
  await answers(readyAt, running)
  return running
}

/** Each subgraph in a process of its own, and two gateways before the same four: ours, and Apollo's as it comes. */
export async function startOverHttp(folder: string): Promise<Contender[]> {
  const [{ subgraphNames }, { readSecrets }] = await Promise.all([builtEnvironment(), builtSecrets()])
  const secrets = readSecrets(folder, {}, false)
  const [graphPort = 0, stockPort = 0, ...ports] = await freePorts(2 + subgraphNames.length)
  const urls = Object.fromEntries(
    subgraphNames.map((name, index) => [name, `${at(ports[index] ?? 0)}/graphql`]),
  ) as Urls
  const environments = await environmentsOf(folder, secrets, graphPort, urls)
  const startSubgraph = (name: SubgraphName) =>
    run([dist('subgraphs/start.js')], environments.subgraph(name), new URL('/ready', urls[name]).href)
  const subgraphs = await Promise.all(subgraphNames.map(startSubgraph))
  const own = await run([dist('gateway/start.js')], environments.gateway, `${at(graphPort)}/ready`)
  const stock = await startStock(stockPort, secrets, urls)

  const contender = (name: string, front: Running, port: number): Contender => ({
    name,
    origin: at(port),
    folder,
    front: front.pid,
    all: [front.pid, ...subgraphs.map(({ pid }) => pid)],
    async stop() {
      await Promise.all([front, ...subgraphs].map((it) => it.stop()))
    },
  })
  return [contender(names.split, own, graphPort), contender(names.stock, stock, stockPort)]
}

/** What `npm run start:split` tells its parts, in production. */
async function environmentsOf(dataDir: string, secrets: Secrets, graphPort: number, subgraphs: Urls) {
  const [{ readMachineSettings }, { partsEnvironment }] = await Promise.all([builtEnvironment(), builtParts()])
  const machine = readMachineSettings({
    NODE_ENV: 'production',
    HOST: host,
    GRAPH_PORT: String(graphPort),
    DATA_DIR: dataDir,
    PUBLIC_URL: 'https://portal.example',
  })
  // Nothing is sent while measuring, and no feeds run: an address and keys of the right form will do.
  return partsEnvironment(machine, secrets, {
    graph: `${at(graphPort)}/graphql`,
    inbox: 'https://inbox.example',
    hospital: undefined,
    subgraphs,
  })
}

function startStock(port: number, secrets: Secrets, urls: Urls): Promise<Running> {
  const { SUBGRAPH_KEY_PATIENTS, SUBGRAPH_KEY_APPOINTMENTS, SUBGRAPH_KEY_DOCUMENTS, SUBGRAPH_KEY_MESSAGES } = secrets
  const subgraphs = {
    patients: { url: urls.patients, key: SUBGRAPH_KEY_PATIENTS },
    appointments: { url: urls.appointments, key: SUBGRAPH_KEY_APPOINTMENTS },
    documents: { url: urls.documents, key: SUBGRAPH_KEY_DOCUMENTS },
    messages: { url: urls.messages, key: SUBGRAPH_KEY_MESSAGES },
  }
  const settings: StockSettings = { port, subgraphs }
  const args = [server('stock-gateway.ts'), JSON.stringify(settings)]
  return run(args, { APOLLO_TELEMETRY_DISABLED: '1' }, `${at(port)}/graphql?query=%7B__typename%7D`)
}
