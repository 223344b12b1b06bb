import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import { defineConfig, globalIgnores } from 'eslint/config'
import typescript from 'typescript-eslint'

const generated = ['**/dist/', '**/build/', '**/.svelte-kit/', '**/graph/index.ts', 'web/static/', 'test-results/']

const environmentOnly = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Settings are read in environment.ts alone; take what you need as a typed value.',
}
const clockOnly = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Ask the clock: clock.now().' },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Ask the clock: clock.now().',
  },
]

export default defineConfig(
  globalIgnores(generated),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  typescript.configs.recommended,
  svelte.configs.recommended,
  {
    files: ['**/*.svelte'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
  },
  {
    name: 'how the code reads',
    rules: {
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', environmentOnly],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unused-expressions': ['error', { allowTernary: true, allowShortCircuit: true }],
      // TypeScript knows every name and the globals of each place, and that nothing follows `redirect()`.
      'no-undef': 'off',
      'no-fallthrough': 'off',
      // HL7 and MLLP frame their messages with control characters.
      'no-control-regex': 'off',
      // The site stands at the root of its host.
      'svelte/no-navigation-without-resolve': 'off',
      // `{' '}` is the only way to keep a space at the edge of a block.
      'svelte/no-useless-mustaches': 'off',
    },
  },
  {
    name: 'promises are awaited',
    files: ['{gateway,subgraphs,feeds,client,scripts,test}/**/*.ts', 'web/*.ts'],
    ignores: ['gateway/sandbox/**', 'web/vite.config.ts'],
    languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    name: 'time comes from the clock',
    files: ['subgraphs/**/*.ts'],
    ignores: ['subgraphs/runtime/clock.ts', '**/*.test.ts', '**/test/**'],
    rules: { 'no-restricted-syntax': ['error', environmentOnly, ...clockOnly] },
  },
  {
    name: 'scripts speak to people at a terminal',
    files: ['scripts/**', 'bench/**', '*.{js,ts}'],
    rules: { 'no-console': 'off', 'no-restricted-syntax': 'off' },
  },
  {
    name: 'environment.ts is where settings are read',
    files: ['**/environment.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    name: 'markup is as long as what it shows',
    files: ['**/*.tsx'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    name: 'a test tells its story in one go',
    files: ['**/*.test.ts', '**/test/**', '**/testing/**'],
    rules: { 'max-lines-per-function': 'off', 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
)
