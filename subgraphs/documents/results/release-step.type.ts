import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { ReleaseAct } from './release-words.ts'
import { shownOfRelease } from './shown-of-result.ts'

@ObjectType('ReleaseStep', { description: 'What was done to how a result comes to be open, by whom and when.' })
export class ReleaseStepType {
  @Auth(shownOfRelease)
  @Field(() => DateTime, { description: 'When.' })
  at!: Date

  @Auth(shownOfRelease)
  @Field(() => ReleaseAct, { description: 'What was done.' })
  act!: ReleaseAct

  @Auth(shownOfRelease)
  @Field(() => String, {
    nullable: true,
    description: "The name of the person who did it; null for the hospital's systems and the portal itself.",
  })
  get by(): string | null {
    return this.byName
  }

  readonly byName!: string | null

  @Auth(shownOfRelease)
  @Field(() => String, { nullable: true, description: 'Why, in words for colleagues; null when none were needed.' })
  reason!: string | null
}
