// `postern advise` of 200 services of 20 teams: `advise` inside one process, the first time and the median of 21; and the whole command as a
// process, beside `node -e 0`. Medians of runs in turn, so that a machine whose speed drifts changes both sides alike.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { planner } from '../packages/aws/dist/planner.js';
import { CLOUDS } from './clouds.mjs';
import { advise } from '../packages/core/dist/planner.js';
import { temporaryFolder } from '../scripts/temporary-folder.mjs';

const SERVICES = 200;
const TEAMS = 20;
const MOST_MS = 300;
const TURNS = 21;

const bin = path.join(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'), 'packages/cli/dist/bin.js');
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (number) => `${number.toFixed(0)} ms`;
const holds = (is) => (is ? 'holds' : 'MISSED');

const needs = {
  provider: 'aws',
  region: 'eu-west-1',
  features: ['usage-plans'],
  services: Array.from({ length: SERVICES }, (_, at) => ({
    name: `service-${at}`,
    team: `team-${at % TEAMS}`,
    requestsPerSecond: at / 4,
    payloadKb: 8,
  })),
};

const times = Array.from({ length: TURNS }, () => {
  const started = performance.now();
  const { options } = advise(needs, { clouds: CLOUDS, planners: [planner] });
  if (options.length !== 6) throw new Error(`${options.length} options`);
  return performance.now() - started;
});
const [first] = times;
console.log(
  `advise of ${SERVICES} services takes ${ms(first)} the first time, then ${ms(median(times))} (at most ${MOST_MS}: ${holds(Math.max(...times) < MOST_MS)})`,
);

const file = path.join(temporaryFolder('bench-advise'), 'needs.json');
writeFileSync(file, JSON.stringify(needs));
function run(args, ends) {
  const started = performance.now();
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (child.status !== ends) throw new Error(`${args.join(' ')} ended with ${child.status}\n${child.stderr}`);
  return performance.now() - started;
}
const [empty, whole] = [[], []];
for (let turn = -1; turn < 7; turn += 1) {
  const [floor, took] = [run(['-e', '0'], 0), run([bin, 'advise', file, '--json'], 0)];
  if (turn >= 0) {
    empty.push(floor);
    whole.push(took);
  }
}
console.log(`postern advise --json takes ${ms(median(whole))} as a process, node -e 0 ${ms(median(empty))}`);
