import type { Trust } from '../runtime/trust.ts'
import { type RecordSource, RecordSourceStatus } from './partners/record-source.type.ts'

/** This hospital as a source of its own records: always there, and never old. */
export const ownSource = ({ odsCode, name, shortName }: Trust): RecordSource => ({
  trustCode: odsCode,
  trustName: name,
  shortName,
  own: true,
  status: RecordSourceStatus.AVAILABLE,
  asOf: null,
  setAside: 0,
  message: null,
})
