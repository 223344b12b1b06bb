import type { ClaimHospitalNoticeMutation, HospitalNoticeKind } from '../../client/main.ts'
import { readableTime } from '../hl7/readable-time.ts'
import { writeTimestamp } from '../hl7/timestamp.ts'
import { type Cell, writeClinician, writeComponents, writeMessage, writeSegment, writeText } from '../hl7/writing.ts'

/** A notice of the portal, and whom it is about. */
export type Notice = Extract<
  ClaimHospitalNoticeMutation['claimHospitalNotice'],
  { __typename: 'HospitalNoticeClaimed' }
>['notice']

/** Between whom a notice goes. */
export interface Correspondence {
  /** ODS code of the trust, which both ends belong to. */
  facility: string
  /** The hospital's system, as it calls itself (MSH-5). */
  application: string
  /** P for a portal in earnest, T for any other: MSH-11. */
  processingId: 'P' | 'T'
}

/** A notice says something that no message can say. */
export class NoticeNotWritable extends Error {
  override name = 'NoticeNotWritable'
  /** Which field of the message, and never what stood there. */
  readonly where: string

  constructor(where: string) {
    super(`${where} cannot be written`)
    this.where = where
  }
}

/** S02, S03, S04: another time is asked for, the request is taken back, the cancellation is asked for. */
const types: Record<HospitalNoticeKind, string> = {
  RESCHEDULED: 'SIU^S13^SIU_S12',
  CANCELLED: 'SIU^S15^SIU_S12',
  CHANGE_REQUESTED: 'SRM^S02^SRM_S01',
  REQUEST_WITHDRAWN: 'SRM^S03^SRM_S01',
  CANCELLATION_REQUESTED: 'SRM^S04^SRM_S01',
}

/**
 * The message of a notice: SIU for what is done, SRM for what is asked. The same bytes at every try, so that the hospital knows it
 * again: MSH-7 is when it happened, and by that time messages about an appointment are ordered. Throws `NoticeNotWritable`.
 */
export function messageOf(notice: Notice, correspondence: Correspondence): string {
  const { kind } = notice
  const isRequest = kind !== 'RESCHEDULED' && kind !== 'CANCELLED'
  return writeMessage([
    header(notice, correspondence),
    isRequest ? request(notice) : schedule(notice),
    ...note(notice),
    identification(notice, correspondence),
    writeSegment('PV1', { 1: '1', 2: notice.appointment.kind === 'ADMISSION' ? 'I' : 'O' }),
    ...resources(notice),
  ])
}

const header = (
  { kind, occurredAt, controlId }: Notice,
  { facility, application, processingId }: Correspondence,
): string =>
  writeSegment('MSH', {
    1: '^~\\&',
    2: 'PORTAL',
    3: writeText(facility),
    4: writeText(application),
    5: writeText(facility),
    6: time('MSH-7', occurredAt),
    8: types[kind],
    9: writeText(controlId),
    10: processingId,
    11: '2.4',
    17: 'UNICODE UTF-8',
  })

/** The hospital's own number stands in both places: where its system looks is for it to know. */
function schedule({ hospitalId, slotHospitalId, reason, kind, ...notice }: Notice): string {
  return writeSegment('SCH', {
    1: writeText(hospitalId),
    2: writeText(hospitalId),
    5: writeText(slotHospitalId ?? undefined),
    6: words(reason),
    9: minutes(notice),
    10: 'MIN',
    11: `^^^${time('SCH-11.4', notice.startsAt)}^${time('SCH-11.5', notice.endsAt)}`,
    16: byThePortal,
    20: byThePortal,
    25: kind === 'CANCELLED' ? 'CANCELLED' : 'BOOKED',
  })
}

/** ARQ-11, the time that is asked for, stays empty: what suits the patient is told in words. AIS-4 holds the time there is. */
function request({ hospitalId, requestReference, reason, ...notice }: Notice): string {
  return writeSegment('ARQ', {
    1: writeComponents(writeText(requestReference ?? notice.controlId), 'PORTAL'),
    2: writeText(hospitalId),
    6: words(reason),
    9: minutes(notice),
    10: 'MIN',
    15: byThePortal,
    19: byThePortal,
  })
}

const byThePortal = '^Portal^Patient'

function note({ previousStartsAt, kind }: Notice): string[] {
  if (kind !== 'RESCHEDULED' || !previousStartsAt) return []
  const from = readableTime(new Date(previousStartsAt))
  return [writeSegment('NTE', { 1: '1', 2: 'P', 3: `Moved in the patient portal from ${from}` })]
}

function identification({ appointment: { patient } }: Notice, { facility }: Correspondence): string {
  const { hospitalNumber, nhsNumber, name, bornOn } = patient
  const [first = '', ...others] = name.given
  return writeSegment('PID', {
    1: '1',
    3: [
      hospitalNumber && `${writeText(hospitalNumber)}^^^${writeText(facility)}^MR`,
      nhsNumber && `${writeText(nhsNumber)}^^^NHS^NH`,
    ]
      .filter((it) => it)
      .join('~'),
    5: writeComponents(
      writeText(name.family),
      writeText(first),
      writeText(others.join(' ')),
      '',
      writeText(name.title ?? undefined),
      '',
      'L',
    ),
    7: bornOn.replaceAll('-', ''),
  })
}

function resources({ appointment, startsAt, clinician, ...notice }: Notice): string[] {
  const service = { 1: '1', 2: 'U', 3: writeText(appointment.clinic.code), 4: time('AIS-4', startsAt) }
  return [
    writeSegment('RGS', { 1: '1', 2: 'U' }),
    writeSegment('AIS', { ...service, 7: minutes({ startsAt, ...notice }), 8: 'MIN' }),
    ...(clinician ? [writeSegment('AIP', { 1: '1', 2: 'U', 3: writeClinician(clinician) })] : []),
  ]
}

function time(where: string, instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) throw new NoticeNotWritable(where)
  return writeTimestamp(at)
}
const words = (reason: string | null | undefined): Cell => (reason ? `^${writeText(reason)}` : undefined)
const minutes = ({ startsAt, endsAt }: Pick<Notice, 'startsAt' | 'endsAt'>): string =>
  String(Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000))
