import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Auth, everyone } from '../runtime/auth.ts'
import { Problem } from '../runtime/problem.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { ContactChannel } from './contact.ts'
import type { LoginChallenge } from './login-challenge.entity.ts'
import type { Session } from './session.entity.ts'
import { SessionType } from './session.type.ts'

@ObjectType({
  description: 'If there is a record with these details, a code is on its way. The same answer when there is none.',
})
export class LoginCodeSent {
  @Auth(everyone)
  @Field(() => ID, { description: 'Names this try. Worthless without the code.' })
  challengeId: string

  @Auth(everyone)
  @Field(() => ContactChannel, { description: 'How the code was sent.' })
  channel: ContactChannel

  @Auth(everyone)
  @Field(() => DateTime, {
    description: 'The code works until just before this moment: 2 minutes after it was asked for.',
  })
  expiresAt: Date

  constructor({ id, channel, expiresAt }: LoginChallenge) {
    this.challengeId = id
    this.channel = channel
    this.expiresAt = expiresAt
  }
}

@ObjectType({
  implements: Problem,
  description: 'Too many codes were asked for, or too many were wrong: there is a pause.',
})
export class LoginPaused extends Problem {
  @Auth(everyone)
  @Field(() => DateTime, { description: 'When it may be tried again.' })
  until: Date

  constructor(until: Date) {
    super()
    this.until = until
    this.message = 'You have tried too many times. Wait a while and then start again, or phone us if you need help now.'
  }
}

@ObjectType({
  implements: Problem,
  description: 'This is not a mobile number, e-mail address or date of birth that can be used.',
})
export class ContactNotUsable extends Problem {
  @Auth(everyone)
  @Field(() => String, { description: 'The input field it is about: "contact" or "bornOn".' })
  field: string

  constructor(field: 'contact' | 'bornOn', message: string) {
    super()
    this.field = field
    this.message = message
  }
}

@ObjectType({
  implements: Problem,
  description: 'This try is over, or was never made. Nothing typed can be used again.',
})
export class LoginStartAgain extends Problem {
  override message = 'This log in is no longer open. Start again with your mobile number or email address.'
}

@ObjectType({ description: 'The code was right. The person is logged in.' })
export class LoggedIn {
  @Auth({ roles: [Role.ANONYMOUS] })
  @Field(() => String, {
    description: 'The bearer token of the session: 256 random bits, shown here once and never kept.',
  })
  token: string

  @Auth({ roles: [Role.ANONYMOUS] })
  @Field(() => SessionType, { description: 'The new session.' })
  session: Session

  constructor(token: string, session: Session) {
    this.token = token
    this.session = session
  }
}

@ObjectType({ implements: Problem, description: 'The code was not right.' })
export class WrongCode extends Problem {
  @Auth(everyone)
  @Field(() => Int, { description: 'How many more tries this code has. None left: ask for a new code.' })
  triesLeft: number

  constructor(triesLeft: number, message?: string) {
    super()
    this.triesLeft = triesLeft
    this.message = message ?? wrongCode(triesLeft)
  }
}

const wrongCode = (triesLeft: number) =>
  triesLeft > 0
    ? 'The security code is not right. Check the newest message we sent you.'
    : 'The security code was wrong too many times. Ask for a new code.'

@ObjectType({
  implements: Problem,
  description: 'The code was used, replaced by a newer one, or is more than 2 minutes old.',
})
export class CodeExpired extends Problem {
  override message = 'This security code has expired. Ask for a new code.'
}

@ObjectType({
  implements: Problem,
  description:
    'The code was right, and more than one person has this contact and date of birth: the last four digits of the NHS number choose.',
})
export class NhsNumberNeeded extends Problem {
  @Auth(everyone)
  @Field(() => ID, { description: 'The try to go on with.' })
  challengeId: string

  @Auth(everyone)
  @Field(() => Int, { description: 'How many more tries there are.' })
  triesLeft: number

  constructor(challengeId: string, triesLeft: number, message: string) {
    super()
    this.challengeId = challengeId
    this.triesLeft = triesLeft
    this.message = message
  }
}
