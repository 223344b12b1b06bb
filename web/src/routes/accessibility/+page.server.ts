export { trustPage as load } from '#lib/server/trust-page.ts'
