import type { Demonstration } from '../../gateway/main.ts'

type Person = Awaited<ReturnType<Demonstration['people']>>[number]

/** People of one kind whom the sandbox can ask as, and how they get a token. */
export interface Asker {
  readonly people: readonly Person[]
  token(id: string): Promise<string>
  /** Whether a token that was got before still opens anything. */
  isGood(token: string): Promise<boolean>
}

/** Everybody whom the sandbox can ask as. A token is kept while it is good: nobody likes to be sent codes all day. */
export function askingAs(askers: readonly Asker[]): Demonstration {
  const tokens = new Map<string, string>()
  return {
    people: async () => askers.flatMap((it) => it.people),
    async token(id) {
      const asker = askers.find((it) => it.people.some((person) => person.id === id))
      if (!asker) throw new Error('There is no such person in the demonstration.')
      const known = tokens.get(id)
      if (known && (await asker.isGood(known))) return known
      const token = await asker.token(id)
      tokens.set(id, token)
      return token
    },
  }
}

/** The hospital's feed, one of our own systems: its secret is its token. */
export const feeds = (secret: string): Asker => ({
  people: [{ id: 'feeds', role: 'SYSTEM', label: "The hospital's feed" }],
  token: async () => `system.feeds.${secret}`,
  isGood: async () => true,
})
