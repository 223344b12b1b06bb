import { Field, InputType, ObjectType } from 'type-graphql'
import { Auth, everyone } from '../runtime/auth.ts'

/** Where to come, as it is kept: every part said, so that two places can be compared. */
export interface Place {
  readonly site: string
  readonly department: string | null
  readonly addressLines: string[]
  readonly postcode: string | null
  readonly directions: string | null
}

export const placeFrom = ({ site, department, addressLines, postcode, directions }: PlaceInput): Place => ({
  site,
  department: department ?? null,
  addressLines,
  postcode: postcode ?? null,
  directions: directions ?? null,
})

@ObjectType('Place', { description: 'Where to come.' })
export class PlaceType {
  @Auth(everyone)
  @Field(() => String, { description: 'The hospital or health centre: "Watford General Hospital".' })
  site!: string

  @Auth(everyone)
  @Field(() => String, { nullable: true, description: 'Department, floor or zone within the site.' })
  department!: string | null

  @Auth(everyone)
  @Field(() => [String], { description: 'The lines of the address, without the postcode.' })
  addressLines!: string[]

  @Auth(everyone)
  @Field(() => String, { nullable: true, description: 'Postcode.' })
  postcode!: string | null

  @Auth(everyone)
  @Field(() => String, { nullable: true, description: 'How to find the way on the site, in words.' })
  directions!: string | null
}

@InputType({ description: 'Where to come.' })
export class PlaceInput {
  @Field(() => String, { description: 'The hospital or health centre: "Watford General Hospital".' })
  site!: string

  @Field(() => String, { nullable: true, description: 'Department, floor or zone within the site.' })
  department?: string | null

  @Field(() => [String], { description: 'The lines of the address, without the postcode.' })
  addressLines!: string[]

  @Field(() => String, { nullable: true, description: 'Postcode.' })
  postcode?: string | null

  @Field(() => String, { nullable: true, description: 'How to find the way on the site, in words.' })
  directions?: string | null
}
