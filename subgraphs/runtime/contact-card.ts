import { Directive, Field, InputType, ObjectType } from 'type-graphql'
import { Auth, everyone } from './auth.ts'

/** Whom to phone, and when somebody answers. Stands on everything that can be refused. */
@Directive('@shareable')
@ObjectType({ description: 'Whom to contact, and when somebody answers.' })
export class ContactCard {
  @Auth(everyone)
  @Field(() => String, { description: 'The name of the team, as patients know it.' })
  team!: string

  @Auth(everyone)
  @Field(() => String, { nullable: true, description: 'Phone number, E.164.' })
  phone?: string | null

  @Auth(everyone)
  @Field(() => String, { nullable: true, description: 'Number for textphone or text relay, E.164.' })
  textphone?: string | null

  @Auth(everyone)
  @Field(() => String, { nullable: true, description: 'E-mail address that is read by people.' })
  email?: string | null

  @Auth(everyone)
  @Field(() => String, { description: 'Opening hours in words: "Monday to Friday, 8am to 6pm".' })
  hours!: string
}

@InputType({ description: 'Whom to contact, and when somebody answers.' })
export class ContactCardInput {
  @Field(() => String, { description: 'The name of the team, as patients know it.' })
  team!: string

  @Field(() => String, { nullable: true, description: 'Phone number, E.164.' })
  phone?: string | null

  @Field(() => String, { nullable: true, description: 'Number for textphone or text relay, E.164.' })
  textphone?: string | null

  @Field(() => String, { nullable: true, description: 'E-mail address that is read by people.' })
  email?: string | null

  @Field(() => String, { description: 'Opening hours in words: "Monday to Friday, 8am to 6pm".' })
  hours!: string
}
