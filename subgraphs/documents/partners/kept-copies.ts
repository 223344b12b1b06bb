import type { Chore } from '../../runtime/chore.ts'
import { kindOf } from '../../runtime/log.ts'
import type { DocumentsContext } from '../context.ts'
import type { PartnerAnswer } from './ask-partner.ts'
import { PartnerCopy } from './partner-copy.entity.ts'
import type { PartnerDocument } from './partner-document.ts'
import { open, seal } from './sealed-copy.ts'

/** Not asked again within so many seconds. */
const freshSeconds = 60
const keptSeconds = 24 * 3600

/** What a partner last said of a person, and when. */
export interface Copy {
  readonly fetchedAt: Date
  readonly documents: PartnerDocument[]
  readonly setAside: number
  readonly cut: boolean
}

/** A copy of another form is of another version of the portal: it is fetched anew. */
const form = 2

export interface CopyOf {
  readonly patientId: string
  readonly trustCode: string
  readonly mark: string
}

const rowName = ({ patientId, trustCode, mark }: CopyOf) => [patientId, trustCode, mark].join('/')

/** The copy of what was said of this very identity in the last 24 hours. One that cannot be opened is none. */
export async function copyOf({ em, clock, partners }: DocumentsContext, whose: CopyOf): Promise<Copy | null> {
  const { patientId, trustCode, mark } = whose
  const row = await em.findOne(PartnerCopy, { patientId, trustCode }, { disableIdentityMap: true })
  if (!row || row.identity !== mark || ageOf(row.fetchedAt, clock.now()) > keptSeconds) return null
  try {
    const said = JSON.parse(open(partners.sealingKey, row.sealed, rowName(whose))) as Copy & { form: number }
    return said.form === form ? { ...said, fetchedAt: row.fetchedAt } : null
  } catch {
    return null
  }
}

/** Of which of these trusts anything is kept for the patient, of whatever identity and age. */
export async function trustsWithCopy(
  { em }: DocumentsContext,
  patientId: string,
  trustCodes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!trustCodes.length) return new Set()
  const which = { patientId, trustCode: { $in: [...trustCodes] } }
  const rows = await em.find(PartnerCopy, which, { fields: ['trustCode'], disableIdentityMap: true })
  return new Set(rows.map(({ trustCode }) => trustCode))
}

export const isFresh = ({ fetchedAt }: Copy, now: Date) => ageOf(fetchedAt, now) <= freshSeconds

/** In seconds. What is from later than now is as old as anything: the clock was set back. */
function ageOf(fetchedAt: Date, now: Date): number {
  const seconds = (now.getTime() - fetchedAt.getTime()) / 1000
  return seconds < 0 ? Number.POSITIVE_INFINITY : seconds
}

/** Keeps what a partner said, in place of what it said before; nothing, when it says that there is nothing to show. */
export async function keep(context: DocumentsContext, whose: CopyOf, answer: PartnerAnswer): Promise<Copy | null> {
  const { em, clock, log, partners } = context
  const { patientId, trustCode, mark } = whose
  if (answer.kind !== 'RECORDS') {
    await em.nativeDelete(PartnerCopy, { patientId, trustCode })
    return null
  }
  const { documents, setAside, cut } = answer
  const fetchedAt = clock.now()
  const sealed = seal(partners.sealingKey, JSON.stringify({ form, documents, setAside, cut }), rowName(whose))
  const row = { patientId, trustCode, identity: mark, fetchedAt, sealed }
  // That it cannot be kept is no reason not to show it.
  await em.upsert(PartnerCopy, row, { disableIdentityMap: true }).catch((error: unknown) => {
    log.error({ ...kindOf(error), source: trustCode }, 'what a partner said could not be kept')
  })
  return { fetchedAt, documents, setAside, cut }
}

/** What is older than a day is nobody's to read any longer. */
export const forgetCopies: Chore = {
  name: 'forget copies of partners',
  everySeconds: 60,
  async run({ fork, clock }) {
    const longAgo = new Date(clock.now().getTime() - keptSeconds * 1000)
    await fork().nativeDelete(PartnerCopy, { fetchedAt: { $lt: longAgo } })
  },
}
