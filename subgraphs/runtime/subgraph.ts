import type { EntityClass, EntitySchema } from '@mikro-orm/core'
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql'
import { auditEntities, AuditEntry, AuditOfRequest, AuditOfWrites } from './audit.ts'
import type { AuditKey } from './audit-fingerprint.ts'
import { AuditSeal, beginSeals, sealAudit, sealEntities, UnsealedEntry } from './audit-seal.ts'
import { type Chore, choreLoop } from './chore.ts'
import type { Clock } from './clock.ts'
import { type Database, type DatabaseSettings, openDatabase } from './database.ts'
import { type GraphShape, subgraphSchema } from './federate.ts'
import { idempotencyEntities, IdempotentRequest } from './idempotency.ts'
import { kindOf, type Log } from './log.ts'
import type { Loop } from './loop.ts'
import type { SchemaStep } from './migration.ts'
import { firstStep } from './migrations/first-step.ts'
import { secondStep } from './migrations/second-step.ts'
import { thirdStep } from './migrations/third-step.ts'
import { Delivery, outboxEntities, OutboxEvent } from './outbox.ts'
import { type Graph, reactionEntities, type Reaction, ReceivedEvent } from './reaction.ts'
import { receiveEvents } from './receive-event.ts'
import { DatabasePurpose, keepToPurpose, type Purpose } from './purpose.ts'
import { type Policy, rows } from './rows.ts'
import { callersMistake, maskErrors } from './mask.ts'
import { sweep } from './sweep.ts'
import type { SubgraphCall, SubgraphTransport } from './transport.ts'
import type { Trust } from './trust.ts'
import { Role, systemViewer } from './viewer.ts'
import { Worker } from './worker.ts'

/** Everything that makes a subgraph what it is. Said once, in its `main.ts`. */
export interface SubgraphDefinition extends GraphShape {
  readonly name: string
  readonly entities: readonly (EntityClass<object> | EntitySchema)[]
  readonly policy: Policy
  readonly steps: readonly SchemaStep[]
  /** What this subgraph does when it hears of events of others. */
  readonly reactions?: readonly Reaction[]
  /** The events it tells of, and who hears them. */
  readonly tells?: Record<string, readonly string[]>
  /** Work it does by itself now and then, such as handing over messages that are due. */
  readonly chores?: readonly Chore[]
}

export interface SubgraphSettings {
  readonly database: Omit<DatabaseSettings, 'name'>
  readonly clock: Clock
  readonly trust: Trust
  readonly log: Log
  readonly graph: Graph
  /** The key of grants, the same in every subgraph. */
  readonly sharingKey: Buffer
  /** The key of the audit: in no database, and the same for as long as the audit is kept. */
  readonly auditKey: Buffer
  /** The keys of the audit before that one, the newest first: with them what is older is checked. */
  readonly formerAuditKeys?: readonly Buffer[]
  /** Whom it is run for. Left out, its database is for whatever it is: a developer's, or a test's. */
  readonly purpose?: Purpose | undefined
  /** How to reach the subgraphs that hear of this one's events. */
  readonly subscribers: Record<string, SubgraphTransport>
  /** What only this subgraph needs, such as its keys: added to every context under its name. */
  readonly extra?: Record<string, unknown>
}

const runtimeEntities = [
  ...auditEntities,
  ...sealEntities,
  ...idempotencyEntities,
  ...outboxEntities,
  ...reactionEntities,
  DatabasePurpose,
]
/** Nobody's to see: only the runtime reads these, and says `filters: false` when it does. */
const runtimePolicy = rows(
  [AuditEntry, {}],
  [AuditSeal, {}],
  [UnsealedEntry, {}],
  [IdempotentRequest, {}],
  [OutboxEvent, {}],
  [Delivery, {}],
  [ReceivedEvent, {}],
  [DatabasePurpose, {}],
)

/** What `npm run schema` composes: the definition with what the runtime adds to it. */
export const graphOf = (definition: SubgraphDefinition): GraphShape => ({
  ...definition,
  resolvers: definition.reactions?.length
    ? [...definition.resolvers, receiveEvents(definition.reactions)]
    : definition.resolvers,
})

/** One subgraph, running in this process. Reached by its transport; served over HTTP by `serve`. */
export class Subgraph {
  readonly name: string
  readonly #schema: GraphQLSchema
  readonly #database: Database
  readonly #settings: SubgraphSettings
  readonly #auditKey: AuditKey
  readonly #documents = new Map<string, DocumentNode>()
  /** Events first, then chores: each goes its own round, and none waits for another. */
  readonly #loops: Loop[]
  #waking: NodeJS.Timeout | undefined

  constructor(definition: SubgraphDefinition, schema: GraphQLSchema, database: Database, settings: SubgraphSettings) {
    this.name = definition.name
    this.#schema = schema
    this.#database = database
    this.#settings = settings
    this.#auditKey = auditKeyOf(definition, settings)
    const { clock, log, trust, graph, subscribers } = settings
    const fork = () => database.forkFor(systemViewer(definition.name))
    const worker = new Worker({ name: definition.name, fork, clock, log, subscribers })
    const context = { fork, clock, trust, log, graph, ...settings.extra }
    const chores = [...(definition.chores ?? []), sweep, sealAudit(this.#auditKey)]
    this.#loops = [worker.loop, ...chores.map((it) => choreLoop(it, context))]
    this.#wake()
  }

  /** Asks this subgraph in this process. The viewer is trusted: only the gateway's code and our own systems hold a transport. */
  readonly execute: SubgraphTransport = async (call) => {
    const document = this.#read(call.query)
    if (!('kind' in document)) return document
    const { requestId } = call
    // What a partner is granted is found out here, for this question: never before, and never by the caller.
    const viewer = call.viewer.role === Role.PARTNER ? { ...call.viewer, grants: [] } : call.viewer
    const { clock, trust, graph, log, sharingKey, extra } = this.#settings
    const operation = operationOf(document, call)
    const audit = new AuditOfRequest({ viewer, clock, requestId, operation: operation.name, key: this.#auditKey })
    const em = this.#database.forkFor(viewer, audit)
    const contextValue = { viewer, em, clock, trust, audit, requestId, sharingKey, graph, log, ...extra }
    try {
      const result = await execute({
        schema: this.#schema,
        document,
        contextValue,
        variableValues: call.variables ?? {},
        operationName: call.operationName ?? null,
      })
      audit.answered(result.data)
      await audit.write(em)
      if (operation.writes) this.#wakeSoon()
      return maskErrors(result, log, requestId)
    } catch (error) {
      log.error({ ...kindOf(error), requestId }, 'the audit could not be written: refused')
      return { errors: maskErrors({ errors: [error as never] }, log, requestId).errors ?? [] }
    }
  }

  ready = () => this.#database.ready()
  pendingChanges = () => this.#database.pendingChanges()

  /** Does everything that is due now, events and chores. */
  async settle(): Promise<void> {
    for (const loop of this.#loops) await loop.settle()
  }

  async stop(): Promise<void> {
    clearTimeout(this.#waking)
    await Promise.all(this.#loops.map((it) => it.stop()))
    await this.#database.close()
  }

  /**
   * After the answer has left, and not at a moment that can be told from it: how long the next answer takes must not say
   * whether this one led to work, such as a code on its way to somebody.
   */
  #wakeSoon(): void {
    this.#waking ??= setTimeout(() => this.#wake(), 20 + Math.random() * 80).unref()
  }

  #wake(): void {
    this.#waking = undefined
    for (const loop of this.#loops) loop.wake()
  }

  /** The parsed and checked document. Kept: the gateway asks the same few over and over. */
  #read(query: string): DocumentNode | ExecutionResult {
    const known = this.#documents.get(query)
    if (known) return known
    const document = parsed(query)
    if (!('kind' in document)) return document
    const errors = validate(this.#schema, document)
    if (errors.length) return { errors: errors.map(callersMistake) }
    if (this.#documents.size >= 1000) this.#documents.clear()
    this.#documents.set(query, document)
    return document
  }
}

function parsed(query: string): DocumentNode | ExecutionResult {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] }
    throw error
  }
}

function operationOf(document: DocumentNode, call: SubgraphCall): { name: string; writes: boolean } {
  const operations = document.definitions.filter((it) => it.kind === 'OperationDefinition')
  const operation = operations.find((it) => it.name?.value === call.operationName) ?? operations[0]
  return { name: operation?.name?.value ?? 'unnamed', writes: operation?.operation === 'mutation' }
}

const schemas = new WeakMap<SubgraphDefinition, GraphQLSchema>()

/** A schema holds nothing of whoever runs it: every subgraph of one definition in this process has the same. */
function schemaOf(definition: SubgraphDefinition): GraphQLSchema {
  const schema = schemas.get(definition) ?? subgraphSchema(graphOf(definition))
  schemas.set(definition, schema)
  return schema
}

/** Opens the database, builds the schema, and starts delivering events. */
export async function startSubgraph(
  definition: SubgraphDefinition,
  settings: SubgraphSettings,
  schema = schemaOf(definition),
): Promise<Subgraph> {
  const database = await openDatabase(
    { ...settings.database, name: definition.name },
    {
      entities: [...definition.entities, ...runtimeEntities],
      policy: definition.policy.with(runtimePolicy),
      steps: [firstStep, secondStep, thirdStep, ...definition.steps],
      subscribers: [new AuditOfWrites()],
    },
  )
  try {
    await beforeAnything(definition, settings, database)
  } catch (error) {
    await database.close()
    throw error
  }
  return new Subgraph(definition, schema, database, settings)
}

async function beforeAnything(
  definition: SubgraphDefinition,
  settings: SubgraphSettings,
  database: Database,
): Promise<void> {
  const { clock, log, purpose } = settings
  const em = database.forkFor(systemViewer(definition.name))
  if (purpose) await keepToPurpose(em, definition.name, purpose, clock)
  await beginSeals(em, auditKeyOf(definition, settings), clock, log)
}

const auditKeyOf = (
  { name: subgraph }: SubgraphDefinition,
  { auditKey: key, formerAuditKeys: former = [] }: SubgraphSettings,
): AuditKey => ({ subgraph, key, former })
