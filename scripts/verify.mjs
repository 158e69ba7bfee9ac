// `npm run verify`, all that `npm test` leaves out: slow tests with their short counts, packed packages, examples and the site.
import { runChecks } from './run-checks.mjs';

await runChecks({
  title: 'Slow tests, packed packages, examples and the site',
  kind: 'verify',
  after: ['every package builds'],
  load: async () => (await import('./checks.mjs')).verifyChecks(),
  limitMs: 720_000,
  note: 'npm run prove runs them, or they lack a tool, or ask for what a cloud does not have.',
});
