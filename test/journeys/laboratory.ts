import { expect } from '@playwright/test'
import {
  examinations,
  type HospitalLetter,
  type HospitalResult,
  reportResult,
  sendHl7,
  sendLetter,
} from '../../feeds/main.ts'
import type { PortalProcess } from '../portal-process.ts'
import type { Person } from './hospital.ts'

/** What tells the portal whose a document is. */
type Known = Pick<Person, 'hospitalNumber' | 'bornOn'>

let count = 0

const envelope = () => ({ at: new Date(), facility: 'RWG' })

async function send(portal: PortalProcess, message: string): Promise<void> {
  const { code, lines } = await sendHl7({ host: '127.0.0.1', port: portal.place.ports.HL7_PORT }, message)
  expect(code, lines.join('\n')).toBe('AA')
}

/** An X-ray was reported in words, unless it is said otherwise. Answers the number of its order. */
export async function reports(
  portal: PortalProcess,
  { hospitalNumber, bornOn }: Known,
  facts: Partial<HospitalResult> = {},
): Promise<string> {
  const { panel, department, report } = examinations.xray
  const now = new Date()
  const result = {
    orderNumber: `DR-${(count += 1)}-${process.pid}`,
    panel,
    department,
    report,
    status: 'F',
    requestedBy: 'Dr Priya Shah',
    collectedAt: now,
    reportedAt: now,
    ...facts,
  } as const
  await send(portal, reportResult({ hospitalNumber, bornOn }, result, envelope()))
  return result.orderNumber
}

/** A letter of a clinic came. Answers what the hospital calls it. */
export async function writes(
  portal: PortalProcess,
  { hospitalNumber, bornOn }: Known,
  facts: Partial<HospitalLetter>,
): Promise<string> {
  const letter = {
    id: `DL-${(count += 1)}-${process.pid}`,
    kind: 'outcome',
    title: 'Clinic letter',
    author: 'Dr Priya Shah',
    writtenAt: new Date(),
    ...facts,
  } as const
  await send(portal, sendLetter({ hospitalNumber, bornOn }, letter, envelope()))
  return letter.id
}

/** A letter came as a file alone. Answers what the hospital calls it. */
export const writesPdf = (portal: PortalProcess, person: Known, content: string): Promise<string> =>
  writes(portal, person, { pdf: { base64: Buffer.from(content).toString('base64'), fileName: 'letter.pdf' } })
