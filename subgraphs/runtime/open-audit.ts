import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { IsolationLevel, type MikroORM, TableNotFoundException } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { AuditEntry } from './audit.ts'
import { type AuditSource, auditSource } from './audit-source.ts'
import type { DatabaseSettings, Engine } from './database.ts'

/** Nothing can be looked through, in words that say why. */
export class NoAudit extends Error {
  override name = 'NoAudit'
}

/**
 * Looks through the audit of one subgraph as it is at one moment, while the portal runs or not. Nothing is written: the
 * database is opened to read, and brought up to date by the portal alone.
 */
export async function readAudit<Answer>(
  settings: DatabaseSettings,
  read: (source: AuditSource) => Promise<Answer>,
): Promise<Answer> {
  const engine: Engine = settings.url ? 'postgresql' : 'sqlite'
  const orm = await (settings.url ? openPostgreSql(settings.url, settings.name) : openSqlite(settings))
  try {
    const em = orm.em.fork() as EntityManager
    const asOneMoment =
      engine === 'postgresql' ? { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true } : {}
    return await em.transactional(
      (tx) => read(auditSource(engine, (statement, values = []) => tx.execute(statement, values) as never)),
      asOneMoment,
    )
  } catch (error) {
    if (!(error instanceof TableNotFoundException)) throw error
    throw new NoAudit(`${settings.name}: there is no audit yet. Start the portal once, it makes its databases.`, {
      cause: error,
    })
  } finally {
    await orm.close()
  }
}

async function openSqlite({ folder, name }: DatabaseSettings): Promise<MikroORM> {
  const file = join(folder, `${name}.db`)
  if (!existsSync(file))
    throw new NoAudit(`${name}: there is no ${file}. Say in DATA_DIR or DATABASE_URL where the portal keeps its rows.`)
  const { MikroORM: Sqlite } = await import('@mikro-orm/sqlite')
  const driverOptions = { readonly: true, fileMustExist: true }
  return (await Sqlite.init({ entities: [AuditEntry], dbName: file, driverOptions })) as unknown as MikroORM
}

async function openPostgreSql(clientUrl: string, schema: string): Promise<MikroORM> {
  const { MikroORM: PostgreSql } = await import('@mikro-orm/postgresql')
  const driverOptions = { options: `-c search_path=${schema} -c default_transaction_read_only=on` }
  return (await PostgreSql.init({ entities: [AuditEntry], clientUrl, driverOptions })) as unknown as MikroORM
}
