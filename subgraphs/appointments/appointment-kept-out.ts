import { ObjectType } from 'type-graphql'
import { Problem } from '../runtime/problem.ts'

@ObjectType({
  implements: Problem,
  description: 'The trust keeps this clinic out of the portal: the booking was understood, and not taken in.',
})
export class AppointmentKeptOut extends Problem {
  override message = 'The trust keeps this clinic out of the portal. Nothing was stored, and nothing needs to be done.'
}
