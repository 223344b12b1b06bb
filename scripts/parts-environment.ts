import { deliveryKey } from '../subgraphs/runtime/token.ts'
import type { MachineSettings, SubgraphName } from './environment.ts'
import { demonstrationNotifyKey, demonstrationPartnerSecret, type Secrets } from './secrets.ts'
import { systemClients } from './system-clients.ts'

type Variables = Record<string, string>

/** Where the parts of one machine find each other. */
export interface Places {
  readonly graph: string
  readonly inbox: string | undefined
  /** The demonstration's hospital; undefined when the settings name another. */
  readonly hospital: string | undefined
  /** The file that names the demonstration's partner hospital; left out when the settings name others, or none. */
  readonly partners?: string | undefined
  /** Where a gateway in a process of its own finds the people of the demonstration, and its key. */
  readonly people?: { readonly url: string; readonly key: string } | undefined
  readonly subgraphs: Record<SubgraphName, string>
}

/** What each part is told through its environment, when one command starts them all. */
export function partsEnvironment(machine: MachineSettings, secrets: Secrets, places: Places) {
  const everybody: Variables = {
    NODE_ENV: machine.production ? 'production' : 'development',
    HOST: machine.host,
    LOG_LEVEL: machine.logLevel,
    PUBLIC_URL: machine.publicUrl,
    GRAPH_URL: places.graph,
    TRUST_PROFILE: machine.trustProfile,
  }
  return {
    gateway: { ...everybody, ...gatewayVariables(machine, secrets, places) },
    web: { ...everybody, ...webVariables(machine, secrets, places) },
    feeds: {
      ...everybody,
      HL7_PORT: String(machine.ports.hl7),
      ...(places.hospital && { HL7_SEND_TO: places.hospital }),
      SYSTEM_SECRET_FEEDS: secrets.SYSTEM_SECRET_FEEDS,
    },
    messages: { ...everybody, MESSAGES_KEY: secrets.MESSAGES_KEY, ...demonstrationNotify(places) },
    documents: { ...everybody, ...documentsVariables(secrets, places) },
    subgraph: (name: SubgraphName): Variables => ({
      ...everybody,
      ...subgraphVariables(name, machine, secrets, places),
    }),
  }
}

function gatewayVariables({ ports }: MachineSettings, secrets: Secrets, { subgraphs, people }: Places): Variables {
  const hashes = systemClients(secrets).map(({ id, secretHash }) => [
    `SYSTEM_SECRET_HASH_${id.toUpperCase()}`,
    secretHash,
  ])
  const urls = Object.entries(subgraphs).map(([name, url]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url])
  const {
    SUBGRAPH_KEY_PATIENTS,
    SUBGRAPH_KEY_APPOINTMENTS,
    SUBGRAPH_KEY_DOCUMENTS,
    SUBGRAPH_KEY_MESSAGES,
    WEB_SIGNING_KEY,
  } = secrets
  return {
    GRAPH_PORT: String(ports.graph),
    SUBGRAPH_KEY_PATIENTS,
    SUBGRAPH_KEY_APPOINTMENTS,
    SUBGRAPH_KEY_DOCUMENTS,
    SUBGRAPH_KEY_MESSAGES,
    WEB_SIGNING_KEY,
    ...(people && { DEMONSTRATION_URL: people.url, DEMONSTRATION_KEY: people.key }),
    ...(Object.fromEntries([...hashes, ...urls]) as Variables),
  }
}

function webVariables({ ports }: MachineSettings, { WEB_SIGNING_KEY }: Secrets, { inbox }: Places): Variables {
  return {
    WEB_PORT: String(ports.web),
    WEB_SIGNING_KEY,
    ...(inbox && { INBOX_URL: inbox, INBOX_KEY: demonstrationNotifyKey }),
  }
}

/** The demonstration's message server holds one template of each kind, with nothing in it but the words. */
const demonstrationNotify = ({ inbox }: Places): Variables =>
  inbox
    ? {
        NOTIFY_URL: inbox,
        NOTIFY_API_KEY: demonstrationNotifyKey,
        NOTIFY_TEXT_TEMPLATE_ID: '00000000-0000-4000-8000-000000000001',
        NOTIFY_EMAIL_TEMPLATE_ID: '00000000-0000-4000-8000-000000000002',
      }
    : {}

/** Its partners are the demonstration's, or whatever the environment says by itself. */
const documentsVariables = ({ DOCUMENTS_KEY }: Secrets, { partners }: Places): Variables => ({
  DOCUMENTS_KEY,
  ...(partners && { PARTNER_SOURCES: partners, PARTNER_SECRET_RAL: demonstrationPartnerSecret }),
})

function subgraphVariables(name: SubgraphName, machine: MachineSettings, secrets: Secrets, places: Places): Variables {
  const key = (of: SubgraphName) => Buffer.from(secrets[`SUBGRAPH_KEY_${upper(of)}`], 'base64url')
  const delivery = (to: SubgraphName) => deliveryKey(key(to), name).toString('base64url')
  return {
    SUBGRAPH: name,
    SUBGRAPH_PORT: new URL(places.subgraphs[name]).port,
    SUBGRAPH_KEY: secrets[`SUBGRAPH_KEY_${upper(name)}`],
    SHARING_KEY: secrets.SHARING_KEY,
    AUDIT_KEY: secrets.AUDIT_KEY,
    AUDIT_KEYS_FORMER: machine.formerAuditKeys.join(','),
    DATA_DIR: machine.dataDir,
    ...(machine.databaseUrl && { DATABASE_URL: machine.databaseUrl }),
    QUIET_HOURS: machine.quietHours ? 'on' : 'off',
    DEMONSTRATION: machine.production ? 'off' : 'on',
    DELIVERY_KEY_DOCUMENTS: delivery('documents'),
    DELIVERY_KEY_MESSAGES: delivery('messages'),
    SUBGRAPH_URL_DOCUMENTS: places.subgraphs.documents,
    SUBGRAPH_URL_MESSAGES: places.subgraphs.messages,
    ...own[name](secrets, places),
  }
}

const upper = (name: SubgraphName) => name.toUpperCase() as Uppercase<SubgraphName>

/** What only one of them is told. */
const own: Record<SubgraphName, (secrets: Secrets, places: Places) => Variables> = {
  patients: ({ PATIENTS_KEY }) => ({ PATIENTS_KEY }),
  appointments: () => ({}),
  documents: (secrets, places) => ({
    SYSTEM_SECRET: secrets.SYSTEM_SECRET_DOCUMENTS,
    ...documentsVariables(secrets, places),
  }),
  messages: ({ SYSTEM_SECRET_MESSAGES, MESSAGES_KEY }, places) => ({
    SYSTEM_SECRET: SYSTEM_SECRET_MESSAGES,
    MESSAGES_KEY,
    ...demonstrationNotify(places),
  }),
}
