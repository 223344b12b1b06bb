import { generateKeyPairSync } from 'node:crypto'
import {
  PatientByHospitalNumberDocument,
  RecordSharingDocument,
  RegisterPartnerClientDocument,
  type SharingCategory,
} from '../../client/main.ts'
import { createPortalClient, PatientRecordDocument, type EndUser, type PortalClient } from '../../client/partner.ts'
import type { PortalProcess } from '../portal-process.ts'
import { anNhsNumber } from '../nhs-numbers.ts'
import type { Hospital, Person } from './hospital.ts'
import { graphOfFeeds } from './staff.ts'

/** Somebody who can be found by a partner: their NHS number is known. */
export type Findable = Person & { nhsNumber: string }

const consultant: EndUser = { id: 'a.kaur', role: 'Consultant' }
let hospitals = 0
let people = 0

/** Somebody nobody else is, with an NHS number far from those that other journeys give. */
export async function aFindablePerson(hospital: Hospital, given = 'Zephyrine'): Promise<Findable> {
  const nhsNumber = anNhsNumber(60_000 + (people += 1))
  return { ...(await hospital.aPerson({ given, nhsNumber })), nhsNumber }
}

/** Another hospital, whose system may ask a portal. */
export class PartnerHospital {
  readonly name: string
  readonly #code: string
  readonly #portal: PortalProcess
  readonly #client: PortalClient

  private constructor(portal: PortalProcess, organisation: { code: string; name: string }, client: PortalClient) {
    this.name = organisation.name
    this.#code = organisation.code
    this.#portal = portal
    this.#client = client
  }

  /** Registers the system of a hospital that nobody else is. */
  static async joins(portal: PortalProcess, name = 'Saint Osyth Hospital'): Promise<PartnerHospital> {
    const organisation = { code: `T${(hospitals += 1)}${process.pid}`.slice(0, 10), name: `${name} ${hospitals}` }
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const scopes = ['patients.read', 'appointments.read', 'documents.read', 'results.read']
    const { registerPartnerClient: outcome } = await graphOfFeeds(portal).write(RegisterPartnerClientDocument, {
      input: {
        idempotencyKey: crypto.randomUUID(),
        organisationCode: organisation.code,
        organisationName: organisation.name,
        name: 'Clinical portal',
        scopes,
        keys: JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'first' }] }),
      },
    })
    if (outcome.__typename !== 'PartnerClientRegistered') throw new Error(outcome.message)
    const url = `${portal.graphUrl}/graphql`
    const client = createPortalClient({
      url,
      clientId: outcome.client.id,
      privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      keyId: 'first',
      endUser: consultant,
    })
    return new PartnerHospital(portal, organisation, client)
  }

  /** Somebody there has the patient in front of them, and looks. Answers what they found. */
  async looks({ nhsNumber, bornOn }: Findable, endUser: EndUser = consultant) {
    const { patientByNhsNumber } = await this.#client.for(endUser).read(PatientRecordDocument, { nhsNumber, bornOn })
    return patientByNhsNumber
  }

  /** Our hospital shares with them, for the person's direct care there. */
  async isShownByHospital({ hospitalNumber }: Person, ...categories: SharingCategory[]): Promise<void> {
    const graph = graphOfFeeds(this.#portal)
    const { patientByHospitalNumber: patient } = await graph.read(PatientByHospitalNumberDocument, { hospitalNumber })
    const { recordSharing: outcome } = await graph.write(RecordSharingDocument, {
      input: {
        idempotencyKey: crypto.randomUUID(),
        eventAt: new Date().toISOString(),
        patientId: patient?.id ?? '',
        organisationCode: this.#code,
        categories,
      },
    })
    if (outcome.__typename !== 'SharingRecorded') throw new Error(outcome.message)
  }
}
