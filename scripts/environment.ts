import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a port number')
    .transform(Number)
    .refine((it) => it <= 65_535, 'must be a port number, 65535 at most')
    .prefault(String(fallback))

const variables = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'must be production, development or test')
    .default('development'),
  HOST: z.string().min(1, 'must be an address to listen on').default('127.0.0.1'),
  WEB_PORT: port(3000),
  GRAPH_PORT: port(4000),
  HL7_PORT: port(2575),
  HL7_HOSPITAL_PORT: port(2576),
  HL7_LISTEN_PORT: port(2577),
  HL7_SEND_TO: z.string().optional(),
  INBOX_PORT: port(4010),
  PARTNER_PORT: port(4020),
  PARTNER_SOURCES: z.string().optional(),
  SUBGRAPH_PORT_PATIENTS: port(4001),
  SUBGRAPH_PORT_APPOINTMENTS: port(4002),
  SUBGRAPH_PORT_DOCUMENTS: port(4003),
  SUBGRAPH_PORT_MESSAGES: port(4004),
  DATA_DIR: z.string().min(1, 'must name a folder').default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'must be a PostgreSQL address: postgresql://user:password@host/database')
    .optional(),
  TRUST_PROFILE: z.string().min(1, 'must name a trust profile').default('west-herts'),
  PUBLIC_URL: z
    .string()
    .refine((it) => /^https?:\/\//.test(it) && URL.canParse(it), 'must be a URL that starts with http:// or https://')
    .optional(),
  QUIET_HOURS: z.enum(['on', 'off'], 'must be on or off').optional(),
  AUDIT_KEYS_FORMER: z
    .string()
    .default('')
    .transform((it) => it.split(/[\s,]+/).filter((one) => one !== ''))
    .refine((keys) => keys.every((it) => /^[\w-]{43}$/.test(it)), 'must be keys of 43 characters, with commas between'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be a level of pino').default('warn'),
})

export const subgraphNames = ['patients', 'appointments', 'documents', 'messages'] as const
export type SubgraphName = (typeof subgraphNames)[number]

export interface MachineSettings {
  readonly production: boolean
  readonly host: string
  readonly ports: {
    readonly web: number
    readonly graph: number
    readonly hl7: number
    /** Of a demonstration: where its hospital hears what the portal tells it. */
    readonly hospital: number
    /** Where `npm run hospital -- listen` listens for what that hospital hands on. */
    readonly listen: number
    readonly inbox: number
    /** Of a demonstration: where its partner hospital shows its records. */
    readonly partner: number
  }
  /** Whether the portal tells another hospital than the demonstration's. */
  readonly hospitalIsElsewhere: boolean
  /** Whether the portal asks other partners than the demonstration's, or none. */
  readonly partnersAreElsewhere: boolean
  /** Used when every part is a process of its own. */
  readonly subgraphPorts: Readonly<Record<SubgraphName, number>>
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly trustProfile: string
  readonly publicUrl: string
  /** Whether the quiet hours of the trust profile hold. Not in a demonstration unless asked: it is visited at all hours. */
  readonly quietHours: boolean
  /** The values AUDIT_KEY had before, the newest first. */
  readonly formerAuditKeys: readonly string[]
  readonly logLevel: string
}

/** What one machine is told from outside. Throws with every fault at once, a line for each. */
export function readMachineSettings(given: NodeJS.ProcessEnv): MachineSettings {
  const environment = withoutBlanks(given)
  const { success, data, error } = variables.safeParse(environment)
  if (!success)
    throw new Error(error.issues.map(({ path, message }) => faultOf(String(path[0]), message, environment)).join('\n'))
  return {
    production: data.NODE_ENV === 'production',
    host: data.HOST,
    ports: {
      web: data.WEB_PORT,
      graph: data.GRAPH_PORT,
      hl7: data.HL7_PORT,
      hospital: data.HL7_HOSPITAL_PORT,
      listen: data.HL7_LISTEN_PORT,
      inbox: data.INBOX_PORT,
      partner: data.PARTNER_PORT,
    },
    hospitalIsElsewhere: data.NODE_ENV === 'production' || data.HL7_SEND_TO !== undefined,
    partnersAreElsewhere: data.NODE_ENV === 'production' || data.PARTNER_SOURCES !== undefined,
    subgraphPorts: {
      patients: data.SUBGRAPH_PORT_PATIENTS,
      appointments: data.SUBGRAPH_PORT_APPOINTMENTS,
      documents: data.SUBGRAPH_PORT_DOCUMENTS,
      messages: data.SUBGRAPH_PORT_MESSAGES,
    },
    dataDir: isAbsolute(data.DATA_DIR) ? data.DATA_DIR : resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    trustProfile: data.TRUST_PROFILE,
    publicUrl: data.PUBLIC_URL ?? `http://localhost:${data.WEB_PORT}`,
    quietHours: (data.QUIET_HOURS ?? (data.NODE_ENV === 'production' ? 'on' : 'off')) === 'on',
    formerAuditKeys: data.AUDIT_KEYS_FORMER,
    logLevel: data.LOG_LEVEL,
  }
}

/** A setting that is blank, as in a copy of `.env.example`, is one that is left out. */
const withoutBlanks = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))

const secrets: ReadonlySet<string> = new Set(['DATABASE_URL', 'AUDIT_KEYS_FORMER'])
/** A key, and an address with a password in it, are not repeated. */
const faultOf = (name: string, message: string, environment: NodeJS.ProcessEnv) =>
  secrets.has(name) ? `${name}: ${message}` : `${name}: ${message} (got ${JSON.stringify(environment[name])})`
