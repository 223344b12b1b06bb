import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer'
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import type { Fetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import type { GraphQLSchema } from 'graphql'
import { useEffect } from 'react'
import type { Scene } from './scene.ts'
import { forThisTabOnly } from './storage.ts'
import type { TabRow } from './tabs.ts'

interface EditorProps {
  scene: Scene
  isWide: boolean
  fetcher: Fetcher
  onTabs: (row: TabRow) => void
  onSchema: (schema: GraphQLSchema) => void
}

const noPlugins: [] = []

/** GraphiQL with the tabs of a scene. Another scene is another editor: its tabs are given to it when it begins. */
export function Editor({ scene, isWide, fetcher, onTabs, onSchema }: EditorProps) {
  const [first] = scene.tabs
  return (
    <GraphiQL
      key={scene.number}
      fetcher={fetcher}
      defaultTabs={[...scene.tabs]}
      initialVariables={first?.variables ?? ''}
      initialHeaders={first?.headers ?? ''}
      onTabChange={({ tabs, activeTabIndex: front }) => onTabs({ tabs, front })}
      onSchemaChange={onSchema}
      plugins={noPlugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      storage={forThisTabOnly}
      showPersistHeadersSettings={false}
      defaultEditorToolsVisibility={isWide}
    >
      <Front place={scene.front} turn={scene.turn} />
    </GraphiQL>
  )
}

/** Brings a tab to the front, as soon as there are editors to show it in. */
function Front({ place, turn }: { place: number; turn: number }) {
  const { changeTab } = useGraphiQLActions()
  const isReady = useGraphiQL(({ queryEditor, variableEditor, headerEditor }) =>
    Boolean(queryEditor && variableEditor && headerEditor),
  )
  useEffect(() => {
    if (!isReady) return
    changeTab(place)
    requestAnimationFrame(() => document.querySelector('.graphiql-tab-active')?.scrollIntoView({ block: 'nearest' }))
  }, [isReady, place, turn, changeTab])
  return null
}
