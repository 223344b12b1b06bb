import { defineEntity, p } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import type { Clock } from './clock.ts'
import { serialise } from './serialise.ts'

/** Whom a portal is run for: real people, or nobody real. */
export type Purpose = 'PRODUCTION' | 'DEMONSTRATION'

/** By the settings of a portal; of neither when it is a developer's. */
export const purposeOf = (isProduction: boolean, isDemonstration: boolean): Purpose | undefined =>
  isProduction ? 'PRODUCTION' : isDemonstration ? 'DEMONSTRATION' : undefined

const DatabasePurposeTable = defineEntity({
  name: 'DatabasePurpose',
  properties: {
    purpose: p.string().$type<Purpose>().primary(),
    since: p.datetime(3),
  },
})

/** What a database was first used for. In the database itself: files around it are left behind when it moves. */
export class DatabasePurpose extends DatabasePurposeTable.class {}
DatabasePurposeTable.setClass(DatabasePurpose)

const refusals: Record<Purpose, string> = {
  PRODUCTION:
    'a demonstration was loaded into this database: its people, staff and partner, whose private key lies in a file, could ' +
    'ask among real ones. Production needs a database of its own: set DATA_DIR or DATABASE_URL to a new one.',
  DEMONSTRATION:
    'this is the database of a portal in production, and a demonstration would be loaded among real people. Set ' +
    'NODE_ENV=production, or DATA_DIR or DATABASE_URL to a new one.',
}

/** A database serves what it was first used for, and nothing else. Asked before a subgraph answers anything; throws what to do. */
export const keepToPurpose = (em: EntityManager, subgraph: string, purpose: Purpose, clock: Clock): Promise<void> =>
  em.transactional(async (tx) => {
    await serialise(tx, `purpose:${subgraph}`)
    const [known] = await tx.find(DatabasePurpose, {}, { filters: false })
    if (known && known.purpose !== purpose) throw new Error(`${subgraph}: ${refusals[purpose]}`)
    if (!known) tx.create(DatabasePurpose, { purpose, since: clock.now() })
  })
