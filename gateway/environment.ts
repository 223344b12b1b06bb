import { z } from 'zod'
import { demonstrationAt } from './demonstration.ts'
import type { GatewaySettings } from './settings.ts'

const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url')
const port = z.coerce
  .number('must be a port number')
  .int('must be a port number')
  .min(0, 'must be a port number')
  .max(65_535, 'must be a port number')
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' })

const isOrigin = (text: string) => URL.canParse(text) && /^https?:\/\/[^/?#@]+\/?$/.test(text)
/** As it stands in an address: a port that is the usual one is left out. */
const isHost = (text: string) => URL.canParse(`https://${text}`) && new URL(`https://${text}`).host === text

const variables = z
  .object({
    NODE_ENV: z.string().default('development'),
    HOST: z.string().default('127.0.0.1'),
    GRAPH_PORT: port.default(4000),
    GRAPH_RATE_LIMIT: z.coerce
      .number('must be a number of requests a second, 0 for no limit')
      .min(0, 'must not be negative')
      .default(60),
    GRAPH_PUBLIC_URL: z
      .string()
      .refine(isOrigin, 'must be an http or https address without a path')
      .transform((it) => new URL(it).origin)
      .optional(),
    GRAPH_PROXY_HOPS: z.string().regex(/^\d$/, 'must be a whole number from 0 to 9').transform(Number).prefault('0'),
    PARTNER_KEY_HOSTS: z
      .string()
      .default('')
      .transform((it) => it.split(/[\s,]+/).filter((host) => host !== ''))
      .refine((hosts) => hosts.every(isHost), 'must be names of hosts, with commas between'),
    GRAPH_SANDBOX: z.enum(['on', 'off'], 'must be on or off').optional(),
    DEMONSTRATION_URL: url.optional(),
    DEMONSTRATION_KEY: key.optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be a level of pino').default('info'),
    SUBGRAPH_URL_PATIENTS: url.default('http://127.0.0.1:4001/graphql'),
    SUBGRAPH_URL_APPOINTMENTS: url.default('http://127.0.0.1:4002/graphql'),
    SUBGRAPH_URL_DOCUMENTS: url.default('http://127.0.0.1:4003/graphql'),
    SUBGRAPH_URL_MESSAGES: url.default('http://127.0.0.1:4004/graphql'),
    SUBGRAPH_KEY_PATIENTS: key,
    SUBGRAPH_KEY_APPOINTMENTS: key,
    SUBGRAPH_KEY_DOCUMENTS: key,
    SUBGRAPH_KEY_MESSAGES: key,
    SYSTEM_SECRET_HASH_FEEDS: key,
    SYSTEM_SECRET_HASH_MESSAGES: key,
    SYSTEM_SECRET_HASH_DOCUMENTS: key,
    WEB_SIGNING_KEY: key,
  })
  .refine(({ NODE_ENV, GRAPH_PUBLIC_URL }) => NODE_ENV !== 'production' || !GRAPH_PUBLIC_URL?.startsWith('http:'), {
    path: ['GRAPH_PUBLIC_URL'],
    message: 'must start with https:// in production',
  })
  .refine(({ NODE_ENV, DEMONSTRATION_URL }) => NODE_ENV !== 'production' || DEMONSTRATION_URL === undefined, {
    path: ['DEMONSTRATION_URL'],
    message: 'must be left out in production, which has no demonstration',
  })
  .refine((it) => (it.DEMONSTRATION_URL === undefined) === (it.DEMONSTRATION_KEY === undefined), {
    path: ['DEMONSTRATION_KEY'],
    message: 'goes with DEMONSTRATION_URL: give both or none',
  })

/** What is wrong with the settings, every fault at once. */
export class EnvironmentFaults extends Error {
  constructor(faults: string[]) {
    super(faults.join('\n'))
    this.name = 'EnvironmentFaults'
  }
}

/** The settings of a gateway that runs as its own process. */
export function readEnvironment(given: NodeJS.ProcessEnv = process.env): GatewaySettings & { logLevel: string } {
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const { success, data, error } = variables.safeParse(environment)
  if (!success) throw new EnvironmentFaults(error.issues.map((issue) => fault(issue, environment)))
  return {
    host: data.HOST,
    port: data.GRAPH_PORT,
    production: data.NODE_ENV === 'production',
    logLevel: data.LOG_LEVEL,
    limits: { ratePerSecond: data.GRAPH_RATE_LIMIT === 0 ? null : data.GRAPH_RATE_LIMIT },
    subgraphs: {
      patients: { url: data.SUBGRAPH_URL_PATIENTS, key: data.SUBGRAPH_KEY_PATIENTS },
      appointments: { url: data.SUBGRAPH_URL_APPOINTMENTS, key: data.SUBGRAPH_KEY_APPOINTMENTS },
      documents: { url: data.SUBGRAPH_URL_DOCUMENTS, key: data.SUBGRAPH_KEY_DOCUMENTS },
      messages: { url: data.SUBGRAPH_URL_MESSAGES, key: data.SUBGRAPH_KEY_MESSAGES },
    },
    systemClients: [
      { id: 'feeds', secretHash: data.SYSTEM_SECRET_HASH_FEEDS },
      { id: 'messages', secretHash: data.SYSTEM_SECRET_HASH_MESSAGES },
      { id: 'documents', secretHash: data.SYSTEM_SECRET_HASH_DOCUMENTS },
    ],
    webSigningKey: data.WEB_SIGNING_KEY,
    ...publicUrlOf(data.GRAPH_PUBLIC_URL, data.GRAPH_PORT),
    partnerKeyHosts: data.PARTNER_KEY_HOSTS,
    proxyHops: data.GRAPH_PROXY_HOPS,
    ...demonstrationOf(data),
    ...(data.GRAPH_SANDBOX ? { sandbox: data.GRAPH_SANDBOX === 'on' } : {}),
  }
}

/** A gateway on any free port is reached where it listens. */
function publicUrlOf(given: string | undefined, port: number): { publicUrl?: string } {
  if (given !== undefined) return { publicUrl: given }
  return port === 0 ? {} : { publicUrl: `http://localhost:${port}` }
}

const demonstrationOf = ({ DEMONSTRATION_URL, DEMONSTRATION_KEY }: z.infer<typeof variables>) =>
  DEMONSTRATION_URL !== undefined && DEMONSTRATION_KEY !== undefined
    ? { demonstration: demonstrationAt({ url: DEMONSTRATION_URL, key: DEMONSTRATION_KEY }) }
    : {}

/** A secret is never repeated, not even a wrong one. */
function fault({ path, message }: z.core.$ZodIssue, environment: NodeJS.ProcessEnv): string {
  const name = String(path[0])
  const given = environment[name]
  if (given === undefined) return `${name}: is missing`
  return /KEY(?!_HOSTS)|SECRET/.test(name)
    ? `${name}: ${message}`
    : `${name}: ${message} (got ${JSON.stringify(given)})`
}

/**
 * Must run before a gateway of Apollo's is made, whatever the environment says:
 * it would report to its maker every hour, and let an operator switch off the planner's own limits.
 */
export function hardenApollo(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1'
  delete process.env['APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK']
  delete process.env['APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK']
}
