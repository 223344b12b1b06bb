interface Typed {
  readonly __typename: string
}

/** The members of a union that go by this name; one member can stand for several names. */
type Named<Outcome extends Typed, Name extends string> = Outcome extends unknown
  ? Name extends Outcome['__typename']
    ? Outcome & { readonly __typename: Name }
    : never
  : never

/** What to do in each case of a union. */
export type Cases<Outcome extends Typed> = {
  readonly [Name in Outcome['__typename']]: (outcome: Named<Outcome, Name>) => unknown
}

/** Nothing but these cases. */
type NoOther<Outcome extends Typed, Given> = { readonly [Name in Exclude<keyof Given, Outcome['__typename']>]: never }

/** The graph answered with a type that this program was not written for: generate the types anew, and say what becomes of it. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome'
  constructor(readonly typename: string) {
    super(
      `The graph answered with ${typename}, which is not among the cases. Generate the types again from its schema.`,
    )
  }
}

/**
 * Does what its case says of what came back: an outcome of a mutation, or one of several kinds of document.
 * A case that is forgotten does not compile; one that the graph has learnt since then throws.
 */
export function match<Outcome extends Typed, Given extends Cases<Outcome>>(
  outcome: Outcome,
  cases: Given & NoOther<Outcome, Given>,
): ReturnType<Given[Outcome['__typename']]> {
  const name: Outcome['__typename'] = outcome.__typename
  if (!Object.hasOwn(cases, name)) throw new UnknownOutcome(name)
  const act: (outcome: never) => unknown = cases[name]
  return act(outcome as never) as ReturnType<Given[Outcome['__typename']]>
}
