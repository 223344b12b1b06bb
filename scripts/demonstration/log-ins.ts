import { GraphQLError } from 'graphql'
import { birthDate } from './calendar.ts'
import type { Asker } from './asking-as.ts'
import type { Inbox } from './inbox-server.ts'
import { operate } from './operate.ts'
import { mayLogIn, people } from './people.ts'

const codeWithinMilliseconds = 10_000

/** The patients. A token is got as they would get it: a code is asked for, read in the inbox, and sent. */
export const patients = (graphUrl: string, inbox: Inbox): Asker => ({
  people: people.filter(mayLogIn).map(({ hospitalNumber: id, given, family, because }) => ({
    id,
    role: 'PATIENT',
    label: `${given[0] ?? ''} ${family}, who ${because}`,
  })),
  token: (id) => logIn(graphUrl, inbox, id),
  isGood: (token) =>
    operate<{ me?: unknown }>(graphUrl, token, '{ me { id } }').then(
      ({ me }) => me != null,
      () => false,
    ),
})

const start = `mutation StartLogin($input: StartLoginInput!) {
  answer: startLogin(input: $input) { ... on LoginCodeSent { challengeId } ... on Problem { message } }
}`
const finish = `mutation FinishLogin($input: FinishLoginInput!) {
  answer: finishLogin(input: $input) { __typename ... on LoggedIn { token } ... on Problem { message } }
}`
const choose = `mutation ChooseByNhsNumber($input: ChooseByNhsNumberInput!) {
  answer: chooseByNhsNumber(input: $input) { ... on LoggedIn { token } ... on Problem { message } }
}`

interface Answer {
  __typename?: string
  challengeId?: string
  token?: string
  message?: string
}

async function logIn(graphUrl: string, inbox: Inbox, id: string): Promise<string> {
  const person = people.find((it) => it.hospitalNumber === id)
  if (!person) throw new Error('There is no such person in the demonstration.')
  const contact = person.mobile ?? person.email ?? ''
  const channel = person.mobile ? 'TEXT' : 'EMAIL'
  const before = inbox.latest(contact)?.id
  const { challengeId, message } = await ask(graphUrl, start, {
    channel,
    contact,
    bornOn: birthDate(person.born),
    device: 'Sandbox',
  })
  if (!challengeId) throw noCode(message)
  const code = await codeAfter(inbox, contact, before)
  const finished = await ask(graphUrl, finish, { challengeId, code })
  const isTwin = finished.__typename === 'NhsNumberNeeded'
  const passed = isTwin
    ? await ask(graphUrl, choose, { challengeId, lastFour: person.nhsNumber?.slice(-4) ?? '' })
    : finished
  if (!passed.token) throw new Error(passed.message ?? 'The code was not taken.')
  return passed.token
}

/** Too many were sent to this contact: whoever wants to ask as its owner is told how long to wait. */
const noCode = (why = 'No code could be asked for.') => new GraphQLError(why, { extensions: { code: 'RATE_LIMITED' } })

async function codeAfter(inbox: Inbox, contact: string, before: string | undefined): Promise<string> {
  const giveUpAt = Date.now() + codeWithinMilliseconds
  while (Date.now() < giveUpAt) {
    const latest = inbox.latest(contact)
    const code = latest?.id === before ? undefined : /\b(\d{6})\b/.exec(latest?.body ?? '')?.[1]
    if (code) return code
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('No code came.')
}

async function ask(graphUrl: string, query: string, input: Record<string, string>): Promise<Answer> {
  const { answer } = await operate<{ answer: Answer }>(graphUrl, undefined, query, { input })
  return answer
}
