/** Nothing was done, in words that say what to do. */
export class NotDone extends Error {
  override name = 'NotDone'
}
