import type { MachineSettings } from '../environment.ts'
import { reachedAt } from '../reached-at.ts'
import { birthDate } from './calendar.ts'
import type { Demonstrated } from './demonstration.ts'
import type { Desk } from './desk.ts'
import { people } from './people.ts'
import { knownThere } from './royal-free/person.ts'

const shown = ['W100001', 'W100002', 'W100004', 'W100010']

/** What runs beside the portal in a demonstration. */
export interface Beside extends Partial<Demonstrated> {
  readonly hasPartner: boolean
}

/** What is said when everything runs: where it is, and as whom to log in. */
export function welcome(
  { production, publicUrl, host, ports }: MachineSettings,
  { desk, client, hasPartner }: Beside,
): string {
  const graph = `http://${host === '127.0.0.1' ? 'localhost' : reachedAt(host)}:${ports.graph}`
  const places: [string, string][] = production
    ? [
        ['The site', publicUrl],
        ['The graph', `${graph}/graphql`],
        ['Messages of the hospital', `HL7 over MLLP on port ${ports.hl7}`],
      ]
    : [
        ['The site', publicUrl],
        ['The inbox', `${publicUrl}/inbox (texts and e-mails arrive here)`],
        ['The staff desk', `${publicUrl}/desk`],
        ['The graph', `${graph}/graphql`],
        ['The sandbox', `${graph}/sandbox`],
        ['Messages of the hospital', `HL7 over MLLP on port ${ports.hl7} (npm run hospital)`],
        ...(hasPartner ? [partnerAt(ports.partner)] : []),
      ]
  const lines = places.map(([what, where]) => `  ${what.padEnd(26)}${where}`)
  return [
    '',
    'The patient portal is running.',
    '',
    ...lines,
    ...(production ? [] : whomToLogInAs()),
    ...(hasPartner ? whomThePartnerKnows() : []),
    ...(desk ? staffLogIn(desk) : []),
    ...(client ? partnerClient(client) : []),
    '',
    'Press Ctrl-C to stop.',
    '',
  ].join('\n')
}

const partnerAt = (port: number): [string, string] => [
  'The partner hospital',
  `the Royal Free: FHIR R4 on port ${port}, for the portal alone`,
]

function whomThePartnerKnows(): string[] {
  const of = (isKnown: boolean) =>
    people
      .filter((it) => shown.includes(it.hospitalNumber) && knownThere.includes(it.hospitalNumber) === isKnown)
      .map(({ given }) => given[0] ?? '')
  const inWords = new Intl.ListFormat('en-GB')
  return [
    '',
    `${inWords.format(of(true))} have letters and results of both hospitals. The Royal Free does not know ${inWords.format(of(false))}.`,
  ]
}

function whomToLogInAs(): string[] {
  const rows = people
    .filter((it) => shown.includes(it.hospitalNumber))
    .map(
      ({ mobile, email, born, given, family, because }) =>
        `  ${(mobile ?? email ?? '').padEnd(30)}${inWords(birthDate(born)).padEnd(20)}${given[0] ?? ''} ${family}, who ${because}`,
    )
  return [
    '',
    'Nobody here is real. Log in with a contact and a date of birth; the code comes to the inbox.',
    '',
    ...rows,
  ]
}

const staffLogIn = ({ email, password }: Desk) => [
  '',
  'Staff log in to the desk with e-mail, password and the code of an app, which the inbox shows.',
  '',
  `  ${email.padEnd(30)}${password}`,
]

const partnerClient = ({ id, keyId, keyFile }: NonNullable<Demonstrated['client']>) => [
  '',
  'The Royal Free asks the graph as a partner. The hospital shares all of Amal with it, of Bernard the appointments; Chiamaka objected.',
  '',
  `  ${'Client id'.padEnd(30)}${id}`,
  `  ${'Private key'.padEnd(30)}${keyFile} (kid ${keyId})`,
]

const inWords = (date: string) =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
