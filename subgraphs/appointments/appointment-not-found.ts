import { ObjectType } from 'type-graphql'
import { Problem } from '../runtime/problem.ts'

@ObjectType({ implements: Problem, description: 'There is no such appointment, or it is not yours.' })
export class AppointmentNotFound extends Problem {
  constructor(message = 'We cannot find this appointment. Go back to your appointments and choose it from the list.') {
    super()
    this.message = message
  }
}
