import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What may be asked of a partner, beside the patient themselves. */
export const recordTypes = ['DiagnosticReport', 'Observation', 'DocumentReference', 'Composition'] as const
export type RecordType = (typeof recordTypes)[number]

const address = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http or https address')
  .transform((text) => new URL(text))
const bareAddress = address.refine(
  ({ search, hash, username }) => !search && !hash && !username,
  'must be an address without a question mark, # or user name',
)

const sourceSchema = z.strictObject({
  code: z.string().regex(/^[A-Z0-9]{3,5}$/, 'must be an ODS code, such as RAL'),
  name: z.string().min(1, 'must not be empty'),
  shortName: z.string().min(1, 'must not be empty').max(24, 'must be at most 24 characters'),
  fhirUrl: bareAddress,
  tokenUrl: address,
  clientId: z.string().min(1, 'must not be empty'),
  scope: z.string().min(1, 'must not be empty').optional(),
  /** Left out: all. A partner that knows no such resource would answer with an error. */
  asks: z
    .array(z.enum(recordTypes))
    .min(1, 'must name at least one')
    .default([...recordTypes]),
})

/** A hospital whose records this portal shows too, and how its FHIR server is reached. A setting, never code. */
export type PartnerSource = z.infer<typeof sourceSchema> & { readonly clientSecret: string }

/** The variable that holds a partner's secret. */
export const secretName = (code: string) => `PARTNER_SECRET_${code}`

/** Reads the list of partners from a JSON file, and their secrets from the environment. Says every fault, and no secret. */
export function readPartnerSources(environment: NodeJS.ProcessEnv): { sources: PartnerSource[]; faults: string[] } {
  const file = environment.PARTNER_SOURCES
  if (!file) return { sources: [], faults: [] }
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { sources: [], faults: [`PARTNER_SOURCES: must be the path of a JSON file (got "${file}")`] }
  }
  const { data, error } = z.array(sourceSchema, 'must be a list of partners').safeParse(content)
  if (error) return { sources: [], faults: error.issues.map(inWords) }
  const sources = data.map((it) => ({ ...it, clientSecret: environment[secretName(it.code)] ?? '' }))
  return { sources, faults: [...faultsBetween(sources, environment.NODE_ENV === 'production')] }
}

/** Which entry is meant: people count from 1. */
const inWords = ({ path: [index, ...rest], message }: z.core.$ZodIssue) => {
  const entry = index === undefined ? '' : ` partner ${Number(index) + 1}:`
  return `PARTNER_SOURCES:${entry} ${rest.length ? `${rest.join('.')}: ` : ''}${message}`
}

function* faultsBetween(sources: readonly PartnerSource[], production: boolean) {
  for (const [index, { code, clientSecret, fhirUrl, tokenUrl }] of sources.entries()) {
    if (sources.findIndex((it) => it.code === code) !== index) yield `PARTNER_SOURCES: ${code} is there twice`
    if (!clientSecret) yield `${secretName(code)}: is missing; it is the secret of the portal's client at ${code}`
    for (const [name, { protocol }] of Object.entries({ fhirUrl, tokenUrl }))
      if (production && protocol === 'http:')
        yield `PARTNER_SOURCES: ${code}: ${name} must start with https:// in production`
  }
}
