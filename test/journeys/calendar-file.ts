import { readFile } from 'node:fs/promises'
import type { Locator } from '@playwright/test'
import { londonInstant } from '../../subgraphs/runtime/london.ts'

/** An event of a calendar file, as a calendar would show it. */
export interface CalendarEvent {
  text: string
  startsAt: Date
  endsAt: Date
  properties: Map<string, string>
}

/** Follows a link to a calendar file and reads what came. */
export async function downloadsCalendar(link: Locator): Promise<CalendarEvent> {
  const coming = link.page().waitForEvent('download')
  await link.click()
  const download = await coming
  return readCalendar(await readFile(await download.path(), 'utf8'))
}

function readCalendar(text: string): CalendarEvent {
  const lines = text.replaceAll(/\r\n[ \t]/g, '').split('\r\n')
  const inEvent = lines.slice(lines.indexOf('BEGIN:VEVENT') + 1, lines.indexOf('END:VEVENT'))
  const properties = new Map(inEvent.map((line) => /^([^:]+):(.*)$/.exec(line)?.slice(1) as [string, string]))
  const at = (name: string) => {
    const [, date = '', hours = '', minutes = ''] =
      /^(\d{8})T(\d\d)(\d\d)00$/.exec(properties.get(`${name};TZID=Europe/London`) ?? '') ?? []
    return londonInstant(date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'), `${hours}:${minutes}`)
  }
  return { text, startsAt: at('DTSTART'), endsAt: at('DTEND'), properties }
}
