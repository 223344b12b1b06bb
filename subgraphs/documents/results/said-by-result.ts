import type { ReadObservation } from './read-result.ts'
import type { TestObservation } from './test-observation.entity.ts'
import type { TestResult } from './test-result.entity.ts'

/** All that a result says, as it was read when it came: to see whether it says something else now, and to keep what it said. */
export const saidByResult = (result: TestResult, values: readonly TestObservation[]) => ({
  title: result.title,
  panel: result.panel,
  panelCode: result.panelCode,
  panelSystem: result.panelSystem,
  resultStatus: result.resultStatus,
  department: result.department,
  requestedBy: result.requestedBy,
  laboratory: result.laboratory,
  specimen: result.specimen,
  collectedAt: result.collectedAt,
  reportedAt: result.reportedAt,
  writtenAt: result.writtenAt,
  appointmentId: result.appointmentId,
  comments: result.comments,
  report: result.report,
  observations: values.map(saidByValue),
})

const saidByValue = (value: TestObservation): ReadObservation => ({
  position: value.position,
  name: value.name,
  code: value.code,
  codeSystem: value.codeSystem,
  laboratory: value.laboratory,
  status: value.status,
  measuredAt: value.measuredAt,
  comments: value.comments,
  value: value.value,
  number: value.number,
  comparator: value.comparator,
  unit: value.unit,
  range: value.range,
  flag: value.flag,
})
