// The commits since this rule: titles of at most 72 characters that say what changed, and limits of `scripts/weights.json` that only fall.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './child.mjs';
import { ROOT } from './workspace.mjs';

/** A longer title is cut in lists of commits; the reason stands in the body. */
const MOST_CHARACTERS = 72;
/** Titles about the making: they say nothing in a `git blame`. */
const ABOUT_THE_MAKING =
  /^(?:wip|fixup!|squash!|read again|what an? .* reading found)\b|\b(?:review|reading) (?:found|mended)\b/i;

const git = (...args) => run('git', args).then(({ stdout }) => stdout.trim());

/** What is wrong with the title of a commit. */
export function faultsOf(title) {
  const faults = [];
  if (title.length > MOST_CHARACTERS)
    faults.push(`"${title}" has more than ${MOST_CHARACTERS} characters. The reason stands in the body.`);
  if (ABOUT_THE_MAKING.test(title)) faults.push(`"${title}" is about the making. Write what changed in the product.`);
  return faults;
}

/** What rose of the sums of all subjects since the branch point. */
export const raised = (before, now) =>
  Object.keys(now)
    .filter((kind) => now[kind] > before[kind])
    .map(
      (kind) => `scripts/weights.json: most ${kind} ${now[kind]}, at the branch point ${before[kind]}. It only falls.`,
    );

/** The commit that the work on this branch began from: that of `main`, or the one before on `main` itself. */
async function branchPoint() {
  const head = await git('rev-parse', 'HEAD');
  for (const main of ['origin/main', 'main']) {
    const base = await git('merge-base', 'HEAD', main).catch(() => head);
    if (base !== head) return base;
  }
  return git('rev-parse', 'HEAD~1');
}

/** Nothing where the history is not there, as in an archive or a shallow clone. */
export async function checkHistory() {
  const rule = await git('log', '--diff-filter=A', '--format=%H', '--', 'scripts/history.mjs').catch(() => '');
  if (rule === '' || (await git('rev-parse', '--is-shallow-repository')) === 'true') return [];

  const titles = await git('log', '--no-merges', '--format=%s', `${rule.split('\n').at(-1)}..HEAD`);
  const before = await branchPoint().then((commit) => git('show', `${commit}:scripts/weights.json`));
  const { most } = JSON.parse(readFileSync(path.join(ROOT, 'scripts/weights.json'), 'utf8'));
  return [...titles.split('\n').flatMap(faultsOf), ...raised(JSON.parse(before).most, most)];
}
