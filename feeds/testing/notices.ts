import type { Acknowledgement, AnswerHospitalNoticeInput, ClaimHospitalNoticeInput } from '../../client/main.ts'
import type { Notice } from '../write-back/notice-message.ts'

type Entry = Notice & {
  status: 'WAITING' | 'ACKNOWLEDGED' | 'REFUSED'
  isClaimed: boolean
  /** What the hospital said, each time. */
  answers: { acknowledgement: Acknowledgement; reason: string | undefined }[]
}

/** What the hospital is to be told, in memory; what is to be tried again is due at once. */
export class NoticesInMemory {
  readonly all: Entry[] = []

  add(facts: Partial<Notice> = {}): Entry {
    const number = this.all.length + 1
    const entry: Entry = {
      id: `notice-${number}`,
      controlId: `PP${number}`,
      kind: 'RESCHEDULED',
      occurredAt: '2026-11-22T10:00:00.000Z',
      hospitalId: 'APT-7001',
      startsAt: '2026-12-03T10:30:00.000Z',
      endsAt: '2026-12-03T11:00:00.000Z',
      clinician: 'Dr Priya Shah',
      previousStartsAt: '2026-12-01T14:15:00.000Z',
      slotHospitalId: 'SLOT-9',
      reason: 'I am away',
      requestReference: null,
      appointment: {
        id: 'appointment-1',
        kind: 'OUTPATIENT',
        clinic: { code: 'CARD1' },
        patient: {
          id: 'patient-1',
          hospitalNumber: 'RWG200145',
          nhsNumber: '9990041571',
          bornOn: '1984-03-09',
          name: { title: 'Mrs', given: ['Amal', 'Jane'], family: 'Haddad' },
        },
      },
      ...facts,
      status: 'WAITING',
      isClaimed: false,
      answers: [],
    }
    this.all.push(entry)
    return entry
  }

  /** The first that is unanswered of each appointment. */
  due(first: number): Entry[] {
    const waiting = this.all.filter(({ status }) => status === 'WAITING')
    const heads = waiting.filter((it) => waiting.find(({ hospitalId }) => hospitalId === it.hospitalId) === it)
    return heads.filter(({ isClaimed }) => !isClaimed).slice(0, first)
  }

  claim({ noticeId }: ClaimHospitalNoticeInput) {
    const notice = this.due(Infinity).find(({ id }) => id === noticeId)
    if (!notice) return { __typename: 'HospitalNoticeNotDue', message: 'Not due.' }
    notice.isClaimed = true
    return { __typename: 'HospitalNoticeClaimed', notice }
  }

  /** The minute is over for which it was claimed. */
  endClaims(): void {
    for (const notice of this.all) notice.isClaimed = false
  }

  answer({ noticeId, acknowledgement, reason }: AnswerHospitalNoticeInput) {
    const notice = this.all.find(({ id }) => id === noticeId)
    if (!notice) throw new Error(`no notice ${String(noticeId)}`)
    notice.answers.push({ acknowledgement, reason: reason ?? undefined })
    notice.isClaimed = false
    if (acknowledgement !== 'AR') notice.status = acknowledgement === 'AA' ? 'ACKNOWLEDGED' : 'REFUSED'
    return { __typename: 'HospitalNoticeAnswered', notice }
  }
}
