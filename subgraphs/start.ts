import { appointments } from './appointments/main.ts'
import { documents, documentsExtra } from './documents/main.ts'
import { readEnvironment, type SubgraphEnvironment, type SubgraphName } from './environment.ts'
import { messages, messagesExtra } from './messages/main.ts'
import { patients, patientsExtra } from './patients/main.ts'
import { systemClock } from './runtime/clock.ts'
import { graphOverHttp } from './runtime/graph-over-http.ts'
import { openLog } from './runtime/log.ts'
import { remoteSubscriber } from './runtime/remote.ts'
import { serve } from './runtime/serve.ts'
import { startSubgraph, type SubgraphDefinition, type SubgraphSettings } from './runtime/subgraph.ts'
import { readTrust } from './runtime/trust.ts'

const definitions: Record<SubgraphName, SubgraphDefinition> = { patients, appointments, documents, messages }

/** One subgraph as a process of its own, behind HTTP. */
async function start(): Promise<void> {
  const environment = readEnvironment()
  const { name, host, port, key } = environment
  const settings = settingsOf(environment)
  const { clock, log } = settings
  const subgraph = await startSubgraph(definitions[name], settings)
  const server = await serve(subgraph, { host, port, key, subscriptions: subscriptionsOf(name), clock, log })
  log.info({ url: server.url }, 'the subgraph listens')
  let stopping: Promise<void> | undefined
  const stop = async () => {
    await server.stop()
    await subgraph.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void (stopping ??= stop()))
}

function settingsOf(environment: SubgraphEnvironment): SubgraphSettings {
  const { name, database, graph, delivery, documentsSettings, messagesSettings, patientsSettings } = environment
  const profile = readTrust(environment.trustProfile)
  const trust = environment.quietHours ? profile : { ...profile, quietHours: null }
  const subscribers = delivery.map((to) => [to.name, remoteSubscriber(to, name, systemClock)])
  return {
    database,
    clock: systemClock,
    trust,
    log: openLog(name, environment.logLevel),
    graph: graphOverHttp(graph),
    sharingKey: environment.sharingKey,
    auditKey: environment.auditKey,
    formerAuditKeys: environment.formerAuditKeys,
    purpose: environment.purpose,
    subscribers: Object.fromEntries(subscribers) as SubgraphSettings['subscribers'],
    extra: {
      ...(patientsSettings && patientsExtra(patientsSettings)),
      ...(documentsSettings && documentsExtra(documentsSettings, trust)),
      ...(messagesSettings && messagesExtra(messagesSettings, trust)),
    },
  }
}

/** The subgraphs whose events this one hears. */
const subscriptionsOf = (name: SubgraphName) =>
  Object.values(definitions)
    .filter(({ tells = {} }) => Object.values(tells).flat().includes(name))
    .map((it) => it.name)

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
