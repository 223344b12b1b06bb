import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'
import type { FeedsSettings, WriteBackSettings } from './main.ts'
import { allowList, loopback } from './mllp/allow-list.ts'

/** The settings are wrong; the message has one line for each fault. */
export class EnvironmentFaults extends Error {
  override name = 'EnvironmentFaults'
}

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`
  const number = z
    .string()
    .regex(/^\d{1,12}$/, error)
    .transform(Number)
  return number.refine((it) => it >= least && it <= most, error)
}
const list = z.string().transform((text) => text.split(/[\s,]+/).filter((it) => it !== ''))
const file = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    context.addIssue({ code: 'custom', message: 'must name a PEM file that can be read' })
    return z.NEVER
  }
})

const address = z
  .string()
  .regex(/^(?:\[[0-9a-fA-F:.]+\]|[^\s:/[\]]+):\d{1,5}$/, 'must be a host and a port: pas.example.nhs.uk:2575')
  .transform((text) => {
    const colon = text.lastIndexOf(':')
    return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) }
  })
  .refine(({ port }) => port > 0 && port <= 65_535, 'must have a port from 1 to 65535')

const variables = z
  .object({
    NODE_ENV: z.string().default('development'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be a level of pino').default('info'),
    HL7_HOST: z.string().min(1, 'must be an address to listen on').default('127.0.0.1'),
    HL7_PORT: whole(0, 65_535).prefault('2575'),
    HL7_HEALTH_PORT: whole(0, 65_535).optional(),
    HL7_ALLOW: list.default([...loopback]),
    HL7_TLS_KEY: file.optional(),
    HL7_TLS_CERT: file.optional(),
    HL7_TLS_CA: file.optional(),
    HL7_MAXIMUM_BYTES: whole(10_000, 50_000_000).prefault('30000000'),
    HL7_MESSAGE_SECONDS: whole(1, 600).prefault('30'),
    HL7_IDLE_SECONDS: whole(1, 86_400).prefault('3600'),
    HL7_CONNECTIONS: whole(1, 10_000).prefault('64'),
    HL7_PROCESSING: list.optional(),
    HL7_SEND_TO: address.optional(),
    HL7_SEND_APPLICATION: z.string().min(1, 'must be what the receiving system calls itself').default('PAS'),
    HL7_SEND_SECONDS: whole(1, 45).prefault('15'),
    HL7_SEND_TLS_CA: file.optional(),
    HL7_SEND_TLS_KEY: file.optional(),
    HL7_SEND_TLS_CERT: file.optional(),
    GRAPH_URL: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .default('http://127.0.0.1:4000/graphql'),
    SYSTEM_SECRET_FEEDS: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 random bytes in base64url, 43 characters'),
  })
  .superRefine((it, context) => {
    const complain = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
    for (const [key, cert] of [
      ['HL7_TLS_KEY', 'HL7_TLS_CERT'],
      ['HL7_SEND_TLS_KEY', 'HL7_SEND_TLS_CERT'],
    ] as const)
      if ((it[key] === undefined) !== (it[cert] === undefined))
        complain(it[key] === undefined ? key : cert, 'is needed beside the other half of the pair')
    if (it.NODE_ENV === 'production' && it.HL7_SEND_TO === undefined)
      complain('HL7_SEND_TO', 'is needed in production: where the hospital’s system hears what patients did')
    if (it.HL7_TLS_CA !== undefined && it.HL7_TLS_KEY === undefined)
      complain('HL7_TLS_KEY', 'is needed: HL7_TLS_CA asks senders for certificates, and that takes TLS')
    if (it.HL7_PROCESSING?.some((id) => !['P', 'T', 'D'].includes(id)))
      complain('HL7_PROCESSING', 'must list P, T or D')
    const fault = faultOf(() => allowList(it.HL7_ALLOW))
    if (fault !== undefined) complain('HL7_ALLOW', fault)
  })

const faultOf = (check: () => unknown): string | undefined => {
  try {
    check()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The settings of the feeds, from the environment; every fault of them at once. */
export function readEnvironment(
  given: NodeJS.ProcessEnv = process.env,
): FeedsSettings & { healthPort: number | undefined } {
  // A setting that is blank, as in a copy of .env.example, is one that is left out.
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const { success, data, error } = variables.safeParse(environment)
  if (!success) throw new EnvironmentFaults(error.issues.map((issue) => describe(issue, environment)).join('\n'))
  const { HL7_TLS_KEY: key, HL7_TLS_CERT: cert, HL7_TLS_CA: ca } = data
  return {
    host: data.HL7_HOST,
    port: data.HL7_PORT,
    allow: data.HL7_ALLOW,
    tls: key !== undefined && cert !== undefined ? { key, cert, ca } : undefined,
    maximumMessageBytes: data.HL7_MAXIMUM_BYTES,
    messageSeconds: data.HL7_MESSAGE_SECONDS,
    idleSeconds: data.HL7_IDLE_SECONDS,
    maximumConnections: data.HL7_CONNECTIONS,
    processingIds: data.HL7_PROCESSING ?? (data.NODE_ENV === 'production' ? ['P'] : ['P', 'T', 'D']),
    writeBack: readWriteBack(data),
    graph: { url: data.GRAPH_URL, secret: data.SYSTEM_SECRET_FEEDS },
    logLevel: data.LOG_LEVEL,
    healthPort: data.HL7_HEALTH_PORT,
  }
}

function readWriteBack(data: z.infer<typeof variables>): WriteBackSettings {
  const { HL7_SEND_TO: to = demonstration, HL7_SEND_TLS_CA: ca, HL7_SEND_TLS_KEY: key, HL7_SEND_TLS_CERT: cert } = data
  const secured = ca !== undefined || key !== undefined
  const tls = { ...(ca !== undefined && { ca }), ...(key !== undefined && cert !== undefined && { key, cert }) }
  return {
    hospital: { ...to, ...(secured && { tls: { ...tls, ...(isIP(to.host) === 0 && { servername: to.host }) } }) },
    application: data.HL7_SEND_APPLICATION,
    processingId: data.NODE_ENV === 'production' ? 'P' : 'T',
    answerMs: data.HL7_SEND_SECONDS * 1000,
  }
}

/** Where the demonstration's hospital listens. */
const demonstration = { host: '127.0.0.1', port: 2576 }

/** A secret is never repeated, not even a wrong one. */
function describe({ path, message }: z.core.$ZodIssue, environment: NodeJS.ProcessEnv): string {
  const name = String(path[0])
  const given = environment[name]
  if (given === undefined) return `${name}: ${message.startsWith('is needed') ? message : 'is missing'}`
  return name.startsWith('SYSTEM_SECRET') ? `${name}: ${message}` : `${name}: ${message} (got ${JSON.stringify(given)})`
}
