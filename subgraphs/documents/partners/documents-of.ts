import type { DiagnosticReport, Observation, Resource } from '@medplum/fhirtypes'
import { letterOfComposition, letterOfReference } from './map-letter.ts'
import { type Parts, resultOfObservation, resultOfReport } from './map-result.ts'
import type { PartnerDocument, PartnerLetter } from './partner-document.ts'
import type { PartnerSource } from './partner-source.ts'
import { referencesOf } from './references-of.ts'

interface Partner {
  readonly source: PartnerSource
  readonly door: { named(reference: string): { type: string; id: string } | undefined }
}

/** Documents as patients know them, made of a partner's resources: each by itself, so that none hides another. */
export function documentsOf(
  resources: readonly Resource[],
  partner: Partner,
): { documents: PartnerDocument[]; unreadable: number } {
  const observations = new Observations(resources, partner)
  const documents: PartnerDocument[] = []
  let unreadable = 0
  for (const resource of resources) {
    try {
      const document = documentOf(resource, observations, partner.source.name)
      if (document) documents.push(document)
      else if (document === undefined) unreadable += 1
    } catch {
      unreadable += 1
    }
  }
  return { documents: withTheirFiles(documents), unreadable }
}

/** Null for what is no document of its own; undefined for what cannot be made one. */
function documentOf(
  resource: Resource,
  observations: Observations,
  trustName: string,
): PartnerDocument | null | undefined {
  switch (resource.resourceType) {
    case 'DiagnosticReport':
      return resultOfReport(resource, observations.of(resource), trustName)
    case 'Observation':
      return observations.isPart(resource) || !isOfLaboratory(resource)
        ? null
        : resultOfObservation(resource, observations.of(resource), trustName)
    case 'Composition':
      return letterOfComposition(resource)
    case 'DocumentReference':
      return resource.status === 'superseded' ? null : letterOfReference(resource)
    default:
      return undefined
  }
}

const isOfLaboratory = ({ category }: Observation) =>
  category?.some(({ coding }) => coding?.some(({ code }) => code === 'laboratory')) ?? false

/** The observations of one answer, and which report or group each of them is a part of. */
class Observations {
  readonly #byId = new Map<string, Observation>()
  readonly #parts = new Set<string>()
  readonly #partner: Partner

  constructor(resources: readonly Resource[], partner: Partner) {
    this.#partner = partner
    for (const it of resources) {
      if (it.resourceType === 'Observation') this.#byId.set(it.id ?? '', it)
      for (const id of this.#idsIn(it)) if (id !== it.id) this.#parts.add(id)
    }
  }

  isPart({ id = '' }: Observation): boolean {
    return this.#parts.has(id)
  }

  /** What it is made of, with what that is made of: each once, in the order in which it is named. */
  of(whole: DiagnosticReport | Observation): Parts {
    const found = new Map<string, Observation>()
    let missing = 0
    const follow = (resource: Resource) => {
      for (const reference of referencesOf(resource)) {
        const part = this.#find(reference, resource)
        if (!part) missing += 1
        else if (part !== whole && !found.has(part.id ?? '')) {
          found.set(part.id ?? '', part)
          follow(part)
        }
      }
    }
    follow(whole)
    return { observations: [...found.values()], missing }
  }

  #find(reference: string, inside: Resource): Observation | undefined {
    if (!reference.startsWith('#')) return this.#byId.get(this.#partner.door.named(reference)?.id ?? '')
    const contained = 'contained' in inside ? inside.contained?.find(({ id }) => id === reference.slice(1)) : undefined
    // It stands in a resource that was found to be this patient's, and may not say that it is another's.
    return contained?.resourceType === 'Observation' && !contained.subject ? contained : undefined
  }

  #idsIn(resource: Resource): string[] {
    const named = referencesOf(resource).map((it) => this.#partner.door.named(it))
    return named.filter((it) => it?.type === 'Observation').map((it) => it?.id ?? '')
  }
}

/** A letter that is there as text and, by the same name, as a file is one letter: the text, with the file. */
function withTheirFiles(documents: readonly PartnerDocument[]): PartnerDocument[] {
  const texts = documents.filter((it): it is PartnerLetter => it.type === 'Composition')
  const files = documents.filter((it): it is PartnerLetter => it.type === 'DocumentReference')
  const fileOf = new Map(texts.map((text) => [text, files.find((file) => isSame(text, file))]))
  const merged = new Set([...fileOf.values()].filter((it) => it && !it.isWithdrawn))
  return documents
    .filter((it) => !merged.has(it as PartnerLetter))
    .map((it) => withFile(it, fileOf.get(it as PartnerLetter)))
}

const isSame = (text: PartnerLetter, file: PartnerLetter) => text.names.some((name) => file.names.includes(name))

function withFile(document: PartnerDocument, file: PartnerLetter | undefined): PartnerDocument {
  if (!file?.pdf || file.isWithdrawn || document.isWithdrawn) return document
  return {
    ...document,
    pdf: { ...file.pdf, in: `DocumentReference/${file.id}` },
    versions: `${document.versions}${file.versions}`,
    codes: [...document.codes, ...file.codes],
  }
}
