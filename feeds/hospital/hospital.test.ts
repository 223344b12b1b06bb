import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusedMessages, runHospital, type Hl7Address } from '../main.ts'
import { example, feedsWithPortal, today } from '../testing/feeds-with-portal.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
const folder = mkdtempSync(join(tmpdir(), 'hospital-'))
const file = join(folder, 'book.json')
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(async () => {
  await scene.stop()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  scene.portal.forget()
  rmSync(file, { force: true })
})

const opening = {
  people: [
    {
      hospitalNumber: 'W1',
      title: 'Mrs',
      given: ['Amal', 'Jane'],
      family: 'Haddad',
      bornOn: '1984-03-09',
      mobile: '07700900001',
    },
    { hospitalNumber: 'W2', given: ['Bernard'], family: "O'Connor", bornOn: '1947-11-30' },
    { hospitalNumber: 'W3', given: ['Maureen'], family: "O'Connor", bornOn: '1950-02-14' },
  ],
  clinics: [{ code: 'CARD1', minutes: 20, clinicians: ['Dr Priya Shah'] }],
  appointments: [{ id: 'W-2001', hospitalNumber: 'W1', clinicCode: 'CARD1', minutes: 20 }],
}

/** Runs a command as if it were typed, each time as a new process would: with the book read from its file. */
async function run(...args: string[]) {
  return runAt({ host: '127.0.0.1', port: scene.feeds.port }, ...args)
}
async function runAt(portal: Hl7Address, ...args: string[]) {
  const [printed, complained]: [string[], string[]] = [[], []]
  const exit = await runHospital(args, {
    bookFile: file,
    opening,
    portal,
    facility: 'RWG',
    now: () => today,
    print: (text) => void printed.push(text),
    complain: (text) => void complained.push(text),
    refused: refusedMessages(scene.settings),
  })
  return { exit, printed: printed.join(''), complained: complained.join('') }
}
const appointment = (id: string) => scene.portal.record.appointments.get(id)

describe('the hospital in a box', () => {
  it('books for a person by name, moves and cancels, each command on its own', async () => {
    const booked = await run('book', '--patient', 'amal haddad', '--at', '2026-12-01 14:15', '--id', 'HB-1')
    expect(booked.exit).toBe(0)
    expect(booked.printed).toMatch(/Sending to 127\.0\.0\.1:\d+\n {2}MSH\|[^\r]*\n {2}SCH\|HB-1/)
    expect(booked.printed).toContain('AA: the portal took the message.')
    expect(booked.printed).toContain('Appointment HB-1 is booked for Tuesday 1 December 2026 at 2:15pm.')
    expect(appointment('HB-1')).toMatchObject({
      clinicCode: 'CARD1',
      clinician: 'Dr Priya Shah',
      endsAt: '2026-12-01T14:35:00.000Z',
    })

    expect((await run('move', 'HB-1', '--at', '2026-12-02 09:00')).exit).toBe(0)
    expect(appointment('HB-1')).toMatchObject({
      startsAt: '2026-12-02T09:00:00.000Z',
      endsAt: '2026-12-02T09:20:00.000Z',
    })
    expect((await run('list')).printed).toMatch(
      /HB-1 +Amal Jane Haddad \(W1\) +CARD1 +Wednesday 2 December 2026 at 9am/,
    )

    expect((await run('cancel', 'HB-1', '--reason', 'The clinic is closed')).exit).toBe(0)
    expect(appointment('HB-1')).toMatchObject({ cancelled: true, reason: 'The clinic is closed' })
    expect((await run('list')).printed).toMatch(/HB-1 .* cancelled/)
  })

  it('chooses a weekday morning about a week ahead when no time is given', async () => {
    expect((await run('book', '--patient', 'W1', '--id', 'HB-2')).exit).toBe(0)
    expect(appointment('HB-2')?.startsAt).toBe('2026-11-30T10:30:00.000Z')
  })

  it('keeps to itself how to reach a person when it books', async () => {
    expect((await run('book', '--patient', 'W1')).printed).not.toContain('07700900001')
  })

  it('registers a person, and knows the name from then on', async () => {
    const registered = await run(
      'register',
      '--number',
      'W9',
      '--given',
      'Ada Mary',
      '--family',
      'Reed',
      '--born',
      '1980-01-31',
      '--mobile',
      '07700900009',
    )
    expect(registered.exit).toBe(0)
    expect(scene.portal.record.people.get('W9')).toMatchObject({ bornOn: '1980-01-31', mobile: '+447700900009' })
    expect((await run('book', '--patient', 'reed', '--medium', 'phone', '--admission', '--id', 'HB-3')).exit).toBe(0)
    expect(appointment('HB-3')).toMatchObject({ medium: 'PHONE', kind: 'ADMISSION' })
  })

  it('sends a message as it stands in a file', async () => {
    const message = join(folder, 'message.hl7')
    writeFileSync(message, example('month-13'))
    const { exit, printed } = await run('send', message)
    expect(exit).toBe(2)
    expect(printed).toMatch(/AE: the portal refused the message\. It can never work as it is\.\n {2}PID-7: /)
  })

  it('ends with 3 when the portal asks to try again', async () => {
    scene.portal.trouble('receiveHospitalMessage', 'INTERNAL')
    expect(await run('cancel', 'W-2001')).toMatchObject({ exit: 3, printed: expect.stringContaining('AR: ') as string })
  })

  it('lists what was refused, and has it taken again', async () => {
    expect((await run('refused')).printed).toBe('The portal has refused no message that still waits.\n')
    await run('book', '--patient', 'W1', '--clinic', 'NEW7', '--id', 'HB-4')
    const shown = await run('refused')
    expect(shown.printed).toMatch(/^message-1 {2}AE SIU\^S12 \w+ from PAS\/RWG, .*\n {2}AIS-3: no clinic/)
    expect((await run('replay')).exit).toBe(2)
    scene.portal.record.clinics.add('NEW7')
    expect(await run('replay', 'message-1')).toMatchObject({
      exit: 0,
      printed: expect.stringContaining('AA: ') as string,
    })
    expect(appointment('HB-4')).toBeDefined()
    expect(await run('replay')).toMatchObject({ exit: 0 })
    expect((await run('replay', 'message-1')).complained).toContain('No refused message has the id message-1')
  })

  it('says that nobody listens', async () => {
    expect(await runAt({ host: '127.0.0.1', port: 1 }, 'cancel', 'W-2001')).toEqual({
      exit: 1,
      printed: expect.stringContaining('Sending to 127.0.0.1:1') as string,
      complained:
        'No answer from the portal: cannot reach 127.0.0.1:1: ECONNREFUSED. Is it running? Start it with: npm start\n',
    })
  })
})

describe('a command that cannot be carried out', () => {
  it.each([
    [
      ['book', '--patient', 'connor'],
      /Nobody here is called connor\. Give a hospital number, or a name such as Amal Jane Haddad \(W1\)/,
    ],
    [
      ['book', '--patient', 'oconnor'],
      /Several people are called oconnor: Bernard O'Connor \(W2\), Maureen O'Connor \(W3\)/,
    ],
    [['move', 'HB-77', '--at', '2026-12-01 10:00'], /The hospital's book has no appointment HB-77/],
    [['send', '/nowhere.hl7'], /\/nowhere\.hl7 cannot be read/],
  ])('says why: %j', async (args, message) => {
    expect(await run(...args)).toEqual({ exit: 1, printed: '', complained: expect.stringMatching(message) as string })
  })

  it.each([
    [['buy'], 'There is no command "buy".'],
    [['toString'], 'There is no command "toString".'],
    [['book'], '--patient is missing.'],
    [['move', 'X'], '--at is missing.'],
    [['move', '--at', '2026-12-01 10:00'], '<appointment> is missing.'],
    [
      ['book', '--patient', 'W1', '--at', 'tomorrow'],
      '--at: "tomorrow" is no time in London. Write it like "2026-12-01 10:30".',
    ],
    [['book', '--patient', 'W1', '--at', '2027-03-28 01:30'], 'is no time in London'],
    [['book', '--patient', 'W1', '--minutes', '0'], '--minutes: "0" is no number of minutes.'],
    [['book', '--patient', 'W1', '--medium', 'post'], '--medium: "post" is none of face-to-face, video, phone.'],
    [['book', '--patience', 'W1'], "Unknown option '--patience'."],
    [
      ['register', '--number', 'W9', '--given', 'A', '--family', 'B', '--born', '1980-13-01'],
      '--born: "1980-13-01" is no date.',
    ],
  ])('is not understood, and how it is meant is shown: %j', async (args, message) => {
    const { exit, complained } = await run(...args)
    expect(exit).toBe(1)
    expect(complained).toContain(message)
    expect(complained).toContain('npm run hospital -- book --patient')
  })

  it('explains itself when nothing, or help, is asked', async () => {
    for (const args of [[], ['help'], ['book', '--help'], ['-h']])
      expect((await run(...args)).printed).toContain('npm run hospital -- book')
  })

  it('does not write over a book it cannot read', async () => {
    writeFileSync(file, '{"people": 7}')
    expect((await run('list')).complained).toContain('Delete it to begin a new one')
    expect(readFileSync(file, 'utf8')).toBe('{"people": 7}')
  })
})
