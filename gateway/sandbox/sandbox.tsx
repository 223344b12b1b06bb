import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './sandbox.css'
import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer'
import type { Fetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { useCallback, useRef } from 'react'
import { createRoot } from 'react-dom/client'
import { AskingAs } from './AskingAs.tsx'
import { examples } from './examples.ts'
import { forThisTabOnly } from './storage.ts'

const isWide = window.matchMedia('(min-width: 60em)').matches

/** GraphiQL on the graph of this very server, asking as whoever was chosen at the top. */
function Sandbox() {
  const token = useRef<string>(undefined)
  const fetcher = useCallback<Fetcher>(async (operation, options) => {
    const headers = { ...(token.current ? { authorization: `Bearer ${token.current}` } : {}), ...options?.headers }
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(operation),
    })
    return response.json()
  }, [])
  return (
    <>
      <AskingAs onToken={(chosen) => (token.current = chosen)} />
      <main>
        <GraphiQL
          fetcher={fetcher}
          defaultTabs={examples}
          plugins={[]}
          referencePlugin={DOC_EXPLORER_PLUGIN}
          {...(isWide ? { visiblePlugin: DOC_EXPLORER_PLUGIN } : {})}
          storage={forThisTabOnly}
          defaultEditorToolsVisibility={isWide}
        />
      </main>
    </>
  )
}

const place = document.getElementById('sandbox')
if (place) createRoot(place).render(<Sandbox />)
