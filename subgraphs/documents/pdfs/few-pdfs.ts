import { badInput } from '../../runtime/problem.ts'

/** One, and the same in large print. */
const most = 2
const askedFor = new WeakMap<object, number>()

/** Each may weigh 20 MB, and is held in memory several times until it is sent: those of a whole list are more than there is. */
export function refuseManyPdfs(request: object): void {
  const count = (askedFor.get(request) ?? 0) + 1
  askedFor.set(request, count)
  if (count > most) throw badInput(`pdf: ask for at most ${most} at once.`)
}
