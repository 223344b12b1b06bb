import { birthDate } from '../calendar.ts'
import { operate } from '../operate.ts'
import { people } from '../people.ts'

const person = `query Person($nhsNumber: String!, $bornOn: LocalDate!) {
  patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) {
    name { full }
    appointments(period: UPCOMING, first: 5) { nodes { startsAt clinic { name } } }
  }
}`
const results = `query Results($nhsNumber: String!, $bornOn: LocalDate!) {
  patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) {
    documents(filter: { kinds: [TEST_RESULT] }, first: 3) { nodes { title ... on TestResult { observations { name value } } } }
  }
}`

const consultant = { 'x-end-user-id': 'GMC-7083412', 'x-end-user-role': 'Consultant' }
const nurse = { 'x-end-user-id': 'NMC-94H2231E', 'x-end-user-role': 'Clinical nurse specialist' }

const looks = [
  { hospitalNumber: 'W100001', query: person, as: consultant },
  { hospitalNumber: 'W100001', query: results, as: nurse },
  { hospitalNumber: 'W100002', query: person, as: consultant },
]

/** People of the Royal Free look at what is shared with them, so that there is something to see under "Who has looked". */
export async function lookAtRecords(graphUrl: string, token: string): Promise<void> {
  for (const { hospitalNumber, query, as } of looks) {
    const patient = people.find((it) => it.hospitalNumber === hospitalNumber)
    if (!patient) throw new Error(`The demonstration has nobody with the number ${hospitalNumber}.`)
    const variables = { nhsNumber: patient.nhsNumber, bornOn: birthDate(patient.born) }
    const { patientByNhsNumber: found } = await operate<{ patientByNhsNumber: unknown }>(
      graphUrl,
      token,
      query,
      variables,
      as,
    )
    if (!found) throw new Error(`The Royal Free cannot see ${hospitalNumber}, whose record is shared with it.`)
  }
}
