// One process: all link–target pairs of a snapshot of the generator. `node all-pairs.mjs BUNDLE SCALE`, prints JSON.
import { createRequire } from 'node:module';
import { checkWorld } from './world.mjs';

const [bundle, scale] = [process.argv[2], Number(process.argv[3])];
const { indexRegion, reachability } = createRequire(import.meta.url)(bundle);
const { snapshot, counts } = checkWorld(scale);
const before = process.cpuUsage();
const started = performance.now();
const { verdicts } = reachability(indexRegion(snapshot.regions[0]));
const ms = performance.now() - started;
const cpu = process.cpuUsage(before);
const said = [0, 0, 0];
for (const verdict of verdicts) said[verdict] += 1;
console.log(
  JSON.stringify({
    ...counts,
    pairs: verdicts.length,
    ms: Math.round(ms),
    cpu: Math.round((cpu.user + cpu.system) / 1000),
    said,
    mb: process.memoryUsage.rss() / 2 ** 20,
  }),
);
