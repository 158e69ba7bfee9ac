import { describe, expect, it } from 'vitest';
import { gatewayUnit } from '../../../../src/do/apply/units/gateway-unit.js';
import type { Step, Unit } from '../../../../src/do/plan/plan.js';
import { cloudError, inTurn, planStep, unitScene, type SceneDriver } from './scene.js';

const REF = { kind: 'rest-api', id: 'api-1' } as const;
const ROUTE = { link: 'eu', linkId: 'l-1', key: 'GET /a', targetId: 't-1', serverName: null, path: 'overwrite' };
const stage = (name: string) => ({ gatewayRef: REF, stage: name, project: 'shop', spec: 'orders-1' });
const deploy = (name: string, fields: object = {}) =>
  planStep(`deploy ${name}`, 'deploy', 'stage', { ...stage(name), routes: [ROUTE], ...fields });
const sweep = planStep('sweep', 'delete', 'route', {
  gatewayRef: REF,
  project: 'shop',
  spec: 'orders-1',
  unbound: true,
});
const remove = planStep('delete stage', 'delete', 'stage', stage('prod'));
const forget = planStep('forget stage', 'tag', 'stage', stage('prod'));

async function performed(
  steps: readonly Step[],
  routes: SceneDriver['routes'],
  links: readonly [string, string][] = [],
  probe = true,
) {
  const given = new Map(links.map(([name, id]) => [name, { kind: 'vpc-link-v1', id } as const]));
  const scene = unitScene({ routes: routes ?? {}, tools: { links: given, probe } });
  const unit: Unit = {
    id: 'g',
    kind: 'gateway',
    name: 'api-1',
    provider: 'aws',
    region: 'eu-west-1',
    account: '1',
    dependsOn: [],
    steps,
  };
  return { counts: await gatewayUnit(unit, scene.tools), ...scene };
}
const done = async () => undefined;

describe('the steps of a gateway', () => {
  it('are one call each, and exclude other writes to the gateway', async () => {
    const calls: unknown[] = [];
    const routes: SceneDriver['routes'] = {
      deploy: async (...of) => (calls.push(of.slice(0, 2)), { deploymentId: 'd-1' }),
      sweep: async (gateway, project, _, spec, options) => void calls.push([gateway, project, spec, options]),
      removeStage: async (...of) => void calls.push(of.slice(0, 3)),
      forgetStage: async (...of) => void calls.push(of.slice(0, 3)),
    };
    const { counts, log, steps, told } = await performed([deploy('prod'), sweep, remove, forget], routes);
    expect(counts).toEqual({ done: 4, failed: 0, skipped: 0 });
    expect(log).toEqual(['routes.deploy', 'routes.sweep', 'routes.removeStage', 'routes.forgetStage']);
    const owner = { project: 'shop', spec: 'orders-1' };
    expect(calls).toEqual([
      [REF, 'prod'],
      [REF, 'shop', 'orders-1', { unbound: true }],
      [REF, 'prod', owner],
      [REF, 'prod', owner],
    ]);
    expect(new Set(steps.map(({ exclusive }) => exclusive))).toEqual(new Set(['rest-api api-1']));
    expect(told).toContain('done deploy prod: {"deploymentId":"d-1"}');
  });

  it('of unused integrations are refused where the adapter has none', async () => {
    expect((await performed([sweep], {})).told.at(-1)).toBe(`failed ${sweep.id}: UNSUPPORTED`);
  });

  it('after a failed deployment are the other deployments only', async () => {
    const { counts, log } = await performed([deploy('a'), deploy('b'), sweep], {
      deploy: inTurn<{ deploymentId: string }>(cloudError('PERMISSION_DENIED'), { deploymentId: 'd' }),
      sweep: done,
    });
    expect(counts).toEqual({ done: 1, failed: 1, skipped: 1 });
    expect(log).toEqual(['routes.deploy', 'routes.deploy']);
  });

  it('that fail are reported with their code', async () => {
    const refuse = inTurn<never>(cloudError('CONFLICT'));
    for (const [step, name] of [
      [sweep, 'sweep'],
      [remove, 'removeStage'],
      [forget, 'forgetStage'],
    ] as const)
      expect((await performed([step], { [name]: refuse })).told.at(-1)).toBe(`failed ${step.id}: CONFLICT`);
  });
});

describe('a deployment', () => {
  const marks = async (links: readonly [string, string][], fields: object = {}) => {
    const found: string[] = [];
    await performed(
      [deploy('prod', fields)],
      { deploy: async (_gateway, _stage, mark) => (found.push(mark), { deploymentId: 'd' }) },
      links,
    );
    return found[0];
  };

  it('has the mark of the routes, with the link that the run created', async () => {
    const made = await marks([['eu', 'l-2']]);
    expect(made).toMatch(/^postern:shop@orders-1\/[0-9a-f]+$/);
    expect(made).not.toBe(await marks([]));
    expect(made).not.toBe(await marks([['us', 'l-2']]));
    expect(made).toBe(await marks([], { routes: [{ ...ROUTE, linkId: 'l-2' }] }));
  });

  it('is repeated after a temporary refusal, which is reported', async () => {
    const busy = cloudError('CONFLICT', { retryable: true, status: 409 });
    const { counts, log, told } = await performed([deploy('prod')], {
      deploy: inTurn<{ deploymentId: string }>(busy, { deploymentId: 'd' }),
    });
    expect(counts.done).toBe(1);
    expect(log.filter((one) => one === 'routes.deploy')).toHaveLength(2);
    expect(told[1]).toBe('retried deploy prod: {"message":"X: refused","attempt":2}');
  });

  const linkRef = { kind: 'vpc-link-v1', id: 'l-1' };
  const tests = ['GET /a', 'GET /b'].map((key) => ({ key, linkRef, targetId: 't-1' }));

  it('comes after the tests of the routes that it shows first, and not after one that fails', async () => {
    const testCall = inTurn<{ outcome: 'connected' | 'failed'; because: string }>({
      outcome: 'connected',
      because: 'x',
    });
    const deployed = { deploy: async () => ({ deploymentId: 'd' }) };
    const both = await performed([deploy('prod', { tests })], { ...deployed, testCall });
    expect(both.log).toEqual(['routes.testCall', 'routes.testCall', 'routes.deploy']);
    expect(both.steps.map(({ part }) => part)).toEqual(['probe GET /a', 'probe GET /b', undefined]);
    const failing = inTurn<{ outcome: 'connected' | 'failed'; because: string }>({ outcome: 'failed', because: 'x' });
    const failed = await performed([deploy('prod', { tests })], { ...deployed, testCall: failing });
    expect(failed.log).toEqual(['routes.testCall']);
    expect(failed.told.at(-1)).toBe('failed deploy prod: PROBE_FAILED');
    expect((await performed([deploy('prod', { tests })], { ...deployed, testCall }, [], false)).log).toEqual([
      'routes.deploy',
    ]);
  });
});
