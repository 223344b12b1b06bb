import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { ObservationFlag, ValueComparator } from './observation-words.ts'
import type { ReadRange } from './range.ts'
import { TestResultStatus } from './test-result-status.ts'

const TestObservationTable = defineEntity({
  name: 'TestObservation',
  properties: {
    id: p.string().primary(),
    resultId: p.string(),
    patientId: p.string(),
    clinicCode: p.string().nullable(),
    /** The order the laboratory gave, from 1. */
    position: p.integer(),
    name: p.text(),
    code: p.string().nullable(),
    codeSystem: p.string().nullable(),
    laboratory: p.text(),
    value: p.text(),
    number: p.double().nullable(),
    comparator: p.enum(() => ValueComparator).nullable(),
    unit: p.text().nullable(),
    range: p.json<ReadRange>().nullable(),
    flag: p.enum(() => ObservationFlag),
    status: p.enum(() => TestResultStatus),
    measuredAt: p.datetime(3).nullable(),
    comments: p.json<string[]>(),
  },
  uniques: [{ name: 'test_observation_order', properties: ['resultId', 'position'] }],
  indexes: [
    {
      name: 'test_observation_trend',
      properties: ['patientId', 'code', 'laboratory', 'measuredAt'],
    },
  ],
})

/** One value of a result, with the range of the laboratory that measured it. */
export class TestObservation extends TestObservationTable.class {
  declare [OptionalProps]?: 'ownerId' | 'sharedAs'
  // A row is read whole, or not at all: nothing of it is undefined.
  declare code: string | null
  declare codeSystem: string | null
  declare number: number | null
  declare comparator: ValueComparator | null
  declare unit: string | null
  declare range: ReadRange | null
  declare measuredAt: Date | null

  get ownerId() {
    return this.patientId
  }

  get sharedAs() {
    return 'RESULTS'
  }
}
TestObservationTable.setClass(TestObservation)
