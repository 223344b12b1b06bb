import type { Segment } from '../hl7/segment.ts'

/** The words of NTE segments, each line as it was written. */
export const readComments = (notes: readonly Segment[]): string[] =>
  notes.flatMap((nte) => nte.repetitions(3).flatMap((it) => it.words() ?? []))
