import type { Viewer } from '../../runtime/viewer.ts'

/** The name colleagues know them by. The gateway says it of everybody whose session is one of staff. */
export function staffNameOf({ name }: Viewer): string {
  if (name === undefined) throw new Error('a member of staff acts whose name is not known')
  return name
}
