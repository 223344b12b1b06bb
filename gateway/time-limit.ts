import { tookTooLong } from './problem.ts'

/** Gives work so long, then answers that it took too long and tells the work to end. */
export async function withinTime<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(tookTooLong())
      ending.abort(new DOMException('The time limit has passed', 'TimeoutError'))
    }, ms)
  })
  try {
    return await Promise.race([work(ending.signal), limit])
  } finally {
    clearTimeout(timer)
  }
}
