/** A block of code in a page of documentation. */
export interface WrittenBlock {
  language: string
  /** What the page calls the file, in `file=`, where it gives it a name. */
  file: string | undefined
  text: string
  /** The line of the page it begins at. */
  line: number
}

/** Every block of code in a Markdown page, in order. */
export function writtenBlocks(page: string): WrittenBlock[] {
  const blocks: WrittenBlock[] = []
  const fence = /^```(\S*)[ ]?(.*)\n([\s\S]*?)^```$/gm
  for (const { 1: language = '', 2: about = '', 3: text = '', index } of page.matchAll(fence)) {
    const line = page.slice(0, index).split('\n').length
    blocks.push({ language, file: /file=(\S+)/.exec(about)?.[1], text, line })
  }
  return blocks
}
