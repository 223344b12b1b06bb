import { z } from 'zod'

/** What the site needs to know from outside: read once, checked whole, handed on as one value. */
export interface SiteSettings {
  /** Where people reach the site. Decides links, the origin that forms may come from, and the kind of cookie. */
  publicUrl: URL
  /** The address and port the site listens on. */
  host: string
  port: number
  /** The gateway's GraphQL endpoint. */
  graphUrl: URL
  /** Signs the address of the person for the gateway, and seals the cookie of a log in under way. */
  signingKey: Buffer
  /** How many proxies of our own stand in front; the person's address is taken that many places from the right of X-Forwarded-For. */
  proxyHops: number
  /** The demonstration's message server, and the key it knows us by. */
  inbox: { url: URL; key: string } | undefined
  logLevel: string
  production: boolean
}

/** The settings are wrong; the message has one line for each fault. */
export class SettingsNotUsable extends Error {}

const webAddress = (fallback?: string) => {
  const url = z
    .string({ error: 'is missing' })
    .refine(
      (text) => /^https?:\/\//.test(text) && URL.canParse(text),
      'must be a URL that starts with http:// or https://',
    )
    .transform((text) => new URL(text))
  return fallback === undefined ? url : url.prefault(fallback)
}

const wholeNumber = (least: number, most: number, fallback: string) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`)
    .prefault(fallback)

const schema = z
  .object({
    NODE_ENV: z
      .enum(['production', 'development', 'test'], 'must be production, development or test')
      .default('development'),
    PUBLIC_URL: webAddress('http://localhost:3000'),
    HOST: z.string().min(1, 'must not be empty').default('127.0.0.1'),
    WEB_PORT: wholeNumber(0, 65_535, '3000'),
    GRAPH_URL: webAddress('http://localhost:4000/graphql'),
    WEB_SIGNING_KEY: z
      .string({ error: 'is missing; make one with: openssl rand -base64 32 | tr "+/" "-_" | tr -d "="' })
      .regex(/^[\w-]{43}$/, 'must be 32 bytes as base64url (43 characters)'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be fatal, error, warn, info, debug or silent')
      .default('info'),
    PROXY_HOPS: wholeNumber(0, 9, '0'),
    INBOX_URL: webAddress().optional(),
    INBOX_KEY: z.string().min(73, 'must be an API key of the message server').optional(),
  })
  .superRefine((settings, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const production = settings.NODE_ENV === 'production'
    if (production && settings.PUBLIC_URL.protocol !== 'https:')
      fault('PUBLIC_URL', 'must start with https:// in production')
    if (production && settings.INBOX_URL)
      fault('INBOX_URL', 'belongs to the demonstration and must not be set in production')
    if (settings.PUBLIC_URL.pathname !== '/') fault('PUBLIC_URL', 'must not have a path')
    if (settings.INBOX_URL && !settings.INBOX_KEY) fault('INBOX_KEY', 'is missing; INBOX_URL needs it')
  })

/** Secrets are not repeated on the screen or in a log. */
const secret = new Set(['WEB_SIGNING_KEY', 'INBOX_KEY'])

/** Reads the site's settings from environment variables, or throws with every fault at once. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): SiteSettings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const { data, error } = schema.safeParse(given)
  if (error) throw new SettingsNotUsable(error.issues.map((issue) => describe(issue, given)).join('\n'))
  return {
    publicUrl: data.PUBLIC_URL,
    host: data.HOST,
    port: data.WEB_PORT,
    graphUrl: data.GRAPH_URL,
    signingKey: Buffer.from(data.WEB_SIGNING_KEY, 'base64url'),
    proxyHops: data.PROXY_HOPS,
    inbox: data.INBOX_URL && data.INBOX_KEY ? { url: data.INBOX_URL, key: data.INBOX_KEY } : undefined,
    logLevel: data.LOG_LEVEL,
    production: data.NODE_ENV === 'production',
  }
}

function describe(issue: z.core.$ZodIssue, given: NodeJS.ProcessEnv): string {
  const name = String(issue.path[0])
  const value = given[name]
  return `${name}: ${issue.message}${value === undefined || secret.has(name) ? '' : ` (got "${value}")`}`
}

/** The headers in which the built site is told, with every request, where people reached it. */
export const toldToTheBuild = { protocol: 'x-site-protocol', host: 'x-site-host' } as const

/** The build reads these names once, from the environment, when it is loaded; it offers no other way to be told. */
export function prepareForTheBuild(): void {
  Object.assign(process.env, {
    SITE_BUILD_PROTOCOL_HEADER: toldToTheBuild.protocol,
    SITE_BUILD_HOST_HEADER: toldToTheBuild.host,
    SITE_BUILD_BODY_SIZE_LIMIT: '100K',
  })
}
