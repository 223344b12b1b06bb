import { PublishClinicDocument } from '../../client/main.ts'
import type { PortalProcess } from '../portal-process.ts'
import { graphOfFeeds } from './staff.ts'

/** The hospital opens a clinic, and tells the portal of it. */
export async function publishesClinic(portal: PortalProcess, code: string, name: string): Promise<void> {
  const contact = { team: `${name} team`, phone: '+442079460128', hours: 'Monday to Friday, 9am to 5pm' }
  const place = { site: 'Watford General Hospital', addressLines: ['Vicarage Road', 'Watford'], postcode: 'WD18 0HB' }
  const input = {
    idempotencyKey: crypto.randomUUID(),
    code,
    name,
    specialty: 'General medicine',
    mode: 'DIRECT' as const,
    medium: 'FACE_TO_FACE' as const,
    appointmentMinutes: 20,
    whatToBring: [],
    preparation: [],
    contact,
    place,
    excluded: false,
  }
  await graphOfFeeds(portal).write(PublishClinicDocument, { input })
}
