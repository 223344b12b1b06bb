import { useEffect, useRef, useState } from 'react'
import { type Reader, readers } from '../reference/reader.ts'
import { groups } from './examples.ts'
import { type Person, peopleOfTheDemonstration, tokenOf } from './people.ts'
import { useScene } from './scene.ts'
import { type Values, valuesFor } from './values.ts'

/** Nobody has no token; somebody with a pasted one is not of the demonstration. */
export const NOBODY = ''
export const PASTED = 'pasted'

const anybody = readers.find((it) => it.role === 'ANONYMOUS') as Reader

/** Who asks, with which token, and what the editor shows for it. */
export function useAsking() {
  const [people, setPeople] = useState<readonly Person[]>([])
  const [chosen, setChosen] = useState(NOBODY)
  const [said, setSaid] = useState('No token is sent.')
  const { scene, change, openExample, noteTabs } = useScene(anybody)
  const token = useRef<string>(undefined)
  const values = useRef<Values>({})
  const latest = useRef(0)

  useEffect(() => void peopleOfTheDemonstration().then(setPeople), [])

  /** Somebody asks from now on. A token that arrives after another choice is dropped. */
  const choose = async (id: string, reader: Reader, example?: string) => {
    const choice = (latest.current += 1)
    setChosen(id)
    token.current = undefined
    const isSomebody = id !== NOBODY && id !== PASTED
    if (isSomebody) setSaid('Fetching a token …')
    const { token: fetched, why } = isSomebody ? await tokenOf(id) : {}
    const found = await valuesFor(reader.role, fetched)
    if (latest.current !== choice) return
    token.current = fetched
    values.current = found
    setSaid(whatIsSent(id, fetched, why))
    change(reader, found, example)
  }

  /** An example is asked by whoever asks now, if it is for them; else by somebody it is for. */
  const open = (reader: Reader, example: string) => {
    if (reader === scene.reader) openExample(example, values.current)
    else void choose(whoAsks(people, reader), reader, example)
  }

  const chooseById = (id: string) => void choose(id, readerOf(people, id) ?? scene.reader)
  const paste = (text: string) => void (token.current = text.trim() || undefined)
  return { people, chosen, said, scene, token, noteTabs, open, chooseById, paste }
}

function whatIsSent(id: string, token: string | undefined, why = 'Choose somebody else, and then them again.'): string {
  if (id === NOBODY) return 'No token is sent.'
  if (id === PASTED) return 'Paste a token: the word Bearer is added.'
  return token ? 'A fresh token is sent. It stays in this tab.' : `There is no token just now. ${why}`
}

function readerOf(people: readonly Person[], id: string): Reader | undefined {
  if (id === NOBODY) return anybody
  return readers.find((it) => it.role === people.find((person) => person.id === id)?.role)
}

/** The first person of that kind; where there are none, whoever has a token of theirs. */
const whoAsks = (people: readonly Person[], { role }: Reader): string =>
  role === 'ANONYMOUS' ? NOBODY : (people.find((it) => it.role === role)?.id ?? PASTED)

/** The people to ask as, by what they are to the graph. */
export const peopleByReader = (people: readonly Person[]) =>
  groups
    .map(({ reader }) => ({ reader, people: people.filter((it) => it.role === reader.role) }))
    .filter((it) => it.people.length > 0)
