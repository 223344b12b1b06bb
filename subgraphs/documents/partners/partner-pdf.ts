import type { Binary, Resource } from '@medplum/fhirtypes'
import { unavailable } from '../../runtime/graph-error.ts'
import { kindOf } from '../../runtime/log.ts'
import type { DocumentsContext } from '../context.ts'
import { DocumentState } from '../document-state.ts'
import { inspectApart } from '../pdfs/inspect-apart.ts'
import type { Asked } from './ask-partner.ts'
import { isAbout, type Person } from './belongs-to.ts'
import { findPerson } from './find-person.ts'
import { isPdf } from './map-letter.ts'
import { isTooDeep } from './nesting.ts'
import type { Partner } from './partner.ts'
import { BrokenForOnePatient, PartnerFailure, PartnerWithholds } from './partner-failure.ts'
import { type AtPartner, findAtPartner } from './partner-records.ts'
import { stateOf } from './show-partner-document.ts'

/** What the partner answered for a file: null when it has none for this patient by now. */
type Fetched = Buffer | 'TOO_LARGE' | null

/** Whether a partner says that there is a PDF of a document the patient may read. The partner is not asked for the file. */
export async function hasPartnerPdf(context: DocumentsContext, id: string): Promise<boolean> {
  return (await withFile(context, id)) !== null
}

async function withFile(context: DocumentsContext, id: string): Promise<AtPartner | null> {
  const found = await findAtPartner(context, id)
  return found?.document.pdf && stateOf(found.document, context.trust) === DocumentState.READY ? found : null
}

/**
 * The PDF of a partner's document: fetched when somebody opens it, checked as our own are, and not kept. Throws UNAVAILABLE, with
 * words for the patient, when there is none to be shown.
 */
export async function partnerPdf(context: DocumentsContext, id: string): Promise<Buffer> {
  const found = await withFile(context, id)
  if (!found) throw unavailable('This file is not there any more.')
  const { source } = found.partner
  const file = await fetchFile(context, found).catch((error: unknown) => {
    context.log.warn({ ...kindOf(error), source: source.code }, 'a file could not be fetched from a partner')
    throw unavailable(`${source.shortName} records are temporarily unavailable. Try again in a few minutes.`)
  })
  if (file === 'TOO_LARGE')
    throw unavailable(`This file is too large to be shown here. Ask ${source.shortName} for a copy.`)
  if (!file) throw unavailable(`${source.shortName} has this file no more.`)
  const { fault } = await inspectApart(file, '')
  if (!fault) return file
  context.log.warn({ source: source.code, document: id, fault }, 'a PDF of a partner did not pass the checks')
  throw unavailable(`This file did not pass our safety checks. Ask ${source.shortName} for a copy.`)
}

/** Asked for anew, whole: what was taken back, or is somebody else's by now, is not handed out. */
const fetchFile = ({ clock, log }: DocumentsContext, { partner, identity, document }: AtPartner): Promise<Fetched> =>
  partner.guarded(async (signal) => {
    const asked = { clock, log, signal }
    try {
      const person = await findPerson(partner.askSettings, identity, asked)
      if (!person || !document.pdf) return null
      return await read(partner, document.pdf.in, person, asked).catch(blameTheFile)
    } catch (error) {
      if (error instanceof PartnerWithholds) return null
      // A large file is no fault of the partner's.
      if (error instanceof PartnerFailure && error.code === 'TOO_LARGE') return 'TOO_LARGE'
      throw error
    }
  })

/** A file that is gone, somewhere else or not what it is said to be is a fault of one document, and no reason to leave the partner alone. */
function blameTheFile(cause: unknown): never {
  const isItsOwn =
    cause instanceof PartnerFailure && /^(STATUS 4(?!01|03|29)|REDIRECT|OTHER_HOST|NOT_FHIR)/.test(cause.code)
  throw isItsOwn ? new BrokenForOnePatient(cause.failure, cause.detail, { cause }) : cause
}

async function read(partner: Partner, where: string, person: Person, asked: Asked): Promise<Fetched> {
  const { door, askSettings } = partner
  const body = await door.read(where, asked, Math.ceil(askSettings.limits.pdfBytes * 1.4))
  if (isTooDeep(body)) throw new PartnerFailure('NOT_FHIR')
  const [faults] = await askSettings.validation.faultsOf([body], asked.signal)
  const resource = body as Resource
  if (faults?.length || `${resource.resourceType}/${resource.id}` !== where) throw new PartnerFailure('NOT_FHIR')
  if (!isAbout(resource, person, door)) return null
  const attachment = attachmentsOf(resource).find(isPdf)
  if (attachment?.data !== undefined) return Buffer.from(attachment.data, 'base64')
  if (!attachment?.url) return null
  const file = await door.file(attachment.url, 'application/pdf', asked)
  return Buffer.isBuffer(file) ? file : dataOf(file, person, partner)
}

function attachmentsOf(resource: Resource) {
  if (resource.resourceType === 'DiagnosticReport') return resource.presentedForm ?? []
  return resource.resourceType === 'DocumentReference' && resource.status === 'current'
    ? resource.content.map(({ attachment }) => attachment)
    : []
}

/** The bytes in a Binary. One that says it is kept like the record of somebody else is not this patient's. */
function dataOf(file: unknown, person: Person, { door }: Partner): Fetched {
  const { resourceType, data, securityContext } = (file ?? {}) as Partial<Binary>
  if (resourceType !== 'Binary' || typeof data !== 'string') throw new PartnerFailure('NOT_FHIR')
  const kept = typeof securityContext?.reference === 'string' ? door.named(securityContext.reference) : undefined
  return kept?.type === 'Patient' && !person.patientIds.has(kept.id) ? null : Buffer.from(data, 'base64')
}
