// What the parts of `npm run prove` found, in docs/contributing/proofs.md, which each part writes. `node scripts/proofs.mjs` says which parts are
// missing, have failures, or are out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './child.mjs';
import { ROOT } from './workspace.mjs';

/** The number of parts. */
export const PARTS = 12;

/** A proof of a commit that is further back is out of date. */
const MOST_COMMITS = 400;

const PAGE = path.join(ROOT, 'docs', 'contributing', 'proofs.md');
const COLUMNS = ['part', 'commit', 'day', 'passed', 'failed', 'seeds', 'seconds'];

const git = (...args) => run('git', args).then(({ stdout }) => stdout.trim());

/** The lines of the page's table. */
function proofsIn(text) {
  return text
    .split('\n')
    .filter((line) => /^\| \d+ \|/.test(line))
    .map((line) => {
      const cells = line.split('|').slice(1, -1);
      return Object.fromEntries(COLUMNS.map((name, at) => [name, cells[at].trim()]));
    });
}

/** The page with the line of a part, in the order of parts. */
export function withProof(text, proof) {
  const head = text.split('\n').filter((line) => !/^\| \d+ \|/.test(line));
  const lines = [...proofsIn(text).filter(({ part }) => part !== String(proof.part)), proof]
    .toSorted((a, b) => Number(a.part) - Number(b.part))
    .map((one) => `| ${COLUMNS.map((name) => one[name]).join(' | ')} |`);
  const at = head.findIndex((line) => line.startsWith('| ---')) + 1;
  return [...head.slice(0, at), ...lines, ...head.slice(at)].join('\n');
}

/** Writes what a part found. */
export async function writeProof(proof) {
  const commit = (await git('rev-parse', 'HEAD')).slice(0, 9);
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(PAGE, withProof(readFileSync(PAGE, 'utf8'), { commit, day, ...proof }));
}

/**
 * What is wrong with the proofs: a part that is missing or failed, or whose commit is too far back. `behind` counts the commits since one,
 * or is undefined where it is not in the history.
 */
export async function problemsOf(text, behind) {
  const proofs = new Map(proofsIn(text).map((proof) => [Number(proof.part), proof]));
  const problems = [];
  for (let part = 1; part <= PARTS; part += 1) {
    const remedy = `Run \`npm run prove -- ${part}/${PARTS}\` and commit docs/contributing/proofs.md.`;
    const proof = proofs.get(part);
    if (proof === undefined) problems.push(`Part ${part} is missing. ${remedy}`);
    else if (proof.failed !== '0') problems.push(`Part ${part} has ${proof.failed} failures. ${remedy}`);
    else {
      const commits = await behind(proof.commit);
      if (commits === undefined)
        problems.push(`The commit ${proof.commit} of part ${part} is not in the history. ${remedy}`);
      else if (commits > MOST_COMMITS)
        problems.push(`Part ${part} was run ${commits} commits ago; the limit is ${MOST_COMMITS}. ${remedy}`);
    }
  }
  return problems;
}

/** What is wrong with the page now. A checkout without its history has no commits to count. */
export async function checkProofs() {
  const isWhole = await git('rev-parse', '--is-shallow-repository').then(
    (answer) => answer === 'false',
    () => false,
  );
  if (!isWhole) console.log('        (the age of proofs is not checked: this checkout has no history)');
  const behind = (commit) =>
    isWhole ? git('rev-list', '--count', `${commit}..HEAD`).then(Number, () => undefined) : Promise.resolve(0);
  return problemsOf(readFileSync(PAGE, 'utf8'), behind);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = await checkProofs();
  for (const problem of problems) console.error(problem);
  process.exit(problems.length > 0 ? 1 : 0);
}
