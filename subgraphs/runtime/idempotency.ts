import { createHash } from 'node:crypto'
import {
  DeadlockException,
  defineEntity,
  OptimisticLockError,
  p,
  UniqueConstraintViolationException,
  wrap,
} from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { GraphQLError } from 'graphql'
import { getMetadataStorage } from 'type-graphql'
import type { Context } from './context.ts'
import { badInput } from './problem.ts'

const IdempotentRequestTable = defineEntity({
  name: 'IdempotentRequest',
  properties: {
    actorId: p.string().primary(),
    key: p.string().primary(),
    /** Of what was asked: the same key with another body is a mistake, not a repeat. */
    requestHash: p.string(),
    /** The name of the outcome, and the ids of the rows in it: never the rows themselves. */
    outcome: p.string().nullable(),
    facts: p.json<Record<string, unknown>>().nullable(),
    at: p.datetime(3),
  },
  indexes: [{ name: 'idempotent_request_at', properties: ['at'] }],
})
/** A mutation that was done, so that a repeat of it does nothing and hears the same answer. Kept 7 days. */
export class IdempotentRequest extends IdempotentRequestTable.class {}
IdempotentRequestTable.setClass(IdempotentRequest)

export const idempotencyEntities = [IdempotentRequest]
export const keptForDays = 7

/**
 * Runs a mutation once for each (actor, key), in one transaction with its key, its events and its audit.
 * A repeat is answered from the first: outcome and ids, re-read for the viewer.
 */
export async function idempotent<Input extends { idempotencyKey: string }, Outcome extends object, C extends Context>(
  context: C,
  input: Input,
  act: (context: C, input: Input) => Promise<Outcome>,
): Promise<Outcome> {
  const { idempotencyKey: key } = input
  if (key.length < 1 || key.length > 255) throw badInput('idempotencyKey: use 1 to 255 characters, best a new UUID.')
  const requestHash = hashOf(act.name, input)
  const once = () =>
    context.em.transactional(
      async (em) => {
        const claimed = await claim(em, context, key, requestHash)
        if (claimed.outcome) return (await recall(em, claimed)) as Outcome
        const outcome = await act({ ...context, em }, input)
        claimed.outcome = outcome.constructor.name
        claimed.facts = factsOf(outcome)
        await em.flush()
        await context.audit.write(em)
        return outcome
      },
      { clear: true },
    )
  for (let meetings = 0; ; meetings++) {
    try {
      return await once()
    } catch (error) {
      context.audit.notWritten()
      if (!isMeeting(error) || meetings === 3) throw error
    }
  }
}

/** Thrown by an act that found another there when it had looked before: it looks again, three times at most. */
export class MetAnother extends Error {
  override message = 'somebody else came between, again and again'
}

/** PostgreSQL: two requests met, at the same key or the same row, and the other was first. Looking again finds what it left. */
const isMeeting = (error: unknown) =>
  error instanceof MetAnother ||
  error instanceof UniqueConstraintViolationException ||
  error instanceof OptimisticLockError ||
  error instanceof DeadlockException

async function claim(em: EntityManager, { viewer, clock }: Context, key: string, requestHash: string) {
  const known = await em.findOne(IdempotentRequest, { actorId: viewer.actorId, key }, { filters: false })
  if (known && known.requestHash !== requestHash)
    throw badInput('idempotencyKey: this key was already used for another request. Make a new key for a new request.')
  if (known) return known
  const fresh = em.create(IdempotentRequest, { actorId: viewer.actorId, key, requestHash, at: clock.now() })
  await em.flush()
  return fresh
}

function hashOf(name: string, { idempotencyKey: _, ...body }: { idempotencyKey: string }): string {
  return createHash('sha256')
    .update(JSON.stringify([name, sorted(body)]))
    .digest('base64url')
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, it]) => [key, sorted(it)]),
  )
}

interface Reference {
  entity: string
  id: string
}

/** An outcome as it is kept: rows by name and id, instants as text, the rest as it is. */
function factsOf(outcome: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outcome).map(([name, value]) => [name, factOf(value)]))
}

function factOf(value: unknown): Record<string, unknown> {
  if (value instanceof Date) return { instant: value.toISOString() }
  if (isEntity(value)) return { entity: value.constructor.name, id: String(wrap(value, true).getPrimaryKey()) }
  return Array.isArray(value) ? { list: value.map(factOf) } : { value }
}
const isEntity = (value: unknown): value is object => typeof value === 'object' && value !== null && '__meta' in value

async function recall(em: EntityManager, { outcome, facts }: IdempotentRequest): Promise<object> {
  const type = getMetadataStorage().objectTypes.find((it) => it.name === outcome)?.target as
    { prototype: object } | undefined
  if (!type) throw new Error(`idempotency: no outcome named ${String(outcome)}`)
  const again = Object.create(type.prototype) as Record<string, unknown>
  for (const [name, fact] of Object.entries(facts ?? {}))
    again[name] = await recallFact(em, fact as Record<string, unknown>)
  return again
}

async function recallList(em: EntityManager, facts: Record<string, unknown>[]): Promise<unknown[]> {
  const values: unknown[] = []
  for (const fact of facts) values.push(await recallFact(em, fact))
  return values
}

async function recallFact(em: EntityManager, fact: Record<string, unknown>): Promise<unknown> {
  if ('instant' in fact) return new Date(String(fact.instant))
  if ('list' in fact) return recallList(em, fact.list as Record<string, unknown>[])
  if (!('entity' in fact)) return fact.value
  const { entity, id } = fact as unknown as Reference
  const row = await em.findOne(entity as never, id as never)
  if (row) return row
  throw new GraphQLError('This was done before, and is no longer yours to see.', { extensions: { code: 'FORBIDDEN' } })
}
