import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { bundleCommand } from '../kills/postern-command.js';
import { receiver, watchedWorld } from './scene.js';

/** In `npm run prove` a week of simulated time. */
const ROUNDS = runs(40, 2_016);
/** Until then caches fill. */
const WARM = 15;
/** What a process may use more at the end than when it was warm. */
const MORE = { files: 4, threads: 2, kilobytes: 16_384 };

/** What the system knows of a process. */
function usedBy(pid: number | undefined) {
  const of = (name: string): string => `/proc/${pid}/${name}`;
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(of('status'), 'utf8')) ?? [];
  return {
    kilobytes: Number(kilobytes),
    files: readdirSync(of('fd')).length,
    threads: readdirSync(of('task')).length,
  };
}

it.skipIf(!existsSync('/proc/self/status'))(
  `watch for ${ROUNDS} rounds of five minutes uses no more memory, files and threads than at first (skipped without /proc)`,
  async () => {
    const { cwd, env, stage, breakIt, mendIt } = await watchedWorld();
    const command = await bundleCommand();
    onTestFinished(() => command.end());
    // A notifier that fails every third time, reports, and a server of metrics: all that a round writes.
    const { received, url } = await receiver((at) => ({ status: at % 3 === 0 ? 500 : 204 }));
    const outputs = ['--report', 'html=w.html', '--metrics', 'w.prom', '--metrics-port', '0'];
    const argv = ['watch', 'shop.yaml', '--every', '5m', '--json', '--notify', `webhook=${url}`, ...outputs];
    const { child, ended } = command.start(argv, { cwd, env: { ...env, NODE_OPTIONS: '--max-old-space-size=64' } });
    const used: ReturnType<typeof usedBy>[] = [];
    for await (const line of createInterface({ input: child.stdout! })) {
      if (!line.includes('"type":"round"')) continue;
      used.push(usedBy(child.pid));
      const round = used.length;
      if (round % 20 === 5) breakIt();
      if (round % 20 === 15) mendIt();
      if (round % 7 === 0) writeFileSync(path.join(cwd, 'shop.yaml'), `${String(stage.spec)}\n# ${round}\n`);
      if (round === ROUNDS) child.kill('SIGTERM');
    }
    expect(await ended).toMatchObject({ status: 143 });
    expect(used).toHaveLength(ROUNDS);
    expect(received.length).toBeGreaterThan(ROUNDS / 20);
    const most = (rows: typeof used, of: keyof typeof MORE): number => Math.max(...rows.map((row) => row[of]));
    for (const of of ['files', 'threads', 'kilobytes'] as const) {
      const before = most(used.slice(0, WARM), of);
      expect([of, most(used.slice(-WARM), of)]).toEqual([of, expect.toSatisfy((now) => now <= before + MORE[of])]);
    }
  },
  3_600_000,
);
