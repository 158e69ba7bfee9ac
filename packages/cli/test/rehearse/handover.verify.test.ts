import { alibaba } from '@postern/alibaba';
import { describe, expect, it } from 'vitest';
import { runWorld } from '../../../alibaba/test/traditional/handover/run-world.js';
import { REGION } from '../../../alibaba/test/world/simulated.js';
import { run } from '../run-command.js';
import { snapshotOf } from './world.js';

/** A group with six APIs, a gateway that can be its target, and the snapshot of their region. */
async function shop() {
  const { simulation, groupId, gatewayId } = await runWorld();
  const cwd = await snapshotOf(simulation, alibaba({ region: REGION, api: simulation.alibaba(REGION) }));
  const argv = (...more: string[]) => ['rehearse', 'handover', groupId, '--snapshot', 'now.json', ...more];
  return { simulation, gatewayId, cwd, rehearse: (...more: string[]) => run(argv(...more), { cwd }) };
}

const WAIVED = ['--waive', 'group/own-domain=a test', '--rate', '0.1', '--keep-alive', '5m'];

describe('postern rehearse handover', () => {
  it('hands a group over on the twin and takes it offline, and no call is lost', async () => {
    const { rehearse, gatewayId, simulation } = await shop();
    const before = simulation.journal().length;
    const { status, out } = await rehearse('--gateway', gatewayId, ...WAIVED, '--accept', 'ping');
    expect(out).toContain('RELEASE 100 %: good');
    expect(out).toContain('The hand-over is finished: 6 routes on 1 gateway.');
    expect(out).toContain('POST /items is not proven: POST may change something, and is not sent.');
    expect(out).toMatch(/Calls +(\d+) to 4 routes, .*: \1 delivered, 0 lost/);
    expect(out).toContain('GET /orders of shop (RELEASE) at api.example.com: callers sign');
    expect(status).toBe(0);
    expect(simulation.journal()).toHaveLength(before);
  });

  it('is refused where something is not waived, and fails where a route is not proven', async () => {
    const { rehearse, gatewayId } = await shop();
    const [, , ...manner] = WAIVED;
    const refused = await rehearse('--gateway', gatewayId, ...manner, '--json');
    expect(JSON.parse(refused.out)).toMatchObject({ ok: false, run: { summary: 'Refused.' } });
    const failed = await rehearse('--gateway', gatewayId, ...WAIVED, '--json');
    expect(JSON.parse(failed.out)).toMatchObject({
      ok: false,
      run: { summary: 'The target is not proven.', failures: [{ step: 'GET /ping', code: 'HEADERS_DIFFER' }] },
      load: { lost: 0 },
    });
    expect([refused.status, failed.status]).toEqual([3, 3]);
  });

  it('names what the snapshot has not', async () => {
    const { rehearse } = await shop();
    expect(await rehearse('--gateway', 'orders')).toMatchObject({ status: 64 });
    const { cwd } = await shop();
    expect(await run(['rehearse', 'handover', 'none', '--snapshot', 'now.json'], { cwd })).toMatchObject({
      status: 64,
      err: expect.stringContaining('now.json has no API group none'),
    });
  });
});
