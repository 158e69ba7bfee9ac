import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runs, sample } from '../../../core/test/runs.js';
import { cloud, folder, run } from '../run-command.js';
import { onAlibaba, onAws } from './three-integrations.js';

/** What carries calls: an integration of AWS goes with its route, and publications with their API. */
const DELETES = /^(?:DeleteVpcLink|DeleteRoute|DeleteInstance|DeleteApi|RemoveVpcAccess)$/;

describe('a spec that is cut off at any line', () => {
  it.each(
    sample(
      [
        ['AWS', onAws, 10],
        ['Alibaba Cloud', onAlibaba, 13],
      ] as const,
      2,
    ),
  )(
    'on %s, is refused without a change, or deletes at most a fifth of what it owns',
    { timeout: 300_000 },
    async (_, textOf, owned) => {
      const server = await cloud();
      const text = await textOf(server);
      const cwd = folder({ 'postern.yaml': text });
      const env = { POSTERN_SIMULATOR: server.url };
      const apply = () => run(['apply', '--all', '--yes', '--allow-purchase'], { cwd, env });
      const write = (content: string) => writeFileSync(path.join(cwd, 'postern.yaml'), content);
      const calls = () => server.simulation.journal().map(({ operation }) => operation);
      expect(await apply()).toMatchObject({ status: 0 });

      const outcomes = new Set<string>();
      const lines = text.split('\n').slice(0, -1);
      for (let end = 0; end < lines.length; end += end < 4 ? 1 : runs(2, 1)) {
        write(lines.slice(0, end).join('\n'));
        const before = calls().length;
        const { status, err } = await apply();
        const made = calls().slice(before);
        const deleted = made.filter((call) => DELETES.test(call)).length;
        const what = `cut after line ${end}: ${lines[end - 1]}\n${err}`;
        if (status !== 0) {
          expect(status, what).toBe(64);
          expect(
            made.filter((call) => !/^(?:Get|Describe|List)/.test(call)),
            what,
          ).toEqual([]);
          outcomes.add(/error (\w+)/.exec(err)?.[1] ?? '');
          continue;
        }
        expect(deleted, what).toBeLessThanOrEqual(Math.max(2, owned / 5));
        outcomes.add(deleted === 0 ? 'nothing deleted' : 'deleted');
        write(text);
        if (deleted > 0) expect(await apply()).toMatchObject({ status: 0 });
      }
      expect([...outcomes]).toEqual(
        expect.arrayContaining(['INVALID_SPEC', 'EMPTY_SPEC', 'DELETES_ALL_ROUTES', 'TOO_MANY_DELETIONS', 'deleted']),
      );
      write(text);
      expect((await run(['plan', '--all'], { cwd, env })).out).toMatch(/^No changes; /m);
    },
  );
});
