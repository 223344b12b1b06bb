import { BrokenCircuitError } from 'cockatiel'
import { unavailable } from '../../runtime/graph-error.ts'
import { kindOf } from '../../runtime/log.ts'
import { Role } from '../../runtime/viewer.ts'
import type { DocumentsContext } from '../context.ts'
import { type Identity, identityOf } from './identity.ts'
import { type Copy, copyOf, isFresh, keep, trustsWithCopy } from './kept-copies.ts'
import type { Partner } from './partner.ts'
import type { PartnerDocument } from './partner-document.ts'
import { PartnerDocumentRead } from './partner-document-read.entity.ts'
import type { PartnerSource } from './partner-source.ts'
import { type RecordSource, RecordSourceStatus } from './record-source.type.ts'
import { partnerDocumentId, type ShownOfPartner, showPartnerDocument } from './show-partner-document.ts'
import { sourceOf, type Standing } from './source-words.ts'
import { withTrends } from './with-trends.ts'

/** What a partner shows of the patient, and how it answered. */
export interface FromPartner {
  readonly source: RecordSource
  readonly documents: readonly ShownOfPartner[]
}

/**
 * What partners show of the patient who asks: of one trust, or of all. Never throws for what a partner does; what it says is
 * kept for a day, and asked for again when it is older than a minute.
 */
export async function partnerRecords(context: DocumentsContext, trustCode?: string): Promise<FromPartner[]> {
  const patientId = patientOf(context)
  const wanted = context.partners.all.filter(({ source }) => trustCode === undefined || source.code === trustCode)
  if (patientId === undefined || !wanted.length) return []
  const standings = await standingsOf(context, wanted, patientId)
  const read = standings.some((it) => 'copy' in it) ? await readBy(context, patientId) : nothingRead
  return wanted.map(({ source }, index) => {
    const standing = standings[index] ?? { status: RecordSourceStatus.UNAVAILABLE }
    const documents = 'copy' in standing ? shownOf(context, { source, copy: standing.copy, patientId }, read) : []
    return { source: sourceOf(source, standing, context.clock.now()), documents }
  })
}

const nothingRead: ReadonlyMap<string, string> = new Map()

/** All that a partner said, as this patient may see it. */
function shownOf(
  { trust }: DocumentsContext,
  { source, copy, patientId }: { source: PartnerSource; copy: Copy; patientId: string },
  read: ReadonlyMap<string, string>,
): ShownOfPartner[] {
  const showing = { source, ownerId: patientId, fetchedAt: copy.fetchedAt, trust, read }
  return withTrends(copy.documents.map((it) => showPartnerDocument(it, showing)))
}

/**
 * A partner's document of the patient who asks; null when there is none by this id. Throws UNAVAILABLE when the partner cannot be
 * asked and nothing is kept: that it is not there must not be said then.
 */
export async function partnerDocument(context: DocumentsContext, id: string): Promise<ShownOfPartner | null> {
  const found = await findAtPartner(context, id)
  if (!found) return null
  const { partner, copy, patientId } = found
  const shown = shownOf(context, { source: partner.source, copy, patientId }, await readBy(context, patientId))
  return shown.find((it) => it.id === id) ?? null
}

/** A document as it is kept, before anything is decided about who sees it. */
export interface AtPartner {
  readonly partner: Partner
  readonly identity: Identity
  readonly copy: Copy
  readonly document: PartnerDocument
  readonly patientId: string
}

export async function findAtPartner(context: DocumentsContext, id: string): Promise<AtPartner | null> {
  const partner = context.partners.of(id.split('.')[0] ?? '')
  const patientId = patientOf(context)
  if (!partner || patientId === undefined) return null
  const [standing] = await standingsOf(context, [partner], patientId)
  if (standing?.status === RecordSourceStatus.UNAVAILABLE)
    throw unavailable(`${partner.source.shortName} records are temporarily unavailable. Try again in a few minutes.`)
  if (!standing || !('copy' in standing)) return null
  const document = standing.copy.documents.find((it) => partnerDocumentId(partner.source, it) === id)
  const identity = await identityOf(context, patientId)
  return document && identity ? { partner, identity, copy: standing.copy, document, patientId } : null
}

/** Partners are asked for patients alone: on behalf of nobody else, whoever it is. */
const patientOf = ({ viewer }: DocumentsContext) => (viewer.role === Role.PATIENT ? viewer.patientIds[0] : undefined)

async function standingsOf(
  context: DocumentsContext,
  partners: readonly Partner[],
  patientId: string,
): Promise<Standing[]> {
  try {
    const silent = await withNothingToShow(context, partners, patientId)
    // Who the patient is need not be found out for partners that are not asked.
    const identity = silent.size < partners.length ? await identityOf(context, patientId) : null
    const standing = async (partner: Partner): Promise<Standing> => {
      if (silent.has(partner)) return { status: RecordSourceStatus.UNAVAILABLE }
      if (!identity) return { status: RecordSourceStatus.NOT_LINKED, hasNumber: false }
      return standingOf(context, partner, patientId, identity)
    }
    return await Promise.all(partners.map(standing))
  } catch (error) {
    // Who they are could not be found out: our own records are shown all the same.
    context.log.error({ ...kindOf(error), requestId: context.requestId }, 'partners could not be asked')
    return partners.map(() => ({ status: RecordSourceStatus.UNAVAILABLE }))
  }
}

/** Those that are left alone just now, and said nothing before that could be shown instead. */
async function withNothingToShow(
  context: DocumentsContext,
  partners: readonly Partner[],
  patientId: string,
): Promise<ReadonlySet<Partner>> {
  const leftAlone = partners.filter((it) => it.isLeftAlone)
  const codes = leftAlone.map(({ source }) => source.code)
  const kept = await trustsWithCopy(context, patientId, codes)
  return new Set(leftAlone.filter(({ source }) => !kept.has(source.code)))
}

async function standingOf(
  context: DocumentsContext,
  partner: Partner,
  patientId: string,
  identity: Identity,
): Promise<Standing> {
  const { clock, log, partners } = context
  const whose = { patientId, trustCode: partner.source.code, mark: partners.markOf(identity) }
  const copy = await copyOf(context, whose)
  if (copy && isFresh(copy, clock.now())) return { status: RecordSourceStatus.AVAILABLE, copy }
  const asking = partner.once(`${patientId}/${whose.mark}`, async (): Promise<Standing> => {
    const answer = await partner.records(identity, { clock, log })
    const kept = await keep(context, whose, answer)
    if (kept) return { status: RecordSourceStatus.AVAILABLE, copy: kept }
    return answer.kind === 'WITHHELD'
      ? { status: RecordSourceStatus.WITHHELD }
      : { status: RecordSourceStatus.NOT_LINKED, hasNumber: true }
  })
  const failed = (error: unknown): Standing => {
    // While it is left alone nothing new is known about it.
    if (!(error instanceof BrokenCircuitError))
      log.warn({ ...kindOf(error), source: partner.source.code }, 'a partner could not be asked')
    return copy ? { status: RecordSourceStatus.STALE, copy } : { status: RecordSourceStatus.UNAVAILABLE }
  }
  const answered = asking.catch(failed)
  if (!copy) return answered
  // What comes later is kept for the next time.
  return Promise.race([answered, partner.patience<Standing>({ status: RecordSourceStatus.STALE, copy })])
}

async function readBy({ em, viewer }: DocumentsContext, patientId: string): Promise<Map<string, string>> {
  const rows = await em.find(PartnerDocumentRead, { patientId: { $in: [patientId, ...viewer.patientIds] } })
  return new Map(rows.map(({ documentId, version }) => [documentId, version]))
}
