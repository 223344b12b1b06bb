import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './sandbox.css'
import type { Fetcher } from '@graphiql/toolkit'
import type { GraphQLSchema } from 'graphql'
import { useCallback, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { AskingAs } from './AskingAs.tsx'
import { useAsking } from './asking.ts'
import { Editor } from './Editor.tsx'
import { ExampleList } from './ExampleList.tsx'
import { endUser } from './examples.ts'
import { type Answer, askGraph, named, type Question } from './graph.ts'
import { whyRefused } from './refusal.ts'

const isWide = window.matchMedia('(min-width: 60em)').matches
const refusals = new Set(['FORBIDDEN', 'UNAUTHENTICATED'])

/** GraphiQL on the graph of this very server, asking as whoever was chosen at the top. */
function Sandbox() {
  const asking = useAsking()
  const { token, scene } = asking
  const [refused, setRefused] = useState<string>()
  const schema = useRef<GraphQLSchema>(undefined)
  /** What the graph is, is the same for everybody who may know it. */
  const introspected = useRef<Answer>(undefined)

  const fetcher = useCallback<Fetcher>(
    async (operation, options) => {
      const question = named(operation as Question)
      const isIntrospection = question.operationName === 'IntrospectionQuery'
      if (isIntrospection && introspected.current) return introspected.current
      const saysForWhom = isIntrospection && scene.reader.role === 'PARTNER'
      const headers = { ...(saysForWhom && endUser), ...(options?.headers as Record<string, string> | undefined) }
      const answer = await askGraph(question, token.current, headers)
      if (isIntrospection && answer.data) introspected.current = answer
      const isRefused = answer.errors?.some((it) => refusals.has(String(it.extensions?.['code']))) ?? false
      const why =
        isRefused && !isIntrospection && schema.current && (await whyRefused(question, schema.current, scene.reader))
      setRefused(why || undefined)
      return answer
    },
    [scene.reader, token],
  )
  return (
    <>
      <AskingAs
        people={asking.people}
        chosen={asking.chosen}
        said={asking.said}
        refused={refused}
        onChoose={(id) => {
          setRefused(undefined)
          asking.chooseById(id)
        }}
        onPaste={asking.paste}
      />
      <div className="desk">
        <ExampleList
          reader={scene.reader}
          isWide={isWide}
          onOpen={(reader, name) => {
            setRefused(undefined)
            asking.open(reader, name)
          }}
        />
        <main>
          <Editor
            scene={scene}
            isWide={isWide}
            fetcher={fetcher}
            onTabs={asking.noteTabs}
            onSchema={(it) => (schema.current = it)}
          />
        </main>
      </div>
    </>
  )
}

const place = document.getElementById('sandbox')
if (place) createRoot(place).render(<Sandbox />)
