/** What fields may hold when nothing is said, left out instead. */
export type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

/** Without the fields that say nothing: left out, they change nothing. */
export const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
