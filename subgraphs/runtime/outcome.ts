import { createUnionType } from 'type-graphql'

type OutcomeClass = new (...values: never[]) => object

/** The union of everything a mutation can come to. Members are told apart by their class. */
export function outcomes<Classes extends readonly [OutcomeClass, ...OutcomeClass[]]>(
  name: string,
  description: string,
  classes: Classes,
): InstanceType<Classes[number]> {
  return createUnionType({ name, description, types: () => classes as never }) as InstanceType<Classes[number]>
}
