import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMessage } from '../hl7/message.ts'
import type { Fault } from '../hl7/fault.ts'
import { readAppointment } from '../reading/appointment.ts'
import { readPerson } from '../reading/person.ts'
import { NoticesInMemory } from '../testing/notices.ts'
import { messageOf, type Notice } from './notice-message.ts'

const correspondence = { facility: 'RWG', application: 'PAS', processingId: 'T' } as const
const aNotice = (facts: Partial<Notice> = {}) => new NoticesInMemory().add(facts)
const written = (facts: Partial<Notice> = {}) => messageOf(aNotice(facts), correspondence).split('\r')

describe('what the hospital is told', () => {
  it('of a move: the new time, the slot, the reason, and from which time', () => {
    expect(written()).toEqual([
      'MSH|^~\\&|PORTAL|RWG|PAS|RWG|20261122100000+0000||SIU^S13^SIU_S12|PP1|T|2.4||||||UNICODE UTF-8',
      'SCH|APT-7001|APT-7001|||SLOT-9|^I am away|||30|MIN|^^^20261203103000+0000^20261203110000+0000|||||^Portal^Patient||||^Portal^Patient|||||BOOKED',
      'NTE|1|P|Moved in the patient portal from Tuesday 1 December 2026 at 2:15pm',
      'PID|1||RWG200145^^^RWG^MR~9990041571^^^NHS^NH||Haddad^Amal^Jane^^Mrs^^L||19840309',
      'PV1|1|O',
      'RGS|1|U',
      'AIS|1|U|CARD1|20261203103000+0000|||30|MIN',
      'AIP|1|U|^Shah^Priya^^^Dr',
      '',
    ])
  })

  it('of a cancellation: which, and why', () => {
    const [header, sch] = written({ kind: 'CANCELLED', reason: null, slotHospitalId: null, previousStartsAt: null })
    expect(header).toContain('|SIU^S15^SIU_S12|')
    expect(sch).toMatch(/^SCH\|APT-7001\|APT-7001\|{7}30\|MIN\|.*\|CANCELLED$/)
  })

  it.each([
    ['CHANGE_REQUESTED', 'SRM^S02^SRM_S01'],
    ['REQUEST_WITHDRAWN', 'SRM^S03^SRM_S01'],
    ['CANCELLATION_REQUESTED', 'SRM^S04^SRM_S01'],
  ] as const)('of a request, with its reference: %s', (kind, type) => {
    const [header, arq, pid] = written({ kind, requestReference: 'KQ7M2XPA', previousStartsAt: null })
    expect(header).toContain(`|${type}|`)
    expect(arq).toBe('ARQ|KQ7M2XPA^PORTAL|APT-7001||||^I am away|||30|MIN|||||^Portal^Patient||||^Portal^Patient')
    expect(pid).toMatch(/^PID\|1\|\|RWG200145/)
  })

  it('in London time with its offset, in summer too', () => {
    const [, sch] = written({ startsAt: '2027-07-15T09:30:00.000Z', endsAt: '2027-07-15T10:10:00.000Z' })
    expect(sch).toContain('|40|MIN|^^^20270715103000+0100^20270715111000+0100|')
  })

  it('of whom: by the NHS number where there is no other', () => {
    const { appointment } = aNotice()
    const patient = { ...appointment.patient, hospitalNumber: null }
    expect(written({ appointment: { ...appointment, patient } })[3]).toMatch(/^PID\|1\|\|9990041571\^\^\^NHS\^NH\|/)
  })

  it('the same at every try', () => {
    const notice = aNotice()
    expect(messageOf(notice, correspondence)).toBe(messageOf(notice, correspondence))
  })

  it('so that whatever a patient or a record says is read as it was said', () => {
    const word = fc
      .string({ unit: fc.constantFrom(..."aÉßŁ|^~\\&'-z\n"), minLength: 1, maxLength: 20 })
      .filter((it) => it.trim() === it && /[a-z]/.test(it))
    fc.assert(
      fc.property(word, word, word, (hospitalId, reason, family) => {
        const { appointment } = aNotice()
        const patient = { ...appointment.patient, name: { given: ['Amal'], family, title: null } }
        const message = parseMessage(
          messageOf(aNotice({ hospitalId, reason, appointment: { ...appointment, patient } }), correspondence),
        )
        const faults: Fault[] = []
        expect(readAppointment(message, faults)).toMatchObject({
          hospitalId,
          reason,
          details: { startsAt: '2026-12-03T10:30:00.000Z', clinician: 'Dr Priya Shah' },
        })
        expect(readPerson(message, faults)).toMatchObject({ hospitalNumber: 'RWG200145', name: { family } })
        expect(faults).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
