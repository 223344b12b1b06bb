import { Arg, Ctx, Directive, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from './auth.ts'
import { badInput } from './problem.ts'
import { react, type Reaction, type ReactionContext } from './reaction.ts'
import { Role } from './viewer.ts'

@Directive('@inaccessible')
@InputType({ description: 'The id of one thing an event is about.' })
export class EventIdInput {
  @Field(() => String, { description: 'What it is the id of, such as "appointmentId".' })
  name!: string

  @Field(() => ID, { description: 'The id.' })
  id!: string
}

@Directive('@inaccessible')
@InputType({
  description: 'An event of another subgraph: what happened, and to which ids. Never names or clinical words.',
})
export class ReceiveEventInput {
  @Field(() => ID, { description: 'The id of the event. A repeat of it changes nothing.' })
  id!: string

  @Field(() => String, { description: 'What happened, in the past tense: "appointment.booked".' })
  kind!: string

  @Field(() => [EventIdInput], { description: 'What it happened to.' })
  ids!: EventIdInput[]
}

@Directive('@shareable')
@Directive('@inaccessible')
@ObjectType({ description: 'The event was heard, now or before.' })
export class EventReceived {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => ID, { description: 'The id of the event.' })
  id!: string
}

/** The resolver through which a subgraph hears of events, with its reactions. One class for each subgraph. */
export function receiveEvents(reactions: readonly Reaction[]) {
  @Resolver()
  class ReceiveEvent {
    @Auth({ roles: [Role.SYSTEM] })
    @Directive('@shareable')
    @Directive('@inaccessible')
    @Mutation(() => EventReceived, {
      description: 'Hears of an event of another subgraph, and does what follows from it, once.',
    })
    async receiveEvent(
      @Arg('input', () => ReceiveEventInput) { id, kind, ids }: ReceiveEventInput,
      @Ctx() context: ReactionContext,
    ): Promise<EventReceived> {
      if (!/^[0-9a-f-]{36}$/.test(id)) throw badInput('id: must be a UUID.')
      await react(context, reactions, { id, kind, ids: Object.fromEntries(ids.map((it) => [it.name, it.id])) })
      return Object.assign(new EventReceived(), { id })
    }
  }
  return ReceiveEvent
}
