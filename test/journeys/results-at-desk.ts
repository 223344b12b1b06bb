import type { Visitor } from './visitor.ts'

/** What is reported of everybody here, unless it is said otherwise. */
export const xray = 'X-ray of the chest'

/** From the desk to the page of somebody's X-ray, by the list of what waits. */
export async function opensResult(visitor: Visitor, given: string): Promise<string> {
  await visitor.follows('Results')
  await visitor.sees('Results to release')
  await visitor.follows(`${xray} of ${given} Quillfeather`)
  await visitor.sees(new RegExp(`${given} Quillfeather.*${xray}`, 's'))
  return new URL(visitor.page.url()).pathname
}
