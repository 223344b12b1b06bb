import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { aPerson, type PersonInWorld, signedAddress } from '../world.ts'
import type { Viewer } from '../../subgraphs/runtime/viewer.ts'
import { type Alone, staff } from '../alone.ts'
import { aStaffMember, codeNow, logInStaff } from '../staff.ts'
import type { Cast } from './cast.ts'

interface StartedLogin {
  challengeId: string
  /** What was sent, with the code read from the text. */
  withCode(): Promise<{ challengeId: string; code: string }>
}

let mobiles = 0
/** A mobile of somebody new. */
export const aMobile = () => `+447722${String((mobiles += 1)).padStart(6, '0')}`

/** A code that was asked for: by somebody new, unless a contact is given. */
export async function logInStarted({ portal }: Pick<Cast, 'portal'>, contact?: string): Promise<StartedLogin> {
  const mobile = contact ?? (await aPerson(portal, { mobile: aMobile() })).mobile
  const start = `mutation S($input: StartLoginInput!) { startLogin(input: $input) { ... on LoginCodeSent { challengeId } } }`
  const { data, text } = await portal.ask(
    undefined,
    start,
    { input: { channel: 'TEXT', contact: mobile, bornOn: '1984-03-09' } },
    signedAddress(portal),
  )
  const { challengeId } = (data?.startLogin ?? {}) as { challengeId?: string }
  if (!challengeId) throw new Error(text)
  return { challengeId, withCode: async () => ({ challengeId, code: await codeSentTo(portal, mobile) }) }
}

/** The code in the newest text to a mobile that has had none before. */
async function codeSentTo({ inbox, graph }: Cast['portal'], mobile: string): Promise<string> {
  const giveUpAt = Date.now() + 10_000
  while (Date.now() < giveUpAt) {
    const code = /^\d{6}/.exec(inbox.latest(mobile)?.body ?? '')?.[0]
    if (code) return code
    await graph.settle()
    await setTimeout(5)
  }
  throw new Error(`no code came to ${mobile}`)
}

/** The right code of a contact and date of birth that two people have. */
export async function aTwinsCode({ portal }: Pick<Cast, 'portal'>): Promise<{ challengeId: string; code: string }> {
  const mobile = aMobile()
  for (const given of ['Amal', 'Bea'])
    await aPerson(portal, { mobile, name: { given: [given], family: 'Haddad' }, hospitalNumber: randomUUID() })
  return (await logInStarted({ portal }, mobile)).withCode()
}

/** The token of somebody new, for what ends it. */
export async function aThrowawayToken({
  portal,
}: Pick<Cast, 'portal'>): Promise<{ token: string; person: PersonInWorld }> {
  const person = await aPerson(portal, { mobile: aMobile() })
  const input = await (await logInStarted({ portal }, person.mobile)).withCode()
  const finish = `mutation F($input: FinishLoginInput!) { finishLogin(input: $input) { ... on LoggedIn { token } } }`
  const { data, text } = await portal.ask(undefined, finish, { input }, signedAddress(portal))
  const { token } = (data?.finishLogin ?? {}) as { token?: string }
  if (!token) throw new Error(text)
  return { token, person }
}

/** Somebody of the staff who has just logged in, and who the gateway says they are. */
export async function aStaffLogIn({ portal }: Pick<Cast, 'portal'>): Promise<{ token: string; viewer: Viewer }> {
  const patients = portal.graph.subgraphs.get('patients')
  const ask: Alone['ask'] = async (viewer, query, variables = {}) =>
    (await patients?.execute({ query, variables, viewer, requestId: randomUUID() })) as never
  const member = await aStaffMember({ ask }, { name: staff.name, releasesResults: true })
  const { email, password, totpUri } = member
  const { token } = await logInStaff({ ask }, { email, password, code: codeNow(portal, totpUri) })
  return { token, viewer: { ...staff, actorId: `staff:${member.id}`, scopes: [...staff.scopes, 'results'] } }
}
