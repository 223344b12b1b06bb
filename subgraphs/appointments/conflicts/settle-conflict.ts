import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { neededText } from '../../runtime/free-text.ts'
import { staffNameOf } from '../requests/staff-name.ts'
import { AppointmentConflict } from './appointment-conflict.entity.ts'
import { AppointmentConflictType } from './appointment-conflict.type.ts'

@InputType({ description: 'Which conflict is settled, and how.' })
export class SettleConflictInput {
  @Field(() => ID, { description: 'Made when the form is rendered: the same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The conflict.' })
  conflictId!: string

  @Field(() => String, { description: 'What was done: 1 to 500 characters.' })
  note!: string
}

@ObjectType({ description: 'The conflict is settled, now or before.' })
export class ConflictSettled {
  @Auth({ roles: [Role.STAFF] })
  @Field(() => AppointmentConflictType, { description: 'The conflict.' })
  readonly conflict: AppointmentConflict

  constructor(conflict: AppointmentConflict) {
    this.conflict = conflict
  }
}

@ObjectType({ implements: Problem, description: 'There is no such conflict, or it is not of your clinics.' })
export class ConflictNotFound extends Problem {
  override message = 'We cannot find this conflict. Go back to the list and choose it there.'
}

export const SettleConflictResult = outcomes('SettleConflictResult', 'What settling a conflict can come to.', [
  ConflictSettled,
  ConflictNotFound,
])

export async function settleConflict(
  { em, clock, viewer }: Context,
  { conflictId, note }: SettleConflictInput,
): Promise<typeof SettleConflictResult> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const
  const conflict = await em.findOne(AppointmentConflict, { id: conflictId }, lock)
  if (!conflict) return new ConflictNotFound()
  // A colleague was first, or it came right by itself: what was noted then stands.
  if (!conflict.settledAt) conflict.settle(note, staffNameOf(viewer), clock.now())
  return new ConflictSettled(conflict)
}

@Resolver()
export class SettleConflict {
  @Auth({ roles: [Role.STAFF] })
  @Mutation(() => SettleConflictResult, {
    description: 'Says what was done about a conflict, and takes it off the desk.',
  })
  settleConflict(
    @Arg('input', () => SettleConflictInput, { description: 'Which conflict, and what was done.' })
    input: SettleConflictInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, { ...input, note: neededText('note', input.note) }, settleConflict)
  }
}
