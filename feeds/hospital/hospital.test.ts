import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusedMessages, runHospital, sendHl7, type Hl7Address } from '../main.ts'
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

/** What the last command has printed so far. */
let live = ''
/** When somebody presses Ctrl-C on what listens. */
let stopped = Promise.withResolvers<void>()

/** Runs a command as if it were typed, each time as a new process would: with the book read from its file. */
async function run(...args: string[]) {
  return runAt({ host: '127.0.0.1', port: scene.feeds.port }, ...args)
}
async function runAt(portal: Hl7Address, ...args: string[]) {
  const [printed, complained]: [string[], string[]] = [[], []]
  live = ''
  const exit = await runHospital(args, {
    bookFile: file,
    opening,
    portal,
    facility: 'RWG',
    now: () => today,
    listeningPort: 0,
    untilStopped: () => stopped.promise,
    print: (text) => {
      printed.push(text)
      live += text
    },
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

describe('what becomes of an appointment at the hospital', () => {
  it('is told by one command each', async () => {
    await run('book', '--patient', 'W1', '--id', 'HB-1')
    expect((await run('amend', 'HB-1', '--transport', '--interpreter', 'Polish')).exit).toBe(0)
    expect(appointment('HB-1')?.arrangements).toEqual([
      { kind: 'TRANSPORT' },
      { kind: 'INTERPRETER', detail: 'Polish' },
    ])
    expect((await run('amend', 'HB-1', '--nothing')).exit).toBe(0)
    expect(appointment('HB-1')?.arrangements).toEqual([])
    expect((await run('attended', 'HB-1')).exit).toBe(0)
    expect(appointment('HB-1')).toMatchObject({ attendance: 'COMPLETED', cancelled: false })
    expect((await run('missed', 'HB-1')).exit).toBe(0)
    expect(appointment('HB-1')?.attendance).toBe('DID_NOT_ATTEND')
    expect((await run('delete', 'HB-1')).exit).toBe(0)
    expect(appointment('HB-1')).toMatchObject({ cancelled: true, reason: 'The appointment was booked by mistake' })
    expect((await run('list')).printed).toMatch(/HB-1 .* cancelled/)
  })
})

describe('a stay at the hospital', () => {
  const stay = (id: string) => scene.portal.record.stays.get(id)
  const plan = ['plan', '--patient', 'W1', '--at', '2026-12-07 07:30', '--visit', 'HV-1', '--clinic', 'CARD1']

  it('is planned, begun and ended, each command on its own', async () => {
    const planned = await run(...plan, '--until', '2026-12-09 11:00', '--clinician', 'Mr Karl Brandt')
    expect(planned).toMatchObject({ exit: 0, complained: '' })
    expect(planned.printed).toContain('Stay HV-1 is planned for Monday 7 December 2026 at 7:30am.')
    expect(stay('HV-1')).toMatchObject({
      step: 'PLANNED',
      expectedAt: '2026-12-07T07:30:00.000Z',
      expectedUntil: '2026-12-09T11:00:00.000Z',
      clinicCodes: ['CARD1'],
      clinician: 'Mr Karl Brandt',
    })
    expect((await run('admit', 'HV-1')).exit).toBe(0)
    expect(stay('HV-1')).toMatchObject({ step: 'ADMITTED', at: today.toISOString() })
    expect((await run('list')).printed).toMatch(/HV-1 .* in hospital/)
    expect((await run('discharge', 'HV-1')).exit).toBe(0)
    expect(stay('HV-1')).toMatchObject({ step: 'DISCHARGED', at: today.toISOString() })
    expect((await run('cancel', 'HV-1')).complained).toContain('Stay HV-1 is over')
  })

  it('is cancelled: an admission is a plan again, a plan is given up', async () => {
    await run(...plan)
    await run('admit', 'HV-1')
    await run('cancel', 'HV-1')
    expect(stay('HV-1')?.step).toBe('ADMISSION_CANCELLED')
    await run('cancel', 'HV-1', '--reason', 'No bed is free')
    expect(stay('HV-1')).toMatchObject({ step: 'PLAN_CANCELLED', reason: 'No bed is free' })
    expect((await run('list')).printed).toMatch(/HV-1 .* cancelled/)
  })

  it('begins unplanned for whoever it is said to be', async () => {
    expect((await run('admit', 'HV-2', '--patient', 'maureen')).exit).toBe(0)
    expect(stay('HV-2')).toMatchObject({ step: 'ADMITTED' })
  })
})

describe('the records of one person', () => {
  it('are merged, and two again', async () => {
    await run('admit', 'HV-1', '--patient', 'W2')
    await run('admit', 'HV-2', '--patient', 'W3')
    expect((await run('merge', 'W3', '--into', 'bernard')).exit).toBe(0)
    expect([...scene.portal.record.merges]).toEqual([['W3', 'W2']])
    expect((await run('unmerge', 'W3', '--from', 'W2')).exit).toBe(0)
    expect(scene.portal.record.merges.size).toBe(0)
  })
})

describe('the hospital that listens', () => {
  const notice = (controlId: string) =>
    [
      `MSH|^~\\&|PORTAL|RWG|PAS|RWG|20261122103000+0000||SIU^S13^SIU_S12|${controlId}|T|2.4`,
      'SCH|HB-1|HB-1|||||||20|MIN|^^^20261202090000+0000',
      'PID|1||W1^^^RWG^MR',
    ].join('\r')

  /** What is printed, and answered, while it listens. */
  async function listening(args: string[], during: (address: Hl7Address) => Promise<unknown>) {
    stopped = Promise.withResolvers<void>()
    const running = run('listen', ...args)
    const port = await expect
      .poll(() => /port (\d+)/.exec(live)?.[1])
      .toBeDefined()
      .then(() => Number(/port (\d+)/.exec(live)?.[1]))
    await during({ host: '127.0.0.1', port }).finally(() => stopped.resolve())
    return (await running).printed
  }

  it.each([
    [[], 'AA', 'Answered AA'],
    [['--refuse', 'S13'], 'AE', 'Answered AE: '],
    [['--refuse', 'all'], 'AE', 'Answered AE: '],
    [['--refuse', 'S15'], 'AA', 'Answered AA'],
    [['--later'], 'AR', 'Answered AR: '],
  ])('shows what it hears and answers as it is told: %j', async (args, code, said) => {
    const printed = await listening(args, async (address) =>
      expect(await sendHl7(address, notice('N-1'))).toMatchObject({ code, controlId: 'N-1' }),
    )
    expect(printed).toContain('SIU S13: an appointment was moved in the portal')
    expect(printed).toMatch(/^ {2}SCH\|HB-1\|/m)
    expect(printed).toContain(said)
  })

  it('may be silent', async () => {
    const printed = await listening(['--silent'], async (address) =>
      expect(sendHl7(address, notice('N-1'), 200)).rejects.toThrow('no answer'),
    )
    expect(printed).toContain('Answered nothing')
  })

  it('sends the change back once, however often it hears of it', async () => {
    await run('book', '--patient', 'W1', '--id', 'HB-1')
    const printed = await listening(['--echo'], async (address) => {
      for (let time = 0; time < 2; time++) expect((await sendHl7(address, notice('N-1'))).code).toBe('AA')
    })
    expect(printed.match(/Sent back/g)).toHaveLength(1)
    expect(printed).toContain('Again: SIU S13')
    expect(appointment('HB-1')?.startsAt).toBe('2026-12-02T09:00:00.000Z')
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
    [['amend', 'X'], 'Say what is arranged'],
    [['amend', 'X', '--nothing', '--transport'], 'Say what is arranged'],
    [['attended'], '<appointment> is missing.'],
    [['discharge'], '<visit> is missing.'],
    [['plan', '--patient', 'W1'], '--at is missing.'],
    [
      ['plan', '--patient', 'W1', '--at', '2026-12-07 07:30', '--until', '2026-12-07 07:30'],
      'the stay ends before it begins',
    ],
    [['merge', 'W1'], '--into is missing.'],
    [['unmerge', '--from', 'W1'], '<number> is missing.'],
    [['listen', '--refuse', 'S12'], '--refuse: "S12" is none of S13, S15, S02, S03, S04, all.'],
    [['listen', '--later', '--silent'], 'Choose one of --refuse, --later and --silent.'],
    [['listen', '--port', '99999'], '--port: "99999" is no port.'],
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
