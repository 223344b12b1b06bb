import { describe, expect, it } from 'vitest'
import { appointmentCalendar } from './calendar.ts'

type Appointment = Parameters<typeof appointmentCalendar>[0]

const portal = {
  publicUrl: new URL('https://portal.example'),
  serviceName: 'Patient Portal',
  shortName: 'West Hertfordshire',
}
const inSummer: Appointment = {
  id: '4f1c',
  version: 3,
  status: 'BOOKED',
  startsAt: '2026-07-01T08:30:00Z',
  endsAt: '2026-07-01T09:00:00Z',
  medium: 'FACE_TO_FACE',
  place: { site: 'Watford General Hospital', addressLines: ['Vicarage Road', 'Watford'], postcode: 'WD18 0HB' },
}

/** The lines of a calendar file, long ones put together again. */
const lines = (appointment: Appointment) =>
  appointmentCalendar(appointment, portal, new Date('2026-06-01T10:00:00Z')).replaceAll('\r\n ', '').split('\r\n')

describe('an appointment in a calendar', () => {
  it('stands at the time the clocks in England show', () => {
    expect(lines(inSummer)).toContain('DTSTART;TZID=Europe/London:20260701T093000')
    expect(lines(inSummer)).toContain('DTEND;TZID=Europe/London:20260701T100000')
    const inWinter = { ...inSummer, startsAt: '2026-12-01T08:30:00Z', endsAt: '2026-12-01T09:00:00Z' }
    expect(lines(inWinter)).toContain('DTSTART;TZID=Europe/London:20261201T083000')
  })

  it('carries the clocks of England, for calendars that do not know them by name', () => {
    const zone = lines(inSummer).slice(lines(inSummer).indexOf('BEGIN:VTIMEZONE'))
    expect(zone).toContain('TZID:Europe/London')
    expect(zone.filter((line) => line.startsWith('RRULE:'))).toEqual([
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
    ])
  })

  it('is replaced by its next version and not doubled', () => {
    const [first, moved] = [lines(inSummer), lines({ ...inSummer, version: 4, startsAt: '2026-07-02T08:30:00Z' })]
    const uid = (file: string[]) => file.find((line) => line.startsWith('UID:'))
    expect(uid(first)).toBe('UID:4f1c@portal.example')
    expect(uid(moved)).toBe(uid(first))
    expect(first).toContain('SEQUENCE:3')
    expect(moved).toContain('SEQUENCE:4')
    expect(first).toContain('DTSTAMP:20260601T100000Z')
  })

  it('says when and where, and nothing about why', () => {
    const file = lines(inSummer)
    expect(file).toContain('SUMMARY:Hospital appointment')
    expect(file).toContain('LOCATION:Watford General Hospital\\, Vicarage Road\\, Watford\\, WD18 0HB')
    expect(file).toContain('URL;VALUE=URI:https://portal.example/appointments/4f1c')
    expect(file).toContain('STATUS:CONFIRMED')
    expect(file).toContain('METHOD:PUBLISH')
  })

  it('names no place for a call', () => {
    expect(lines({ ...inSummer, medium: 'PHONE', place: null })).toContain('LOCATION:By phone')
    expect(lines({ ...inSummer, medium: 'VIDEO', place: null })).toContain('LOCATION:By video call')
  })

  it('marks a cancelled one, so that it disappears', () => {
    expect(lines({ ...inSummer, status: 'CANCELLED' })).toContain('STATUS:CANCELLED')
  })

  it('keeps every line short enough for the strictest reader', () => {
    const file = appointmentCalendar(inSummer, portal, new Date('2026-06-01T10:00:00Z'))
    expect(file.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
  })
})
