import type { Answer } from './world.ts'

/** What a stranger sees of an answer: status, headers and bytes, without what is new with every request. */
export function outside({ status, headers, text }: Answer): {
  status: number
  headers: [string, string][]
  text: string
} {
  const own = new Set(['date', 'x-request-id'])
  return { status, headers: [...headers].filter(([name]) => !own.has(name)), text }
}

/**
 * How likely two samples this different are when both come from the same source (Kolmogorov and Smirnov): near 0 when they
 * can be told apart. Needs no assumption about how times are distributed, which they never are normally.
 */
export function chanceOfSameSource(a: readonly number[], b: readonly number[]): number {
  const [first, second] = [a, b].map((sample) => [...sample].sort((x, y) => x - y)) as [number[], number[]]
  let [i, j, widest] = [0, 0, 0]
  while (i < first.length && j < second.length) {
    const at = Math.min(first[i] ?? Infinity, second[j] ?? Infinity)
    while ((first[i] ?? Infinity) <= at) i += 1
    while ((second[j] ?? Infinity) <= at) j += 1
    widest = Math.max(widest, Math.abs(i / first.length - j / second.length))
  }
  const size = Math.sqrt((first.length * second.length) / (first.length + second.length))
  const lambda = (size + 0.12 + 0.11 / size) * widest
  if (lambda < 0.2) return 1
  let sum = 0
  for (let term = 1; term <= 100; term += 1) sum += (term % 2 ? 2 : -2) * Math.exp(-2 * (term * lambda) ** 2)
  return Math.min(1, Math.max(0, sum))
}

/** Does two things in turns, in an order nobody can foresee, and gives how long each took (ms). */
export async function timesOf(
  count: number,
  act: (which: 0 | 1, index: number) => Promise<void>,
): Promise<[number[], number[]]> {
  const order = Array.from({ length: 2 * count }, (_, index): 0 | 1 => (index % 2 ? 1 : 0))
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1))
    ;[order[last], order[other]] = [order[other] as 0 | 1, order[last] as 0 | 1]
  }
  const times: [number[], number[]] = [[], []]
  for (const which of order) {
    const started = performance.now()
    await act(which, times[which].length)
    times[which].push(performance.now() - started)
  }
  return times
}
