import { defineEntity, p, UniqueConstraintViolationException } from '@mikro-orm/core'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { Context } from './context.ts'

const ReceivedEventTable = defineEntity({
  name: 'ReceivedEvent',
  properties: { id: p.uuid().primary(), kind: p.string(), at: p.datetime(3) },
})
/** An event this subgraph has reacted to, so that a second delivery of it changes nothing. */
export class ReceivedEvent extends ReceivedEventTable.class {}
ReceivedEventTable.setClass(ReceivedEvent)

export const reactionEntities = [ReceivedEvent]

/** The whole graph, asked as one of our own systems. */
export interface Graph {
  ask<Answer, Variables extends object>(
    document: TypedDocumentNode<Answer, Variables>,
    variables: Variables,
  ): Promise<Answer>
}

export interface ReactionContext extends Context {
  readonly graph: Graph
}

/**
 * What a subgraph does when it hears of an event. First it reads what it needs through the graph, outside any
 * transaction; then it writes, in one transaction with the note that it has done so.
 */
export interface Reaction<Facts = unknown> {
  readonly kind: string
  read(context: ReactionContext, ids: Record<string, string>): Promise<Facts>
  write(context: ReactionContext, facts: Facts, ids: Record<string, string>): Promise<void> | void
}

export const reaction = <Facts>(it: Reaction<Facts>): Reaction => it as Reaction

/** Runs a reaction at most once for an event. An event no reaction is written for is noted and passed over. */
export async function react(
  context: ReactionContext,
  reactions: readonly Reaction[],
  event: { id: string; kind: string; ids: Record<string, string> },
): Promise<void> {
  const { em, clock } = context
  if (await em.findOne(ReceivedEvent, event.id, { filters: false })) return
  const reactionTo = reactions.find(({ kind }) => kind === event.kind)
  const facts = await reactionTo?.read(context, event.ids)
  try {
    await em.transactional(async (tx) => {
      tx.create(ReceivedEvent, { id: event.id, kind: event.kind, at: clock.now() })
      await reactionTo?.write({ ...context, em: tx }, facts, event.ids)
      await tx.flush()
      await context.audit.write(tx)
    })
  } catch (error) {
    // Delivered twice at once: the other one has done it.
    if (error instanceof UniqueConstraintViolationException && error.message.includes('received_event')) return
    throw error
  }
}
