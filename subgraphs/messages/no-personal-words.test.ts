import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { aWorld, system } from '../../test/messages/messages-world.ts'
import type { Booked } from '../../test/messages/neighbours.ts'

const canary = 'Canaryname'
const words = [canary, 'canary@example.com', '7700900666', '424242']

it('writes no name, contact or code in a log or an error, whatever goes wrong', { timeout: 60_000 }, async () => {
  const world = await aWorld({ timeLimitMilliseconds: 200 })
  const patient = { mobile: '+447700900666', email: 'canary@example.com', name: { given: [canary] } }
  const code = { contact: '+447700900666', code: '424242' }
  const mishaps = [
    undefined,
    { status: 429 },
    { status: 500 },
    { status: 400 },
    { status: 403 },
    'ACCEPTED_BUT_UNHEARD',
    'SILENCE',
  ] as const
  for (const mishap of mishaps) {
    if (mishap) world.door.mishaps.push(mishap)
    for (const tell of tellings(world, patient)) {
      await tell()
      if (mishap) world.door.mishaps.push(mishap)
    }
    await world.tell('login-code.requested', { challengeId: world.aCode(code) })
    world.door.closedToQuestions = mishap !== undefined
    await world.later(20)
    world.door.closedToQuestions = false
  }
  world.neighbours.away = true
  await expect(world.tell('appointment.booked', { appointmentId: randomUUID() })).rejects.toThrow(
    'Something went wrong.',
  )
  world.neighbours.away = false
  await world.later(5000)
  const answers = await hospitalMessageRefused(world)
  // The words were there to be leaked.
  expect(JSON.stringify(world.arrived)).toContain(canary)
  expect(world.logged.length).toBeGreaterThan(20)
  const said = [...world.logged, ...answers].join('\n')
  for (const word of words) expect(said).not.toContain(word)
})

/** Everything that patients are told. */
function tellings(world: Awaited<ReturnType<typeof aWorld>>, patient: Partial<Booked['patient']>) {
  const undoUntil = '2026-06-02T10:00:00Z'
  const request = { id: 'request', reference: 'CF23GH45', answerBy: '2026-06-03' }
  const cancelled = (by: 'PATIENT' | 'HOSPITAL') => ({ status: 'CANCELLED' as const, cancellation: { by, undoUntil } })
  const all: [kind: string, ids: Record<string, string>, facts: Partial<Booked>][] = [
    ['appointment.booked', {}, {}],
    ['appointment.rescheduled', { by: 'PATIENT' }, { lastMove: { by: 'PATIENT' } }],
    ['appointment.cancelled', { by: 'PATIENT' }, cancelled('PATIENT')],
    ['appointment.cancelled', { by: 'HOSPITAL' }, cancelled('HOSPITAL')],
    ['appointment.cancellation-undone', {}, {}],
    ['appointment.moved', {}, {}],
    ['change-request.received', { requestId: 'request' }, { changeRequests: [{ ...request, status: 'OPEN' }] }],
    ['change-request.answered', { requestId: 'request' }, { changeRequests: [{ ...request, status: 'AGREED' }] }],
    ['hospital-notice.refused', { noticeId: 'notice' }, { hospitalConfirmation: 'REFUSED' }],
  ]
  const ofAppointments = all.map(
    ([kind, ids, facts]) =>
      () =>
        world.tell(kind, { ...ids, version: '2', appointmentId: world.aBooking(facts, patient) }),
  )
  const ofDocument = () =>
    world.tell('document.published', { documentId: world.aDocument(), patientId: world.aReader(patient) })
  return [...ofAppointments, ofDocument]
}

/** A message of the hospital with the canary in it, answered wrongly: what the errors say. */
async function hospitalMessageRefused(world: Awaited<ReturnType<typeof aWorld>>): Promise<string[]> {
  const query = `mutation A($input: AnswerHospitalMessageInput!) { answerHospitalMessage(input: $input) { __typename } }`
  const input = { idempotencyKey: randomUUID(), id: randomUUID(), acknowledgement: 'AA', text: `PID|${canary}` }
  const wrong = [input, { ...input, acknowledgement: canary }, { ...input, text: null, reason: canary }]
  const answers = await Promise.all(wrong.map((it) => world.ask(query, { input: it }, system)))
  return answers.map(({ errors }) => {
    if (!errors?.length) throw new Error('it was expected to be refused')
    return JSON.stringify(errors)
  })
}
