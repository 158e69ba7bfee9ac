import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from '../run-command.js';

describe('a fact that only checks need', () => {
  it.each([503, 200])(
    'does not hold up a run where a page with status %s answers, and the wait is shown',
    async (status) => {
      const server = await cloud();
      const there = await network(server);
      await server.simulation.advance(600_000);
      server.simulation.faults.add({ service: 'servicequotas', kind: 'html', status });
      const cwd = folder({ 'postern.yaml': specOf(there) });
      const env = { POSTERN_SIMULATOR: server.url };
      const before = server.simulation.clock.now();
      const checked = await run(['check', '--json'], { cwd, env });
      expect(server.simulation.clock.now() - before).toBeLessThan(15_000);
      expect(JSON.parse(checked.out)).toMatchObject({
        gaps: [{ of: 'quotas', operation: 'ListServiceQuotas', code: 'BAD_RESPONSE' }],
      });
      if (status === 503)
        expect(checked.err).toContain('note: ListServiceQuotas in eu-west-1 fails (BAD_RESPONSE) and is tried again\n');
      expect(checked.err.split('\n').filter((line) => line.includes('is tried again')).length).toBeLessThan(2);
      const applied = await run(['apply', '--yes'], { cwd, env });
      expect(applied).toMatchObject({ status: 0 });
    },
  );
});
