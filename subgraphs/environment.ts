import { z } from 'zod'
import { type DocumentsSettings, readDocumentsSettings } from './documents/main.ts'
import { type MessagesSettings, readMessagesSettings } from './messages/main.ts'
import type { PatientsSettings } from './patients/main.ts'
import { type Purpose, purposeOf } from './runtime/purpose.ts'

const key = z.string('is missing').regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url, 43 characters')
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' })
/** As it stands in an address: a port that is the usual one is left out. */
const isHost = (text: string) => URL.canParse(`https://${text}`) && new URL(`https://${text}`).host === text
const names = ['patients', 'appointments', 'documents', 'messages'] as const
export type SubgraphName = (typeof names)[number]

const variables = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'must be production, development or test')
    .default('development'),
  SUBGRAPH: z.enum(names, `must be one of ${names.join(', ')}`),
  HOST: z.string().min(1).default('127.0.0.1'),
  SUBGRAPH_PORT: z.coerce.number('must be a port number').int('must be a port number').min(0).max(65_535),
  SUBGRAPH_KEY: key,
  SHARING_KEY: key,
  AUDIT_KEY: key,
  AUDIT_KEYS_FORMER: z
    .string()
    .default('')
    .transform((it) => it.split(/[\s,]+/).filter((one) => one !== ''))
    .refine(
      (keys) => keys.every((it) => key.safeParse(it).success),
      'must be keys of 43 characters, with commas between',
    ),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'must be a PostgreSQL address: postgresql://user:password@host/database')
    .optional(),
  TRUST_PROFILE: z.string().min(1).default('west-herts'),
  QUIET_HOURS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  DEMONSTRATION: z.enum(['on', 'off'], 'must be on or off').default('off'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be a level of pino').default('info'),
  GRAPH_URL: url.default('http://127.0.0.1:4000/graphql'),
  SYSTEM_SECRET: key.optional(),
  PATIENTS_KEY: key.optional(),
  PARTNER_KEY_HOSTS: z
    .string()
    .default('')
    .transform((it) => it.split(/[\s,]+/).filter((host) => host !== ''))
    .refine((hosts) => hosts.every(isHost), 'must be names of hosts, with commas between'),
  DELIVERY_KEY_DOCUMENTS: key.optional(),
  DELIVERY_KEY_MESSAGES: key.optional(),
  SUBGRAPH_URL_DOCUMENTS: url.default('http://127.0.0.1:4003/graphql'),
  SUBGRAPH_URL_MESSAGES: url.default('http://127.0.0.1:4004/graphql'),
})

type Variables = z.infer<typeof variables>

/** What one subgraph is told when it runs as its own process. */
export interface SubgraphEnvironment {
  readonly name: SubgraphName
  readonly host: string
  readonly port: number
  readonly key: Buffer
  /** With which one subgraph tells the others what a partner may see. */
  readonly sharingKey: Buffer
  /** With which the audit is signed. */
  readonly auditKey: Buffer
  /** With which it was, the newest first. */
  readonly formerAuditKeys: readonly Buffer[]
  /** Whom it is run for; left out, for nobody in particular. */
  readonly purpose: Purpose | undefined
  readonly database: { readonly folder: string; readonly url?: string }
  readonly trustProfile: string
  readonly quietHours: boolean
  readonly logLevel: string
  /** How to ask the whole graph, as this subgraph's system client. */
  readonly graph: { readonly url: string; readonly bearer: string }
  /** Whom it may tell of events, and with which key. */
  readonly delivery: { readonly name: SubgraphName; readonly url: string; readonly key: Buffer }[]
  readonly patientsSettings: PatientsSettings | undefined
  readonly documentsSettings: DocumentsSettings | undefined
  readonly messagesSettings: MessagesSettings | undefined
}

/** The settings of one subgraph that runs as its own process. Throws with every fault at once; never repeats a secret. */
export function readEnvironment(given: NodeJS.ProcessEnv = process.env): SubgraphEnvironment {
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const { success, data, error } = variables.safeParse(environment)
  const faults = success ? missingFor(data) : error.issues.map((issue) => describe(issue, environment))
  if (faults.length || !success) throw new Error(faults.join('\n'))
  const { SUBGRAPH: name, SYSTEM_SECRET = '', PATIENTS_KEY = '', DEMONSTRATION, DATABASE_URL: url } = data
  return {
    name,
    host: data.HOST,
    port: data.SUBGRAPH_PORT,
    key: bytes(data.SUBGRAPH_KEY),
    sharingKey: bytes(data.SHARING_KEY),
    auditKey: bytes(data.AUDIT_KEY),
    formerAuditKeys: data.AUDIT_KEYS_FORMER.map((it) => bytes(it)),
    purpose: purposeOf(data.NODE_ENV === 'production', DEMONSTRATION === 'on'),
    database: { folder: data.DATA_DIR, ...(url && { url }) },
    trustProfile: data.TRUST_PROFILE,
    quietHours: data.QUIET_HOURS === 'on',
    logLevel: data.LOG_LEVEL,
    graph: { url: data.GRAPH_URL, bearer: `system.${name}.${SYSTEM_SECRET}` },
    delivery: deliveryOf(data),
    patientsSettings:
      name === 'patients'
        ? { key: PATIENTS_KEY, demonstration: DEMONSTRATION === 'on', partnerKeyHosts: data.PARTNER_KEY_HOSTS }
        : undefined,
    documentsSettings: name === 'documents' ? readDocumentsSettings(environment) : undefined,
    messagesSettings: name === 'messages' ? readMessagesSettings(environment) : undefined,
  }
}

const deliveryOf = (data: Variables): SubgraphEnvironment['delivery'] => [
  { name: 'documents', url: data.SUBGRAPH_URL_DOCUMENTS, key: bytes(data.DELIVERY_KEY_DOCUMENTS) },
  { name: 'messages', url: data.SUBGRAPH_URL_MESSAGES, key: bytes(data.DELIVERY_KEY_MESSAGES) },
]

const bytes = (key = '') => Buffer.from(key, 'base64url')

/** What only some subgraphs need. */
function missingFor({ SUBGRAPH, NODE_ENV, DEMONSTRATION, PATIENTS_KEY, SYSTEM_SECRET }: Variables): string[] {
  const faults: string[] = []
  if (SUBGRAPH === 'patients' && !PATIENTS_KEY) faults.push('PATIENTS_KEY: is missing; patients needs it')
  if ((SUBGRAPH === 'documents' || SUBGRAPH === 'messages') && !SYSTEM_SECRET)
    faults.push(`SYSTEM_SECRET: is missing; ${SUBGRAPH} needs it`)
  if (NODE_ENV === 'production' && DEMONSTRATION === 'on') faults.push('DEMONSTRATION: must not be on in production')
  return faults
}

function describe({ path, message }: z.core.$ZodIssue, environment: NodeJS.ProcessEnv): string {
  const name = String(path[0])
  const given = environment[name]
  if (given === undefined) return `${name}: is missing`
  return /KEY|SECRET|DATABASE_URL/.test(name)
    ? `${name}: ${message}`
    : `${name}: ${message} (got ${JSON.stringify(given)})`
}
