// Applies your spec to a simulated account again and again, with faults, kills, lost journals and a second machine.
import { readFileSync } from 'node:fs';
import { aws } from '@postern/aws';
import { cloud } from '@postern/aws/cloud';
import { clouds, driversOf } from '@postern/core';
import { parseSpec } from '@postern/core/spec';
import { failureText, fuzz } from '@postern/testing/harness';
import { buildAccount } from './account.mjs';

const region = 'eu-west-1';
const text = readFileSync(new URL('postern.yaml', import.meta.url), 'utf8');
const scenario = {
  name: 'postern.yaml',
  // For your own account: `simulation.loadSnapshot(…)` with what `postern snapshot` wrote.
  build: async (simulation) => {
    const env = await buildAccount(simulation, region);
    return { specs: [parseSpec(text, { clouds: clouds([cloud]), env })] };
  },
  drivers: (process) => driversOf(aws({ region, clients: process.clients(region) })),
};

const seeds = Number(process.argv[2] ?? 25);
const { trials, runs, kills, hits, failures } = await fuzz([scenario], { seeds });
const events = hits.reduce((sum, { hits: one }) => sum + one, 0);
console.log(`${trials} trials, ${runs} runs of apply and destroy, ${events} faults and kills (${kills} kills)`);
for (const failure of failures) console.log(failureText(failure));
if (failures.length === 0) console.log('Each ended as a run without faults does, and no call was lost.');
process.exitCode = failures.length === 0 ? 0 : 1;
