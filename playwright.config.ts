import { defineConfig, devices } from '@playwright/test'
import './test/compiled.ts'

const withoutSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const phone = { ...devices['Pixel 7'], viewport: { width: 375, height: 720 } }
const computer = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } }

/**
 * Every journey is made twice on a phone, with JavaScript and without; those that matter most also on a computer, and
 * with every part of the portal in a process of its own. `npm test` finds the browser and sets CHROMIUM_PATH.
 */
export default defineConfig<object, { split: boolean }>({
  testDir: 'test/journeys',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  forbidOnly: true,
  fullyParallel: false,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    screenshot: 'only-on-failure',
    // Traces of all journeys cost an eighth of their time. Of one that failed: `npx playwright test <path> --trace on`.
    trace: 'off',
    launchOptions: {
      ...(process.env['CHROMIUM_PATH'] && { executablePath: process.env['CHROMIUM_PATH'] }),
      args: [
        ...withoutSandbox,
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'with JavaScript', use: phone, grepInvert: /@plain/ },
    { name: 'without JavaScript', use: { ...phone, javaScriptEnabled: false }, grepInvert: /@script/ },
    { name: 'on a computer', use: computer, grep: /@computer/ },
    { name: 'every part a process of its own', use: { ...phone, split: true }, grep: /@thread/ },
  ],
})
