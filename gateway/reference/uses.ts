import { getNamedType, isAbstractType, isInputObjectType } from 'graphql'
import { fieldsIn, type Listing } from './listing.ts'

/** Where each type is met: fields that answer it, and fields and inputs that take it, as `Type.field`. */
export function usesIn(listing: Listing): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, Set<string>>()
  const note = (used: string, at: string) => uses.set(used, (uses.get(used) ?? new Set()).add(at))
  for (const name of listing.reach.keys()) {
    const type = listing.schema.getType(name)
    for (const { name: field, type: answer, args } of fieldsIn(listing, type))
      for (const met of [answer, ...args.map((it) => it.type)]) note(getNamedType(met).name, `${name}.${field}`)
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) note(getNamedType(field.type).name, `${name}.${field.name}`)
    if (isAbstractType(type)) for (const it of listing.schema.getPossibleTypes(type)) note(it.name, name)
  }
  return new Map([...uses].map(([type, places]) => [type, [...places].sort()]))
}
