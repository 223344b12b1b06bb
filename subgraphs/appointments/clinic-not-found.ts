import { ObjectType } from 'type-graphql'
import { Problem } from '../runtime/problem.ts'

@ObjectType({ implements: Problem, description: 'No clinic has this code.' })
export class ClinicNotFound extends Problem {
  constructor(code: string) {
    super()
    this.message = `There is no clinic with the code "${code}". Publish the clinic first, then send this again.`
  }
}
