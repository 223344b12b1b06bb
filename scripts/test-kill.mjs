// npm run test:kill: the portal is killed a thousand times in the middle of its work, where npm test does it 200 times.
process.env.KILLS ??= '1000'
process.argv.splice(2, Infinity, 'test/kills.test.ts')
await import('./test.mjs')
