import { TZDate } from '@date-fns/tz'
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { CalendarAppointmentQuery } from '#lib/graph/index.ts'

const LONDON = 'Europe/London'

/** England's clocks as calendars need them spelled out: Outlook does not know the zone by its name. */
const londonClocks = [
  'BEGIN:VTIMEZONE',
  `TZID:${LONDON}`,
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0100',
  'TZNAME:BST',
  'DTSTART:19810329T010000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0000',
  'TZNAME:GMT',
  'DTSTART:19961027T020000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n')

interface Portal {
  publicUrl: URL
  serviceName: string
  shortName: string
}

/**
 * An appointment for the person's own calendar. Calendars are shared with family and employers,
 * so it says when and where, and never which clinic.
 */
export function appointmentCalendar(
  appointment: NonNullable<CalendarAppointmentQuery['appointment']>,
  { publicUrl, serviceName, shortName }: Portal,
  now: Date,
): string {
  const page = new URL(`/appointments/${appointment.id}`, publicUrl).href
  const calendar = ical({
    prodId: { company: shortName, product: serviceName, language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    // No zone for the calendar as a whole: it would also be applied to DTSTAMP, which must be in UTC.
    timezone: { name: null, generator: () => londonClocks },
  })
  calendar.createEvent({
    id: `${appointment.id}@${publicUrl.hostname}`,
    // The same event again, after a move: a higher number replaces what the calendar has.
    sequence: appointment.version,
    stamp: now,
    start: new TZDate(appointment.startsAt, LONDON),
    end: new TZDate(appointment.endsAt, LONDON),
    timezone: LONDON,
    summary: 'Hospital appointment',
    description: `Log in to the ${serviceName} to see the details: ${page}`,
    location: whereabouts(appointment),
    status: appointment.status === 'CANCELLED' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    url: page,
  })
  return calendar.toString()
}

function whereabouts({ medium, place }: NonNullable<CalendarAppointmentQuery['appointment']>): string | null {
  if (medium === 'PHONE') return 'By phone'
  if (medium === 'VIDEO') return 'By video call'
  return place ? [place.site, ...place.addressLines, place.postcode].filter(Boolean).join(', ') : null
}
