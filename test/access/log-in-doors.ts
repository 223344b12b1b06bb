import { createHash, randomUUID } from 'node:crypto'
import type { Cast } from './cast.ts'
import { type Door, id, input, keyed, mutation, outcome, query } from './door.ts'
import { aTwinsCode, logInStarted } from './log-ins.ts'
import type { Actor } from './matrix.ts'

let contacts = 0
/** A contact that nobody has, and that nothing was sent to. */
const aContact = () => `+447711${String((contacts += 1)).padStart(6, '0')}`
const aWish = () => ({ channel: 'TEXT', contact: aContact(), bornOn: '1984-03-09' })
const noChallenge = { challengeId: randomUUID(), code: '000000' }

/** What an anonymous visitor does; for everybody else it is enough to try. */
const ifAnonymous =
  (facts: (cast: Cast) => Promise<object>) =>
  (cast: Cast, actor: Actor): object =>
    actor === 'anonymous' ? facts(cast) : noChallenge

const tokenHash = ({ tokens }: Cast) => createHash('sha256').update(tokens.patient).digest('base64url')
const endedSession = keyed(({ endedSessionId }) => ({ sessionId: endedSessionId }))

/** How each root field of logging in and out is asked. */
export const logInRootDoors: Record<string, Door[]> = {
  'Query.loginCode': [
    query('loginCode', 'challengeId', 'ID!', async (cast, actor) => ({
      id: actor === 'system' ? (await logInStarted(cast)).challengeId : randomUUID(),
    })),
  ],
  'Query.viewerOf': [query('viewerOf', 'tokenHash', 'ID!', id(tokenHash))],
  'Mutation.startLogin': [mutation('startLogin', input(aWish))],
  'Mutation.resendLoginCode': [
    mutation(
      'resendLoginCode',
      input(() => ({ challengeId: randomUUID() })),
    ),
  ],
  'Mutation.finishLogin': [
    mutation(
      'finishLogin',
      input(() => noChallenge),
    ),
  ],
  'Mutation.chooseByNhsNumber': [
    mutation(
      'chooseByNhsNumber',
      input(() => ({ challengeId: randomUUID(), lastFour: '0000' })),
    ),
  ],
  'Mutation.logOut': [
    {
      ...mutation(
        'logOut',
        keyed(() => ({})),
      ),
      bySomebodyNew: true,
    },
  ],
  'Mutation.logOutEverywhere': [
    {
      ...mutation(
        'logOutEverywhere',
        keyed(() => ({})),
      ),
      bySomebodyNew: true,
    },
  ],
  'Mutation.endSession': [mutation('endSession', endedSession)],
  'Mutation.handOverLoginCode': [
    mutation(
      'handOverLoginCode',
      keyed(() => ({ challengeId: randomUUID() })),
    ),
  ],
}

/** What they come to. */
export const logInOutcomeDoors: Record<string, Door[]> = {
  Viewer: [{ at: 'both', text: 'query Wanted($id: ID!) { viewerOf(tokenHash: $id) { % } }', variables: id(tokenHash) }],
  LoginCode: [
    {
      at: 'both',
      text: 'query Wanted($id: ID!) { loginCode(challengeId: $id) { % } }',
      variables: async (cast, actor) => ({
        id: actor === 'system' ? (await logInStarted(cast)).challengeId : randomUUID(),
      }),
    },
  ],
  LoginCodeSent: outcome('startLogin', 'LoginCodeSent', input(aWish)),
  LoginPaused: outcome(
    'startLogin',
    'LoginPaused',
    input(({ pausedContact }) => ({ ...aWish(), contact: pausedContact })),
  ),
  ContactNotUsable: outcome(
    'startLogin',
    'ContactNotUsable',
    input(() => ({ ...aWish(), contact: 'nothing' })),
  ),
  LoginStartAgain: outcome(
    'finishLogin',
    'LoginStartAgain',
    input(() => noChallenge),
  ),
  WrongCode: outcome(
    'finishLogin',
    'WrongCode',
    input(
      ifAnonymous(async (cast) => ({
        challengeId: (await logInStarted(cast, aContact())).challengeId,
        code: '000000',
      })),
    ),
  ),
  CodeExpired: outcome(
    'finishLogin',
    'CodeExpired',
    input(
      ifAnonymous(async (cast) => {
        const contact = aContact()
        const { challengeId } = await logInStarted(cast, contact)
        await logInStarted(cast, contact)
        return { challengeId, code: '000000' }
      }),
    ),
  ),
  NhsNumberNeeded: outcome('finishLogin', 'NhsNumberNeeded', input(ifAnonymous((cast) => aTwinsCode(cast)))),
  LoggedIn: outcome(
    'finishLogin',
    'LoggedIn',
    input(ifAnonymous(async (cast) => (await logInStarted(cast)).withCode())),
  ),
  Session: [
    {
      ...mutation('finishLogin', input(ifAnonymous(async (cast) => (await logInStarted(cast)).withCode()))),
      text: 'mutation Wanted($input: FinishLoginInput!) { finishLogin(input: $input) { ... on LoggedIn { session { % } } } }',
      for: (actor) => actor === 'anonymous',
    },
  ],
  SessionEnded: outcome('endSession', 'SessionEnded', endedSession),
  SessionNotFound: outcome(
    'endSession',
    'SessionNotFound',
    keyed(({ endedSessionId }, actor) => ({
      sessionId: actor === 'another patient' ? endedSessionId : randomUUID(),
    })),
  ),
  LoggedOut: outcome(
    'logOut',
    'LoggedOut',
    keyed(() => ({})),
  ).map((it) => ({ ...it, bySomebodyNew: true })),
  LoginCodeHandedOver: outcome(
    'handOverLoginCode',
    'LoginCodeHandedOver',
    keyed(() => ({ challengeId: randomUUID() })),
  ),
}
