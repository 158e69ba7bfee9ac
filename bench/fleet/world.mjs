import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('world-server.mjs', import.meta.url));

/** Simulated accounts in a process of its own. `look`: what they hold and were asked for. */
export async function startWorld({ accounts, regions, links, speed }) {
  const child = fork(SERVER, [accounts, regions, links, speed].map(String));
  const [world] = await once(child, 'message');
  return {
    ...world,
    pid: child.pid,
    look: async () => {
      child.send('look');
      return (await once(child, 'message'))[0];
    },
    close: () => void child.kill(),
  };
}

/** AWS's pace, and how long a link is PENDING in the simulated cloud. */
const LINK_EVERY_MS = 15_000;
const PENDING_MS = 120_000;

/** What came of a run: `endMs` and `startMs` are simulated. All times of the result are real. */
export function resultOf({ made, calls }, { startMs, endMs, speed }) {
  const firstMs = Math.min(...made.map(({ at }) => at[0] ?? Number.POSITIVE_INFINITY));
  const most = Math.max(...made.map(({ at }) => at.length));
  let duplicates = 0;
  for (const { counts, wanted } of made) for (const count of counts) duplicates += Math.abs(count - wanted);
  const created = calls.CreateVpcLink;
  return {
    readMs: (firstMs - startMs) / speed,
    elapsedMs: (endMs - firstMs) / speed,
    boundMs: ((most - 1) * LINK_EVERY_MS + PENDING_MS) / speed,
    duplicates,
    refused: created.refused,
    creations: created.all,
    callsEach: Object.values(calls).reduce((all, one) => all + one.all, 0) / created.all,
  };
}
