import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import {
  type EntityClass,
  type EntityMetadata,
  type EntitySchema,
  type EventSubscriber,
  type MikroORM,
  types,
} from '@mikro-orm/core'
import { Migrator } from '@mikro-orm/migrations'
import type { EntityManager } from '@mikro-orm/sql'
import type { MikroORM as Sqlite } from '@mikro-orm/sqlite'
import type { AuditOfRequest } from './audit.ts'
import { migrationsList, type SchemaStep } from './migration.ts'
import { OwnRowsOnly } from './own-rows.ts'
import type { Policy } from './rows.ts'
import { keepStatements } from './statements.ts'
import type { Viewer } from './viewer.ts'

export type Engine = 'sqlite' | 'postgresql'

export interface DatabaseSettings {
  /** The subgraph's name: its file, or its schema in PostgreSQL. */
  readonly name: string
  /** Where the SQLite files are. `:memory:` for a database that ends with the process. */
  readonly folder: string
  /** A PostgreSQL address; when given, nothing is kept in files. */
  readonly url?: string
}

export interface DatabaseShape {
  readonly entities: (EntityClass<object> | EntitySchema)[]
  readonly policy: Policy
  readonly steps: readonly SchemaStep[]
  readonly subscribers?: EventSubscriber[]
}

export class Database {
  readonly engine: Engine
  readonly #orm: MikroORM

  readonly #schema: string | undefined

  constructor(orm: MikroORM, engine: Engine, name: string) {
    this.#orm = orm
    this.engine = engine
    this.#schema = engine === 'postgresql' ? name : undefined
  }

  /** A fresh EntityManager that sees only this viewer's rows. There is no other way to get one. */
  forkFor(viewer: Viewer, audit?: AuditOfRequest): EntityManager {
    const em = this.#orm.em.fork() as EntityManager
    // A function and not the object: transactions run in copies of these values.
    em.setFilterParams('viewer', { viewer, noteOwner: (ownerId: string, thing: string) => audit?.note(ownerId, thing) })
    return em
  }

  /** The statements that would bring the database to what the entities say: none, when migrations are complete. */
  async pendingChanges(): Promise<string> {
    const { config } = this.#orm
    const usual = config.get('schema')
    // Otherwise it looks for what the foreign keys refer to in another schema than this one.
    config.set('schema', this.#schema)
    const statements = await this.#orm.schema.getUpdateSchemaSQL({ wrap: false, safe: false, dropTables: false })
    config.set('schema', usual)
    // Triggers are written in the migrations alone, so the entities do not know them.
    return statements.replaceAll(/^drop (?:trigger|function) .*;\n?/gm, '').trim()
  }

  async ready(): Promise<boolean> {
    return this.#orm.isConnected()
  }

  async close(): Promise<void> {
    await this.#orm.close()
  }
}

/** Opens the database of one subgraph, brings it up to date, and checks the settings it must have. */
export async function openDatabase(settings: DatabaseSettings, shape: DatabaseShape): Promise<Database> {
  const { policy, entities, steps, subscribers = [] } = shape
  const engine: Engine = settings.url ? 'postgresql' : 'sqlite'
  const options = {
    entities,
    subscribers: [new OwnRowsOnly(), ...subscribers],
    extensions: [Migrator],
    // A filter that always applies, and throws when an EntityManager was made without a viewer.
    filters: {
      viewer: {
        name: 'viewer',
        default: true,
        cond: (args: { viewer: Viewer }, _type: unknown, em: EntityManager, _options: unknown, entity?: string) =>
          policy.rowsFor(em.getMetadata().getByClassName(entity ?? ''), args.viewer),
      },
    },
    autoJoinRefsForFilters: false,
    // Nothing here is told of a change by the other side of a relation; being ready for it costs on every row read.
    propagationOnPrototype: false,
    discovery: { onMetadata: textIsText },
    migrations: {
      migrationsList: migrationsList(steps, engine),
      snapshot: false,
      snapshotOnMigrate: false,
      silent: true,
    },
  }
  const orm = settings.url
    ? await openPostgreSql(settings.url, settings.name, options)
    : await openSqlite(settings, options)
  policy.assertCovers(
    [...orm.getMetadata().getAll().values()].filter((it) => !it.embeddable && !it.pivotTable).map((it) => it.className),
  )
  return new Database(orm, engine, settings.name)
}

/** Text is as long as it is, in PostgreSQL as in SQLite. */
function textIsText({ properties }: EntityMetadata): void {
  for (const prop of Object.values(properties))
    if ((prop.type as unknown) === types.string) prop.columnTypes ??= ['text']
}

type Options = Omit<Parameters<typeof Sqlite.init>[0] & object, 'dbName'>

/** Nobody but the owner reads the files, also in a folder that was there before. SQLite gives its side files the same mode. */
function keepPrivate(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, file)
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

async function openSqlite({ folder, name }: DatabaseSettings, options: Options): Promise<MikroORM> {
  if (folder !== ':memory:') keepPrivate(folder, `${name}.db`)
  const { MikroORM: Sqlite } = await import('@mikro-orm/sqlite')
  const orm = await Sqlite.init({
    ...options,
    dbName: folder === ':memory:' ? folder : join(folder, `${name}.db`),
  } as never)
  const connection = orm.em.getConnection()
  const wanted = {
    journal_mode: folder === ':memory:' ? 'memory' : 'wal',
    synchronous: 2,
    busy_timeout: 5000,
    foreign_keys: 1,
  }
  for (const [pragma, value] of Object.entries(wanted)) await connection.execute(`pragma ${pragma} = ${value}`)
  for (const [pragma, value] of Object.entries(wanted)) {
    const [row] = await connection.execute<Record<string, unknown>[]>(`pragma ${pragma}`)
    const found = Object.values(row ?? {})[0]
    if (found !== value) throw new Error(`${name}.db: pragma ${pragma} is ${String(found)}, must be ${value}`)
  }
  await orm.migrator.up()
  const client: SqliteClient = await connection.getNativeClient()
  keepStatements(client)
  beginImmediately(client)
  return orm as unknown as MikroORM
}

type SqliteClient = Parameters<typeof keepStatements<object>>[0]

/**
 * A transaction takes the lock to write at once: a later upgrade from reading to writing fails without waiting. The driver
 * knows no setting for it, and says a plain "begin".
 */
function beginImmediately(client: SqliteClient): void {
  const prepare = client.prepare.bind(client)
  client.prepare = (sql) => prepare(sql === 'begin' ? 'begin immediate' : sql)
}

async function openPostgreSql(url: string, schema: string, options: Options): Promise<MikroORM> {
  const { MikroORM: PostgreSql } = await import('@mikro-orm/postgresql')
  const orm = await PostgreSql.init({
    ...options,
    clientUrl: url,
    // One schema for each subgraph; statements name none and find theirs by the search path.
    driverOptions: { options: `-c search_path=${schema} -c statement_timeout=5000 -c lock_timeout=5000` },
    pool: { min: 0, max: 8 },
    // Without its schema, a second start would look for it in "public" and want to make it again.
    migrations: { ...options.migrations, tableName: `${schema}.mikro_orm_migrations` },
  } as never)
  await migrateOnce(orm as unknown as MikroORM, schema)
  return orm as unknown as MikroORM
}

/** Several instances may start at once: one migrates, the others wait. The lock has a connection of its own. */
async function migrateOnce(orm: MikroORM, schema: string): Promise<void> {
  const em = (orm.em as EntityManager).fork()
  await em.transactional(async (locked) => {
    const inLock = (sql: string) => locked.getConnection().execute(sql, [], 'run', locked.getTransactionContext())
    await inLock(`set local lock_timeout = 0`)
    await inLock(`set local statement_timeout = 0`)
    await inLock(`select pg_advisory_xact_lock(hashtext('patient-portal-migration-${schema}'))`)
    await em.getConnection().execute(`create schema if not exists "${schema}"`)
    await orm.migrator.up()
  })
}
