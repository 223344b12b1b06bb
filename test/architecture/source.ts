import { posix } from 'node:path'
import { parse } from 'svelte/compiler'
import ts from 'typescript'

/** What one file of code asks of others and offers to them. */
export interface Source {
  /** From the top of the checkout, with `/`. */
  path: string
  lines: number
  /** Files of this project, by path, and packages, by name. */
  files: string[]
  packages: string[]
  /** Names it exports. */
  exports: string[]
  /** Names it takes from `type-graphql`: they tell what a file is. */
  decorators: string[]
  /** Marks of work left undone: words in comments, and tests set aside. */
  unfinished: string[]
}

/** Reads a file of code with the compiler's own eyes. */
export function readSource(path: string, text: string): Source {
  const source: Source = {
    path,
    lines: lineCount(text),
    files: [],
    packages: [],
    exports: [],
    decorators: [],
    unfinished: [],
  }
  for (const script of path.endsWith('.svelte') ? scripts(text) : [text]) readScript(source, script)
  source.unfinished.push(...leftWords(path, text))
  return source
}

const lineCount = (text: string) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

/** The two scripts that a component may have. */
function scripts(component: string): string[] {
  const { instance, module } = parse(component, { modern: true })
  return [instance, module].flatMap((script) => {
    const program = script?.content as { start: number; end: number } | undefined
    return program ? [component.slice(program.start, program.end)] : []
  })
}

function readScript(source: Source, text: string): void {
  const kind = source.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const visit = (node: ts.Node): void => {
    const asked = importedBy(node)
    if (asked !== undefined) addImport(source, asked)
    if (asked === 'type-graphql') source.decorators.push(...namesTaken(node))
    source.exports.push(...namesExported(node))
    if (isSetAside(node)) source.unfinished.push(node.getText())
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(source.path, text, ts.ScriptTarget.Latest, true, kind))
}

/** The module that a statement, a call of `import()` or a type `import('...')` names. */
function importedBy(node: ts.Node): string | undefined {
  const literal = (value: ts.Node | undefined) => (value && ts.isStringLiteralLike(value) ? value.text : undefined)
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier)
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return literal(node.arguments[0])
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal)
  return undefined
}

function addImport(source: Source, asked: string): void {
  if (asked.startsWith('.')) source.files.push(posix.join(posix.dirname(source.path), asked))
  else if (asked.startsWith('#lib')) source.files.push(asked.replace('#lib', 'web/src/lib'))
  // `$app/...` and `node:...` come with SvelteKit and Node.
  else if (!/^(node:|\$)/.test(asked)) source.packages.push(asked.split('/', asked.startsWith('@') ? 2 : 1).join('/'))
}

function namesTaken(node: ts.Node): string[] {
  const named = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined
  return named && ts.isNamedImports(named) ? named.elements.map((it) => (it.propertyName ?? it.name).text) : []
}

function namesExported(node: ts.Node): string[] {
  if (ts.isExportSpecifier(node)) return [node.name.text]
  const isExported =
    ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((it) => it.kind === ts.SyntaxKind.ExportKeyword)
  if (!isExported) return []
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map((it) => it.name.getText())
  return 'name' in node && node.name ? [(node.name as ts.Node).getText()] : []
}

const runners = new Set(['it', 'test', 'describe', 'suite'])
const setAside = new Set(['only', 'skip', 'todo', 'fixme', 'skipIf', 'runIf'])

/** A test that is left out, or leaves the others out. */
function isSetAside(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node) || !setAside.has(node.name.text)) return false
  const [first = ''] = node.expression.getText().split(/\W/, 1)
  return runners.has(first)
}

/** Words of unfinished work, in comments alone: a text for people may well say "to do". */
function leftWords(path: string, text: string): string[] {
  const word = /\b(TODO|FIXME|XXX|HACK)\b.*/g
  if (path.endsWith('.svelte')) return text.match(word) ?? []
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text)
  const found: string[] = []
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const isComment = token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia
    if (isComment) found.push(...(scanner.getTokenText().match(word) ?? []))
  }
  return found
}
