import { ObjectType } from 'type-graphql'
import { Problem } from '../../runtime/problem.ts'

@ObjectType({
  implements: Problem,
  description: 'Somebody else is sending the notice, it has to wait, or it is answered already.',
})
export class HospitalNoticeNotDue extends Problem {
  override message =
    'There is nothing to send: another has this notice, an earlier one of the appointment comes first, or it is answered already. Ask for what is due.'
}
