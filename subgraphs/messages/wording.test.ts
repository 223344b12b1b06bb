import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTrust } from '../runtime/trust.ts'
import { gsm7Length, toGsm7 } from './gsm-7.ts'
import { newReference } from '../runtime/reference.ts'
import { newLinkReference } from './link-reference.ts'
import { cancelled, longestSayings, newAppointment, notConfirmed, requestReceived } from './sayings.ts'
import { Wording } from './wording.ts'

const trust = readTrust('west-herts')
const wording = new Wording(trust, new URL('http://localhost:3000'))
const portal = new Wording(trust, new URL('https://portal.westhertshospitals.nhs.uk'))
const link = portal.linkTo('mN3xQ_2bT-7hYw0aLk9pZg')
const notice = { givenName: 'Amal', link, reference: 'CF23GH45' }
const expiresAt = new Date('2026-07-01T11:02:00Z')

describe('a security code', () => {
  it('stands in a text without a name, bound to the site', () => {
    expect(wording.codeText({ code: '012345' }).body).toBe(
      '012345 is your West Hertfordshire security code\n@localhost:3000 #012345',
    )
    expect(portal.codeText({ code: '012345' }).body).toMatch(/\n@portal\.westhertshospitals\.nhs\.uk #012345$/)
  })

  it('stands in an e-mail with the time it ends, and no name', () => {
    const { subject, body } = wording.codeEmail({ code: '012345', expiresAt, reference: 'CF23GH45' })
    expect(subject).toBe('Your West Hertfordshire security code')
    expect(body).toMatch(/^Dear patient,\n\n012345 is your West Hertfordshire security code\./)
    expect(body).toContain('It works until 12:02pm.')
    expect(body).toMatch(/Reference: CF23GH45$/)
  })

  it('writes the time as the NHS does, by the clocks of London', () => {
    const until = (at: string) =>
      /It works until (.+)\./.exec(wording.codeEmail({ code: '1', expiresAt: new Date(at), reference: '' }).body)?.[1]
    expect(until('2026-07-01T11:00:00Z')).toBe('midday')
    expect(until('2026-12-01T00:00:00Z')).toBe('midnight')
    expect(until('2026-12-01T17:00:00Z')).toBe('5pm')
    expect(until('2026-12-01T05:05:00Z')).toBe('5:05am')
  })
})

describe('a new appointment', () => {
  it('is told in one text with the name, the service, the link and a reference', () => {
    expect(portal.noticeText(newAppointment, notice).body).toBe(
      `Amal, Patient Portal: you have a new hospital appointment. See it at ${link} Ref CF23GH45`,
    )
  })

  it('shortens a long name, and never the link or the reference', () => {
    const { body } = portal.noticeText(newAppointment, { ...notice, givenName: 'Wolfeschlegelsteinhausenbergerdorff' })
    expect(body).toBe(
      `Wolfeschlegelstei, Patient Portal: you have a new hospital appointment. See it at ${link} Ref CF23GH45`,
    )
    expect(gsm7Length(body)).toBe(160)
  })

  it('shortens the sentence where a long address would cost the name', () => {
    const long = new Wording(trust, new URL(`https://${'portal.'.repeat(5)}example`))
    const { body } = long.noticeText(newAppointment, { ...notice, link: long.linkTo('mN3xQ_2bT-7hYw0aLk9pZg') })
    expect(body).toMatch(/^Amal, Patient Portal: new hospital appointment: https:/)
    expect(gsm7Length(body)).toBeLessThanOrEqual(160)
  })

  it('refuses an address of the site that leaves no room for a name', () => {
    expect(() => new Wording(trust, new URL(`https://${'portal.'.repeat(12)}example`))).toThrow(
      /^PUBLIC_URL: with the name of the service, it is \d+ characters too long for a text/,
    )
  })

  it('starts with the service when nothing of a name can be written', () => {
    for (const givenName of ['', ' ', '\u0000', '😀', '\ud800'])
      expect(portal.noticeText(newAppointment, { ...notice, givenName }).body).toMatch(/^Patient Portal: you have/)
  })

  it('makes no second link out of a name', () => {
    const { body } = portal.noticeText(newAppointment, { ...notice, givenName: 'evil.example/x' })
    expect(body).toMatch(/^evil example x, Patient Portal/)
  })

  it.each([
    ['Zoé', 'Zoé'],
    ['Łukasz', 'Lukasz'],
    ['Siân', 'Sian'],
    ['O’Neill', "O'Neill"],
    ['Владимир', 'Vladimir'],
    ['Anne  Marie', 'Anne Marie'],
  ])('writes %s as %s', (givenName, written) => {
    expect(portal.noticeText(newAppointment, { ...notice, givenName }).body).toMatch(new RegExp(`^${written}, Patient`))
  })

  it('fits one text for any name, in letters every phone shows', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('[]{}~€', '^'.repeat(300)),
    )
    const property = fc.property(any, fc.constantFrom(wording, portal), (givenName, words) => {
      const reference = newReference()
      const to = words.linkTo(newLinkReference())
      const { body } = words.noticeText(newAppointment, { givenName, link: to, reference })
      expect(gsm7Length(body)).toBeLessThanOrEqual(160)
      expect(body).toContain(` ${to} `)
      expect(body.match(/https?:/g)).toHaveLength(1)
      expect(body.endsWith(reference)).toBe(true)
      const [name = ''] = body.split('Patient Portal: ')
      const written = toGsm7(givenName.replace(/[^\p{L}\p{M}'’-]/gu, '')).replace(/[^\p{L}'-]/gu, '')
      expect(written.startsWith(name.replace(/, $/, '').replace(/ /g, ''))).toBe(true)
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('is told in an e-mail with a subject of its own', () => {
    const { subject, body } = portal.noticeEmail(newAppointment, { ...notice, givenName: 'Siân' })
    expect(subject).toBe('You have a new hospital appointment: Patient Portal')
    expect(body).toMatch(/^Dear Siân,\n\nPatient Portal: you have a new appointment at West Hertfordshire/)
    expect(body).toContain(`\n\n${link}\n\n`)
    expect(body).toContain('Appointments team (020 7946 0100, appointments@example.com, Monday to Friday, 8am to 6pm)')
    expect(body).toMatch(/Reference: CF23GH45$/)
    expect(portal.noticeEmail(newAppointment, { ...notice, givenName: '' }).body).toMatch(/^Dear patient,/)
  })
})

describe('what happened to an appointment', () => {
  const southampton = readTrust('southampton')
  const sites = [
    wording,
    portal,
    new Wording(southampton, new URL('https://patienthub.uhs.nhs.uk')),
    // The longest address that is not refused.
    new Wording(trust, new URL(`https://${'portal.'.repeat(5)}example`)),
  ]
  const names = ['Amal', 'Wolfeschlegelsteinhausenbergerdorff', 'Владимир', '']

  it.each(longestSayings.map((it) => [it.subject, it] as const))(
    'fits one text, even at its longest: %s',
    (_, saying) => {
      for (const words of sites)
        for (const givenName of names) {
          const to = words.linkTo(newLinkReference())
          const { body } = words.noticeText(saying, { ...notice, givenName, link: to })
          expect(gsm7Length(body)).toBeLessThanOrEqual(160)
          expect(body.endsWith(` ${to} Ref CF23GH45`)).toBe(true)
          expect(body.startsWith(givenName && toGsm7(givenName).slice(0, 12))).toBe(true)
        }
    },
  )

  it.each(longestSayings.map((it) => [it.subject, it] as const))(
    'names nothing of the appointment, in a text or an e-mail: %s',
    (_, saying) => {
      const { subject, body } = portal.noticeEmail(saying, notice)
      const said = [...saying.text, subject ?? '', body].join(' ')
      expect(said).not.toMatch(/clinic|doctor|surgery|scan|test|results|discharge/i)
      expect(body).toMatch(/\n\nReference: CF23GH45$/)
      expect(body).toContain(`:\n\n${link}\n\n`)
    },
  )

  it('refuses an address of the site one letter longer, by what the longest sentence leaves', () => {
    expect(() => new Wording(trust, new URL(`https://${'portal.'.repeat(5)}examples`))).toThrow(
      'PUBLIC_URL: with the name of the service, it is 1 characters too long for a text',
    )
  })

  it('keeps until when, under which reference and by which day in the shortest sentence', () => {
    const shortest = ({ text }: { text: readonly string[] }) => text.at(-1)
    expect(shortest(cancelled(new Date('2026-06-01T14:45:00Z')))).toBe('cancelled, undo until 3:45pm:')
    expect(shortest(requestReceived({ reference: 'CF23GH45', answerBy: '2026-12-01' }))).toBe(
      'request CF23GH45: answer by 1 December:',
    )
    expect(shortest(notConfirmed)).toBe('change not confirmed. We will phone:')
  })
})

it('counts what a text sends as two', () => {
  expect(gsm7Length('a€b')).toBe(4)
  expect(gsm7Length('[~]')).toBe(6)
  expect(gsm7Length('Łukasz')).toBe(Infinity)
})

it('makes references that are read out without mistakes', () => {
  const references = Array.from({ length: 2000 }, newReference)
  expect(references.every((it) => /^[2-9CFGHJMPQRVWX]{8}$/.test(it))).toBe(true)
  expect(new Set(references).size).toBe(2000)
  expect(newLinkReference()).toMatch(/^[\w-]{22}$/)
})
