import { FreeTimesDocument, type FreeTimesQuery } from '#lib/graph/index.ts'

/** A time that can be given to a patient. */
export type FreeTime = NonNullable<FreeTimesQuery['availableSlots']>['nodes'][number]

/** The address of a time on its way from one page to the next: the day says where to look for it. */
export interface ChosenTime {
  day: string
  slotId: string
}

/** Reads what a form chose: the day and the id, with a dot between. */
export function chosenTime(value: FormDataEntryValue | null): ChosenTime | undefined {
  const [, day, slotId] = typeof value === 'string' ? (/^(\d{4}-\d{2}-\d{2})\.(\S{1,100})$/.exec(value) ?? []) : []
  return day !== undefined && slotId !== undefined ? { day, slotId } : undefined
}

/** Finds a time again, if it is still free. */
export async function freeTime(
  { graph }: App.Locals,
  appointmentId: string,
  { day, slotId }: ChosenTime,
): Promise<FreeTime | undefined> {
  let after: string | null = null
  do {
    const given: { appointmentId: string; from: string; until: string; after: string | null } = {
      appointmentId,
      from: day,
      until: day,
      after,
    }
    const { availableSlots } = await graph.read(FreeTimesDocument, given)
    const slot = availableSlots?.nodes.find(({ id }) => id === slotId)
    if (slot) return slot
    after = availableSlots?.pageInfo.hasNextPage ? availableSlots.pageInfo.endCursor : null
  } while (after !== null)
  return undefined
}
