// `npm test`, a contributor's loop: types, lint, the rules of the repository, and every test but those of `npm run verify`.
// `npm run affected`: of them those that depend on what is not committed; `npm run affected -- main` on what differs from main.
import { runChecks } from './run-checks.mjs';

const [option, ref = 'HEAD'] = process.argv.slice(2);
const isPart = option === '--affected';

await runChecks({
  title: isPart
    ? 'Types, lint, and the fast tests that depend on a change.'
    : 'Types, rules and fast tests. npm run verify has the others.',
  kind: 'loop',
  after: ['every package builds'],
  load: async (tests) => {
    const { loopChecks } = await import('./checks.mjs');
    return loopChecks(tests).filter(({ affected }) => affected || !isPart);
  },
  choose: async () => {
    if (!isPart) return undefined;
    const { affectedTests } = await import('./affected.mjs');
    return affectedTests(ref);
  },
  limitMs: 220_000,
  note: 'npm run prove runs them, or they lack a tool, or ask for what a cloud does not have.',
});
