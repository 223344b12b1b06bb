import type { EntityManager } from '@mikro-orm/sql'
import type { Chore, ChoreContext } from '../runtime/chore.ts'
import { documentEvents } from './document-events.ts'
import { AnyDocument, type HospitalDocument } from './hospital-document.entity.ts'

const atOnce = 100

/** Tells of every document whose time has come, once: in the transaction in which it is marked as told. */
export const tellOfDocuments: Chore = {
  name: 'tell of documents',
  async run(context) {
    let told: number
    do told = await tellOfSome(context)
    while (told === atOnce)
  },
}

async function tellOfSome({ fork, clock }: ChoreContext): Promise<number> {
  const now = clock.now()
  const toTell = { opensAt: { $lte: now }, toldAt: null, withdrawnAt: null, excluded: false }
  const due = await fork().find(AnyDocument, toTell, { orderBy: { opensAt: 'asc' }, limit: atOnce })
  for (const document of due) await fork().transactional((em) => tellOf({ em, now, clock }, document, toTell))
  return due.length
}

/** Unless somebody else has told of it, or it was taken back, a moment ago. */
async function tellOf(
  { em, now, clock }: { em: EntityManager; now: Date } & Pick<ChoreContext, 'clock'>,
  { id, patientId }: HospitalDocument,
  stillToTell: object,
): Promise<void> {
  const isOurs = await em.nativeUpdate(AnyDocument, { ...stillToTell, id }, { toldAt: now })
  if (isOurs) documentEvents.record({ em, clock }, 'document.published', { documentId: id, patientId })
}
