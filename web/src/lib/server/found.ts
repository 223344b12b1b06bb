import { error } from '@sveltejs/kit'

/** What the graph found; nothing found, or nothing of this person's, is the same page. */
export function found<Thing>(thing: Thing | null | undefined): Thing {
  return thing ?? error(404, 'Not found')
}
