import type { EntityManager } from '@mikro-orm/sql'

/**
 * Makes transactions that name the same thing run one after the other, until they end. SQLite has one writer anyway;
 * PostgreSQL takes an advisory lock.
 */
export async function serialise(tx: EntityManager, name: string): Promise<void> {
  if (!tx.getPlatform().supportsSchemas()) return
  await tx
    .getConnection()
    .execute('select pg_advisory_xact_lock(hashtextextended(?, 7))', [name], 'all', tx.getTransactionContext())
}
