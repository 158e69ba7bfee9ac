// What a new user runs first, as `npm run verify` checks it: each example runs to its end into a pipe, prints at most so many lines, and
// leaves the checkout as it was.
import { run } from './child.mjs';

/** A person reads the output to its end. */
export const SCREENS = [
  { name: 'npm start', args: ['start'], lines: 100 },
  { name: 'npm run tour', args: ['run', 'tour'], lines: 400 },
  { name: 'npm run handover', args: ['run', 'handover'], lines: 200 },
  { name: 'npm run fleet', args: ['run', 'fleet'], lines: 200 },
  { name: 'npm run watch-demo', args: ['run', 'watch-demo'], lines: 200 },
];

/** A checkout without git, or its history, has nothing to compare. */
const changed = () =>
  run('git', ['status', '--porcelain']).then(
    ({ stdout }) => stdout,
    () => '',
  );

/** The problems of a screen. */
export async function checkScreen({ args, lines: most }) {
  const before = await changed();
  const { output } = await run('npm', args);
  const after = await changed();
  const lines = output.trimEnd().split('\n').length;
  return [
    ...(after === before ? [] : [`it left something behind:\n${after}`]),
    ...(lines > most ? [`it printed ${lines} lines; the limit is ${most}`] : []),
  ];
}
