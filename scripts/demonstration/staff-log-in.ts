import { setTimeout } from 'node:timers/promises'
import { codeShown } from '../../subgraphs/patients/main.ts'
import type { Asker } from './asking-as.ts'
import { type Desk, deskName, keptDesk } from './desk.ts'
import { operate } from './operate.ts'

const logIn = `mutation LogInStaff($input: LogInStaffInput!) {
  answer: logInStaff(input: $input) { ... on StaffLoggedIn { token } ... on Problem { message } }
}`

/** Who works at the demonstration's desk. The code is what their app shows; each works once, so there may be one to wait for. */
export const staff = (graphUrl: string, folder: string): Asker => ({
  people: [{ id: 'desk', role: 'STAFF', label: `${deskName}, who answers requests and releases results` }],
  async token() {
    const desk = await keptDesk(folder)
    if (!desk) throw new Error('The desk is not open yet.')
    const { code, secondsLeft } = codeShown(desk.totpUri, new Date())
    const token = await tokenWith(graphUrl, desk, code)
    if (token) return token
    await setTimeout(secondsLeft * 1000)
    const another = await tokenWith(graphUrl, desk, codeShown(desk.totpUri, new Date()).code)
    if (!another) throw new Error('The desk does not take its own code.')
    return another
  },
  isGood: (token) =>
    operate<{ staffMember?: unknown }>(graphUrl, token, '{ staffMember { id } }').then(
      ({ staffMember }) => staffMember != null,
      () => false,
    ),
})

async function tokenWith(graphUrl: string, { email, password }: Desk, code: string): Promise<string | undefined> {
  const input = { email, password, code, device: 'Sandbox' }
  const { answer } = await operate<{ answer: { token?: string } }>(graphUrl, undefined, logIn, { input })
  return answer.token
}
