import type { Resource } from '@medplum/fhirtypes'
import type { Clock } from '../../runtime/clock.ts'
import type { Log } from '../../runtime/log.ts'
import { isAbout, type Person } from './belongs-to.ts'
import type { Identity } from './identity.ts'
import { findPerson } from './find-person.ts'
import { documentsOf } from './documents-of.ts'
import { isOurOwn, type OurNames } from './our-own.ts'
import { isUnderstood } from './understood.ts'
import { isForPatients } from './for-patients.ts'
import type { PartnerDocument } from './partner-document.ts'
import type { PartnerDoor } from './partner-door.ts'
import { BrokenForOnePatient, PartnerFailure, PartnerWithholds } from './partner-failure.ts'
import type { PartnerLimits } from './partner-limits.ts'
import type { PartnerSource, RecordType } from './partner-source.ts'
import { referencesOf } from './references-of.ts'
import { Allowance, everyPage, type Found, type Unchecked } from './search.ts'
import type { Validation } from './validation.ts'
import { withZones } from './fhir-date.ts'

/** What a partner said when it was asked for somebody's records. */
export type PartnerAnswer =
  | { readonly kind: 'NOT_LINKED' | 'WITHHELD' }
  | {
      readonly kind: 'RECORDS'
      readonly documents: PartnerDocument[]
      readonly setAside: number
      /** There is more than was taken in. */
      readonly cut: boolean
    }

/** Everything one partner is asked with. */
export interface AskSettings {
  readonly source: PartnerSource
  readonly door: PartnerDoor
  readonly limits: PartnerLimits
  readonly validation: Validation
  readonly ourNames: (asking: Asked) => Promise<OurNames>
}

export interface Asked {
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
}

/** Asks a partner for everything it has of a person. Throws when it fails; that it knows or shows nothing is an answer. */
export async function askPartner(settings: AskSettings, identity: Identity, asked: Asked): Promise<PartnerAnswer> {
  try {
    const [person, ours] = await Promise.all([findPerson(settings, identity, asked), settings.ourNames(asked)])
    if (!person) return { kind: 'NOT_LINKED' }
    return await new Records(settings, person, ours, asked).read()
  } catch (error) {
    if (error instanceof PartnerWithholds) return { kind: 'WITHHELD' }
    // A long record is the patient's, and no fault of the partner's.
    if (error instanceof PartnerFailure && error.failure === 'TOO_LARGE')
      throw new BrokenForOnePatient(error.failure, error.detail, { cause: error })
    throw error
  }
}

/** Reads what a partner has of one person, and keeps apart what is not fit to be shown. */
class Records {
  readonly #kept = new Map<string, Resource>()
  readonly #seen = new Set<string>()
  readonly #allowance: Allowance
  #setAside = 0
  #cut = false

  constructor(
    readonly settings: AskSettings,
    readonly person: Person,
    readonly ours: OurNames,
    readonly asked: Asked,
  ) {
    this.#allowance = new Allowance(settings.limits)
  }

  async read(): Promise<PartnerAnswer> {
    const found = await Promise.all(this.settings.source.asks.map((type) => this.#search(type, usual[type])))
    for (const it of found) await this.#take(it)
    await this.#readReferred()
    const { documents, unreadable } = documentsOf(this.#forPatients(), this.settings)
    return { kind: 'RECORDS', documents, setAside: this.#setAside + unreadable, cut: this.#cut }
  }

  /** What its hospital keeps from patients goes with all that it is made of, and nobody is told that it is there. */
  #forPatients(): Resource[] {
    const all = [...this.#kept.values()]
    const barred = new Set(all.filter((it) => !isForPatients(it)))
    for (const it of barred)
      for (const reference of referencesOf(it)) {
        const { type, id } = this.settings.door.named(reference) ?? {}
        const part = this.#kept.get(`${type}/${id}`)
        // A set is gone through with what is added meanwhile.
        if (part) barred.add(part)
      }
    return all.filter((it) => !barred.has(it))
  }

  #search(type: RecordType, more: Record<string, string>): Promise<Found> {
    const { door, limits } = this.settings
    const patient = [...this.person.patientIds].map((id) => `Patient/${id}`).join(',')
    const parameters = new URLSearchParams({ patient, ...more, _count: String(limits.entriesOfPage) })
    return everyPage(door, door.read(`${type}?${parameters}`, this.asked), this.#allowance, this.asked)
  }

  /** Values that reports name and that were not among what a laboratory measured; then those that these name. */
  async #readReferred(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      const wanted = [...new Set([...this.#kept.values()].flatMap((it) => this.#referredBy(it)))]
      const missing = wanted.filter((id) => !this.#seen.has(`Observation/${id}`)).slice(0, 100)
      if (!missing.length) return
      await this.#take(await this.#search('Observation', { _id: missing.join(',') }))
    }
  }

  #referredBy(resource: Resource): string[] {
    const references = referencesOf(resource).map((it) => this.settings.door.named(it))
    return references.filter((it) => it?.type === 'Observation').map((it) => it?.id ?? '')
  }

  async #take({ resources, unreadable, cut }: Found): Promise<void> {
    this.#setAside += unreadable
    this.#cut ||= cut
    const fresh = resources.filter((it) => !this.#isSeen(it)).map((it) => withZones(it) as Unchecked)
    const faults = await this.settings.validation.faultsOf(fresh, this.asked.signal)
    for (const [index, it] of fresh.entries()) this.#judge(it, faults[index] ?? ['not checked'])
  }

  #isSeen({ resourceType, id }: Unchecked): boolean {
    const name = `${resourceType}/${id}`
    if (this.#seen.has(name)) return true
    this.#seen.add(name)
    return false
  }

  /** Of what cannot be read nobody knows whose it is; of what can, what is somebody else's is not counted as one of theirs. */
  #judge(unchecked: Unchecked, faults: readonly string[]): void {
    const { source } = this.settings
    const resource = unchecked as unknown as Resource
    const about = { source: source.code, type: unchecked.resourceType, id: unchecked.id }
    const isReadable = isAskedFor(resource) && !faults.length && isUnderstood(resource)
    const verdict = isReadable ? this.#whose(resource) : 'UNREADABLE'
    if (verdict === 'THEIRS') this.#kept.set(`${about.type}/${about.id}`, resource)
    if (verdict === 'UNREADABLE') {
      this.#setAside += 1
      this.asked.log.warn({ ...about, faults: faults.slice(0, 5) }, 'a record of a partner was set aside')
    }
    if (verdict === 'OF_ANOTHER')
      this.asked.log.error({ ...about, alarm: 'RECORD_OF_ANOTHER' }, 'a partner sent a record of somebody else')
  }

  #whose(resource: Resource): 'THEIRS' | 'OF_ANOTHER' | 'OURS' | 'UNREADABLE' {
    try {
      if (!isAbout(resource, this.person, this.settings.door)) return 'OF_ANOTHER'
      return isOurOwn(resource, this.ours) ? 'OURS' : 'THEIRS'
    } catch {
      // The definitions let some shapes pass that nobody can read.
      return 'UNREADABLE'
    }
  }
}

const isAskedFor = ({ resourceType }: Resource) => Object.hasOwn(usual, resourceType)

/** What narrows each search; the newest first, for there may be more than is taken in. */
const usual: Record<RecordType, Record<string, string>> = {
  DiagnosticReport: { _sort: '-date' },
  Observation: { category: 'laboratory', _sort: '-date' },
  DocumentReference: { _sort: '-date' },
  Composition: { _sort: '-date' },
}
