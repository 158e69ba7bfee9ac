import { describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../core/test/runs.js';
import { atShop, manyRoutes } from './shop-account.js';

/** Thirty routes with one target each, and three hundred with thirty each, on ten links. */
const SIZES = [
  { links: 10, routes: 3, errors: 20, of: "'target/healthy:target orders'" },
  { links: 10, routes: 30, targets: 30, errors: 600, of: 'target/healthy' },
] as const;

const lines = (text: string): number => text.trimEnd().split('\n').length;
const times = (text: string, part: string): number => text.split(part).length - 1;
const events = (out: string) => out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));

describe('a cause of many errors is one message', () => {
  it.each(sample(SIZES, 2))(
    'of apply, which shows what check shows: $errors errors',
    async ({ errors, of, ...size }) => {
      const { server, postern } = await atShop(manyRoutes(size));
      const check = await postern('check');
      expect(times(check.out, 'target/healthy')).toBe(1);
      expect(times(check.out, 'gateway/open-route')).toBe(1);
      // With five lines of a note about the stage.
      expect(lines(check.out)).toBeLessThan(25);

      const { status, out, err } = await postern('apply --yes');
      expect(status).toBe(3);
      expect(lines(out) + lines(err)).toBeLessThan(30);
      const [, entry = ''] = /( {2}✗ target\/healthy, path\/load-balancer .*?\n)(?: {2}[!✗]|\n)/su.exec(out) ?? [];
      expect(entry).not.toBe('');
      expect(check.out).toContain(entry);
      expect(times(err, 'FINDINGS_FAILED')).toBe(1);
      expect(err).toContain(`FINDINGS_FAILED: apply: 1 error would remain after this plan`);
      expect(err).toContain(`To apply with these errors: --ignore-findings ${of} (in a program`);
      expect(err).toMatch(/postern\.yaml:51:7\n/); // the first target

      const json = await postern('apply --yes --json');
      expect(json.status).toBe(3);
      expect(lines(json.err.replace(/^.*SIMULATOR.*$/gm, '').trim())).toBe(1);
      const [version, refused, ...more] = events(json.out);
      expect([version, more]).toMatchObject([{ type: 'version', version: 1 }, []]);
      expect(refused).toMatchObject({
        type: 'run.refused',
        error: { code: 'FINDINGS_FAILED' },
        causes: [{ checks: ['target/healthy', 'path/load-balancer'], ignore: of.replaceAll("'", '') }],
        plan: { goal: 'apply', units: expect.any(Array) },
      });
      expect(refused.causes[0].findings).toHaveLength(errors);
      expect(refused.plan.findings.length).toBeGreaterThan(errors);
      expect(server.simulation.journal().filter(({ operation }) => operation.startsWith('Create'))).toEqual([]);
    },
  );

  it.runIf(PROVE)('what the README says gets past it, and the finding has one line', async () => {
    const { postern } = await atShop(manyRoutes({ links: 3, routes: 3, targets: 3 }));
    const { status, out } = await postern('apply --yes --ignore-findings target/healthy');
    expect(status).toBe(0);
    expect(out).toMatch(
      /^Ignored: path\/load-balancer of link l0 → target t0, .* and 6 more; target\/healthy of target t0, target t1, target t2 and 6 more$/m,
    );
  });
});
