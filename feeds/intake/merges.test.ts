import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { example, feedsWithPortal } from '../testing/feeds-with-portal.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(() => scene.stop())
beforeEach(async () => {
  scene.portal.forget()
  await scene.send(example('new-person'))
  await scene.send(example('came-to-clinic'))
  scene.portal.done.length = 0
})

const asked = (field: string) =>
  scene.portal.done
    .filter((it) => it.field === field)
    .map(({ input }) => `${String(input['retiredHospitalNumber'])} -> ${String(input['survivingHospitalNumber'])}`)

/** A merge of these segments; a PID and a MRG by their number. */
const merge = (segments: string[], event = 'A40') =>
  [
    `MSH|^~\\&|PAS|RWG|PORTAL|RWG|20261121160000||ADT^${event}|M-${segments.length}|P|2.4`,
    'EVN||20261121155900',
    ...segments,
  ].join('\r')
const pid = (number: string) => `PID|1||${number}^^^RWG^MR||Haddad^Amal||19840309`
const mrg = (number: string) => `MRG|${number}^^^RWG^MR`

describe('two records of one person', () => {
  it('become one, after what is known of the one that stays was recorded', async () => {
    expect(await scene.send(example('merged'))).toMatchObject({ code: 'AA', lines: [] })
    expect(asked('mergePatients')).toEqual(['RWG200310 -> RWG200145'])
    expect(scene.portal.done.map(({ field }) => field)).toEqual([
      'receiveHospitalMessage',
      'recordPatient',
      'mergePatients',
      'answerHospitalMessage',
    ])
    expect(scene.portal.inputOf('mergePatients')).toMatchObject({ eventAt: '2026-11-21T15:59:00.000Z' })
  })

  it.each([
    [
      [pid('A1'), mrg('B1'), pid('A2'), mrg('B2')],
      ['B1 -> A1', 'B2 -> A2'],
    ],
    [
      [mrg('B1'), pid('A1'), mrg('B2'), pid('A2')],
      ['B1 -> A1', 'B2 -> A2'],
    ],
    [
      [pid('A1'), 'PD1|', mrg('B1'), mrg('B2')],
      ['B1 -> A1', 'B2 -> A1'],
    ],
    [
      [mrg('B1'), mrg('B2'), pid('A1')],
      ['B1 -> A1', 'B2 -> A1'],
    ],
    [
      [pid('A1'), 'MRG|B1^^^RWG^MR~B2^^^RWG^MR~X9^^^RAL^MR~9990041571^^^NHS^NH'],
      ['B1 -> A1', 'B2 -> A1'],
    ],
    [[pid('A1'), 'MRG|22789^^^LOCALID||||44455^^^VISITID'], ['22789 -> A1']],
    [['PID|1||9990041571^^^NHS', mrg('B1')], ['B1 -> RWG200145']],
  ])('are read from %j', async (segments, expected) => {
    expect(await scene.send(merge(segments))).toMatchObject({ code: 'AA', lines: [] })
    expect(asked('mergePatients')).toEqual(expected)
  })

  it('are one also for what comes under the old number, and for what was booked before', async () => {
    await scene.send(example('booked').replace('RWG200145', 'RWG200310'))
    await scene.send(example('merged'))
    scene.portal.done.length = 0
    expect(await scene.send(example('cancelled').replace('RWG200145', 'RWG200310'))).toMatchObject({ code: 'AA' })
    expect(scene.portal.inputOf('recordCancellation')).toMatchObject({
      patientId: 'patient-2',
      formerPatientIds: ['patient-1'],
    })
    const late = example('corrected-person').replaceAll('RWG200145', 'RWG200310')
    expect((await scene.send(late)).code).toBe('AA')
    expect(scene.portal.record.people.get('RWG200310')?.id).toBe('patient-2')
  })

  it('are two people again, whichever of them is named first', async () => {
    await scene.send(example('merged'))
    expect(await scene.send(example('separated'))).toMatchObject({ code: 'AA', lines: [] })
    expect(scene.portal.record.merges.size).toBe(0)
    await scene.send(example('merged').replace('EX-0032', 'EX-1032'))
    expect((await scene.send(merge([pid('RWG200310'), pid('RWG200145')], 'A37'))).code).toBe('AA')
    expect(scene.portal.record.merges.size).toBe(0)
    await scene.send(example('merged').replace('EX-0032', 'EX-2032'))
    expect((await scene.send(merge([pid('RWG200145'), mrg('RWG200310'), 'ZZZ|'], 'A37'))).code).toBe('AA')
    expect(scene.portal.record.merges.size).toBe(0)
  })

  it.each([
    [merge([pid('A1')]), 'MRG', 'segment is missing'],
    [merge([mrg('A1')]), 'PID', 'segment is missing'],
    [merge([pid('A1'), pid('A2'), mrg('B1')]), 'MRG', 'in pairs'],
    [merge([mrg('B1'), pid('A1'), pid('A2')]), 'MRG', 'in pairs'],
    [merge([pid('A1'), 'MRG|9990041571^^^NHS^NH']), 'MRG-1', 'no hospital number'],
    [merge([pid('A1'), mrg('A1')]), 'MRG-1', 'surviving number is unknown'],
    [merge([pid('A1'), pid('A2'), pid('A3')], 'A37'), 'MRG', 'segment is missing'],
    [merge([pid('A1'), pid('A2')], 'A37'), 'PID-3', 'were not one'],
    [merge([pid('A1'), 'PID|2||9990041571^^^NHS^NH'], 'A37'), 'PID-3', 'no hospital number'],
  ])('are left as they are by a message that can never work (%#)', async (message, where, what) => {
    expect(await scene.send(message)).toMatchObject({
      code: 'AE',
      lines: [expect.stringMatching(new RegExp(`^${where}: .*${what}`))],
    })
    expect(scene.portal.record.merges.size).toBe(0)
  })
})
