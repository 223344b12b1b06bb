/** The codes of a table that is grouped by what they are of. */
export const codes = (groups: Readonly<Record<string, string>>): string[] =>
  Object.values(groups).flatMap((line) => line.split(' '))
