import { type FilterQuery, raw } from '@mikro-orm/core'
import type { Context } from '../runtime/context.ts'
import { instantAndId } from '../runtime/page.ts'
import type { Wanted } from './document-filter.ts'
import { AnyDocument, type HospitalDocument } from './hospital-document.entity.ts'
import { isOfPartner } from './partner-id.ts'
import { shown, type ShownDocument } from './shown-document.ts'

type Where = FilterQuery<HospitalDocument>

/** Newest first, of all that the viewer may see or of some of it. Of the same moment, this hospital's own come before partners'. */
export async function ownDocuments(
  context: Context,
  wanted: Wanted,
  page: { after: string | undefined; limit: number },
  whose: Where = {},
): Promise<ShownDocument[]> {
  const where = [whose, ...conditionsOf(context, wanted), ...(page.after === undefined ? [] : [comesAfter(page.after)])]
  const orderBy = { writtenAt: 'desc', id: 'desc' } as const
  const rows = await context.em.find(AnyDocument, { $and: where }, { orderBy, limit: page.limit })
  return rows.map((row) => shown(context, row))
}

/** How many there are; with `most`, whoever has more of them is read no further. */
export async function countOwnDocuments(
  context: Context,
  wanted: Wanted,
  { whose = {}, most }: { whose?: Where; most?: number | undefined } = {},
): Promise<number> {
  const where = { $and: [whose, ...conditionsOf(context, wanted)] }
  if (most === undefined) return context.em.count(AnyDocument, where)
  // With whose they are, by which every row that is read is checked.
  const fields = ['id', 'patientId'] as const
  return (await context.em.find(AnyDocument, where, { fields, limit: most, disableIdentityMap: true })).length
}

function comesAfter(cursor: string): Where {
  const [at, id] = instantAndId(cursor)
  if (isOfPartner(id)) return { writtenAt: { $lt: at } }
  return { writtenAt: { $lte: at }, $or: [{ writtenAt: { $lt: at } }, { id: { $lt: id } }] }
}

function conditionsOf({ clock }: Context, { kinds, unread, since, before, words }: Wanted): Where[] {
  const isOpen: Where = { opensAt: { $lte: clock.now() }, withdrawnAt: null }
  return [
    kinds ? { kind: { $in: [...kinds] } } : {},
    unread === null ? {} : { ...isOpen, readAt: unread ? null : { $ne: null } },
    since ? { writtenAt: { $gte: since } } : {},
    before ? { writtenAt: { $lt: before } } : {},
    // What waits must not be found by what it says.
    words.length ? isOpen : {},
    ...words.map(says),
  ]
}

const says = (word: string): Where => {
  const pattern = `%${word.replaceAll(/[!%_]/g, (sign) => `!${sign}`)}%`
  return { [raw((document) => `${document}.search_text like ? escape '!'`, [pattern])]: [] }
}
