import { Secret, TOTP, URI } from 'otpauth'
import { type Alone, anonymous, system } from './alone.ts'
import { anAddress } from './people.ts'

let count = 0

/** A log in of staff as it is shown once. */
export interface NewStaffMember {
  id: string
  email: string
  password: string
  totpUri: string
}

const create = `mutation C($input: CreateStaffMemberInput!) {
  createStaffMember(input: $input) {
    __typename
    ... on StaffMemberCreated { staffMember { id email } password totpUri totpSecret }
    ... on Problem { message }
  }
}`

/** Somebody of the staff, with an e-mail address nobody else in this run has. Throws what was refused. */
export async function aStaffMember({ ask }: Pick<Alone, 'ask'>, facts: object = {}): Promise<NewStaffMember> {
  const input = { email: `staff${(count += 1)}@example.com`, name: 'Rowan Ellis', ...facts }
  const { data, errors } = await ask(system, create, { input })
  const [error] = errors ?? []
  if (error) throw new Error(`${String(error.extensions.code)} ${error.message}`)
  const outcome = data?.createStaffMember as unknown as {
    __typename: string
    staffMember: { id: string; email: string }
    password: string
    totpUri: string
    totpSecret: string
  }
  if (outcome.__typename !== 'StaffMemberCreated') throw new Error(outcome.__typename)
  const { staffMember, password, totpUri } = outcome
  return { ...staffMember, password, totpUri }
}

/** What a code app that was told this address shows, or showed or will show so many seconds from now. */
export function codeNow({ clock }: Pick<Alone, 'clock'>, totpUri: string, seconds = 0): string {
  const app = URI.parse(totpUri)
  const totp = new TOTP({ secret: Secret.fromBase32(app.secret.base32) })
  return totp.generate({ timestamp: clock.now().getTime() + seconds * 1000 })
}

export interface StaffLoginAnswer {
  __typename: string
  token: string
  expiresAt: string
  until: string
  message: string
  staffMember: { id: string; name: string; email: string; lastLoggedInAt: string }
}

const logIn = `mutation L($input: LogInStaffInput!) {
  logInStaff(input: $input) {
    __typename
    ... on StaffLoggedIn { token expiresAt staffMember { id name email lastLoggedInAt } }
    ... on LoginPaused { until }
    ... on Problem { message }
  }
}`

/** Logs in, from an address of its own unless one is given. */
export async function logInStaff(
  { ask }: Pick<Alone, 'ask'>,
  input: { email: string; password: string; code: string },
  address = anAddress(),
): Promise<StaffLoginAnswer> {
  const { data, errors } = await ask(anonymous(address), logIn, { input: { device: 'A test', ...input } })
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.logInStaff as unknown as StaffLoginAnswer
}

export { otherThan } from './people.ts'
