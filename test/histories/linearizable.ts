/** Something asked of one slot, from the moment it was asked to the moment it was answered. */
export interface Operation {
  readonly asked: number
  readonly answered: number
  readonly act: 'take' | 'leave' | 'look'
  /** Who takes or leaves. */
  readonly who?: string
  /** Whether the slot was free for it: of `take`, whether it was got. */
  readonly free: boolean
}

/** Nobody, or whoever holds the slot. */
type Holder = string | undefined

/** The holder after an operation that took place at one moment; `false` when it could not have been answered so. */
function after({ act, who, free }: Operation, holder: Holder): Holder | false {
  if (act === 'look') return (holder === undefined) === free && holder
  if (act === 'leave') return holder === who && undefined
  if (free) return holder === undefined && who !== undefined ? who : false
  return holder !== undefined && holder
}

/**
 * Whether all of it can have happened one after the other, each operation at one moment between being asked and being
 * answered (Wing and Gong's search, with the memory of Lowe). One slot at a time: a history is linearizable when the
 * history of each of its objects is.
 */
export function isLinearizable(history: readonly Operation[], first: Holder): boolean {
  const operations = [...history].sort((a, b) => a.asked - b.asked)
  const seen = new Set<string>()
  const search = (left: readonly number[], holder: Holder): boolean => {
    if (left.length === 0) return true
    const state = `${holder ?? ''}|${left.join(',')}`
    if (seen.has(state)) return false
    seen.add(state)
    // Nothing can come first that was asked after another one was answered.
    const earliestAnswer = Math.min(...left.map((index) => at(operations, index).answered))
    return left
      .filter((index) => at(operations, index).asked <= earliestAnswer)
      .some((index) => {
        const next = after(at(operations, index), holder)
        return (
          next !== false &&
          search(
            left.filter((other) => other !== index),
            next,
          )
        )
      })
  }
  return search([...operations.keys()], first)
}

function at(operations: readonly Operation[], index: number): Operation {
  const operation = operations[index]
  if (!operation) throw new Error(`no operation ${index}`)
  return operation
}
