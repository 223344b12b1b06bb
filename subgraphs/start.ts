import { appointments } from './appointments/main.ts'
import { documents } from './documents/main.ts'
import { type SubgraphEnvironment, type SubgraphName, readEnvironment } from './environment.ts'
import { messages, messagesExtra, readMessagesSettings } from './messages/main.ts'
import { PatientKeys } from './patients/keys.ts'
import { patients } from './patients/main.ts'
import { systemClock } from './runtime/clock.ts'
import { graphOverHttp } from './runtime/graph-over-http.ts'
import { openLog } from './runtime/log.ts'
import { remoteSubscriber } from './runtime/remote.ts'
import { serve } from './runtime/serve.ts'
import { startSubgraph, type SubgraphDefinition } from './runtime/subgraph.ts'
import { readTrust, type Trust } from './runtime/trust.ts'

const definitions: Record<SubgraphName, SubgraphDefinition> = { patients, appointments, documents, messages }

/** What a subgraph is given beside what every subgraph gets. */
function extraOf(environment: SubgraphEnvironment, trust: Trust): Record<string, unknown> {
  const { SUBGRAPH, PATIENTS_KEY = '', DEMONSTRATION } = environment
  if (SUBGRAPH === 'patients')
    return { keys: new PatientKeys(Buffer.from(PATIENTS_KEY, 'base64url')), demonstration: DEMONSTRATION === 'on' }
  return SUBGRAPH === 'messages' ? { ...messagesExtra(readMessagesSettings(process.env), trust) } : {}
}

/** One subgraph as a process of its own. */
async function start(): Promise<void> {
  const environment = readEnvironment(process.env)
  const {
    SUBGRAPH: name,
    HOST,
    SUBGRAPH_PORT,
    SUBGRAPH_KEY,
    DATA_DIR,
    DATABASE_URL,
    LOG_LEVEL,
    GRAPH_URL,
    SYSTEM_SECRET = '',
  } = environment
  const log = openLog(name, LOG_LEVEL)
  const profile = readTrust(environment.TRUST_PROFILE)
  const trust = environment.QUIET_HOURS === 'off' ? { ...profile, quietHours: null } : profile
  const subscriber = (to: 'documents' | 'messages') =>
    remoteSubscriber(
      {
        name: to,
        url: environment[`SUBGRAPH_URL_${upper(to)}`],
        key: Buffer.from(environment[`DELIVERY_KEY_${upper(to)}`] ?? '', 'base64url'),
      },
      name,
      systemClock,
    )
  const subgraph = await startSubgraph(definitions[name], {
    database: { folder: DATA_DIR, ...(DATABASE_URL && { url: DATABASE_URL }) },
    clock: systemClock,
    trust,
    log,
    graph: graphOverHttp({ url: GRAPH_URL, bearer: `system.${name}.${SYSTEM_SECRET}` }),
    subscribers: { documents: subscriber('documents'), messages: subscriber('messages') },
    extra: extraOf(environment, trust),
  })
  const key = Buffer.from(SUBGRAPH_KEY, 'base64url')
  const subscriptions = Object.values(definitions)
    .filter(({ tells = {} }) => Object.values(tells).flat().includes(name))
    .map((it) => it.name)
  const server = await serve(subgraph, { host: HOST, port: SUBGRAPH_PORT, key, subscriptions, clock: systemClock, log })
  log.info({ url: server.url }, 'the subgraph listens')
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(
      signal,
      () =>
        void server
          .stop()
          .then(() => subgraph.stop())
          .then(() => process.exit(0)),
    )
}

const upper = (name: 'documents' | 'messages') => name.toUpperCase() as 'DOCUMENTS' | 'MESSAGES'

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
