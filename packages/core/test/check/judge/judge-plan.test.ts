import { describe, expect, it } from 'vitest';
import { judgePlan } from '../../../src/check/judge/judge-plan.js';
import type { Plan, Unit } from '../../../src/do/plan/plan.js';
import { linkHash } from '../../../src/do/world/resolve/link-identity.js';
import { AWS_FAULTS } from '../checks/aws-faults.js';
import { awsWorld, type World } from '../checks/world.js';
import { CLOUDS } from '../../clouds.js';

const FAULTS = new Map(AWS_FAULTS.map(([name, change]) => [name, change]));
const OWN = ['path/load-balancer', 'target/balancer-active'];

/** A world with a fault, and more changes. */
function worldWith(fault: string, change: (world: World) => void = () => undefined): World {
  return awsWorld((world) => {
    FAULTS.get(fault)?.(world);
    change(world);
  });
}

const unit = (kind: Unit['kind'], name: string): Unit =>
  ({ id: `${kind}:${name}`, kind, name, steps: [{ kind: 'retarget' }] }) as unknown as Unit;

/** A plan that changes the integration of the world, or something else. */
const planOf = (fields: Partial<Plan> = {}, name = 'orders'): Plan =>
  ({ goal: 'apply', units: [unit('integration', name)], ...fields }) as Plan;

function judged(world: World, plan = planOf(), options: Omit<Parameters<typeof judgePlan>[3], 'clouds'> = {}) {
  const { findings, otherFindings } = judgePlan(plan, world.snapshot, world.spec, { clouds: CLOUDS, ...options });
  return { checks: findings?.map((one) => one.check), findings, otherFindings };
}

describe('a plan with findings', () => {
  it('has the failures of what it changes, and counts the others', () => {
    expect(judged(worldWith('balancer failed'))).toMatchObject({ checks: OWN, otherFindings: 0 });
    expect(judged(worldWith('balancer failed'), planOf({}, 'bills'))).toMatchObject({ checks: [], otherFindings: 2 });
    expect(judged(worldWith('nothing'))).toMatchObject({ checks: [], otherFindings: 0 });
  });

  it('has what cannot be determined, but nothing that passes', () => {
    const verdicts = judged(worldWith('unhealthy in one zone')).findings?.map(({ verdict }) => verdict);
    expect(verdicts?.length).toBeGreaterThan(0);
    expect(new Set(verdicts)).toEqual(new Set(['unknown']));
  });

  it('of a removal has none', () => {
    expect(judged(worldWith('balancer failed'), planOf({ goal: 'destroy' }))).toEqual({});
  });

  it.each(['path/*', 'path/load-balancer', 'target/balancer-active'])(
    'marks those that are ignored, under each name of the cause: %s',
    (check) => {
      const { findings } = judged(worldWith('balancer failed'), planOf(), { ignored: [{ check }] });
      expect(findings?.map(({ check: id, ignored }) => [id, ignored])).toEqual([
        ['path/load-balancer', true],
        ['target/balancer-active', true],
      ]);
    },
  );

  it('marks none where the name is that of another cause', () => {
    const { findings } = judged(worldWith('balancer failed'), planOf(), { ignored: [{ check: 'target/healthy' }] });
    expect(findings?.map(({ ignored }) => ignored)).toEqual([undefined, undefined]);
    for (const one of judged(worldWith('balancer failed')).findings ?? []) {
      expect(one).not.toHaveProperty('ignored');
      expect(one).not.toHaveProperty('mended');
    }
  });

  describe('that only removes entries of an allowlist', () => {
    /** The managed group of the link allows 10.0.0.0/16, of which the spec declares a part; the plan removes the rest. */
    const narrowing = (fault: string, declared: readonly string[], allowPorts = {}) => {
      const cidrBlock = '10.0.0.0/16';
      const ports = { fromPort: 443, toPort: 443 };
      const world = worldWith(fault, ({ the, region, linkSpec }) => {
        Object.assign(the('securityGroups', 'sg-link'), {
          rules: [{ id: 'sgr-1', direction: 'out', protocol: 'tcp', ...ports, cidrBlock }],
        });
        const entries = [{ cidrBlock, protocol: 'tcp', ...ports }];
        Object.assign(region.allowlists[0] ?? {}, { owned: true, securityGroupId: 'sg-link', entries });
        Object.assign(linkSpec, { allowlist: declared, allowPorts });
        delete linkSpec.securityGroups;
      });
      const input = {
        linkRef: { kind: 'vpc-link-v2', id: 'vlink-1' },
        entries: [{ cidrBlock, protocol: 'tcp', ...ports }],
      };
      const units = [
        {
          id: 'link:eu/narrow',
          kind: 'link-narrowing',
          name: 'eu',
          steps: [{ kind: 'revoke', resource: { type: 'allowlist', name: 'eu' }, input }],
        },
      ];
      return judged(world, planOf({ units: units as unknown as readonly Unit[] }));
    };
    it('has none that is there without it, and counts them among the others', () => {
      expect(narrowing('balancer failed', ['10.0.11.0/24', '10.0.12.0/24'])).toMatchObject({
        checks: [],
        otherFindings: 2,
      });
    });
    it('has those that it causes', () => {
      const { checks, otherFindings } = narrowing('balancer failed', ['10.0.11.0/24']);
      expect(checks).toContain('path/security-group');
      expect(checks).not.toContain('target/balancer-active');
      expect(otherFindings).toBeGreaterThan(0);
    });
    it('has those that fewer ports of a block cause', () => {
      const ports = { '10.0.0.0/16': [{ fromPort: 8443, toPort: 8443 }] };
      expect(narrowing('nothing', ['10.0.0.0/16'], ports).checks).toContain('path/security-group');
    });
  });

  it('leaves out what the spec ignores', () => {
    const entry = { check: 'target/balancer-active', reason: 'known', path: 'ignore[0]' };
    const world = worldWith('balancer failed', ({ spec }) => (spec.ignore = [entry as never]));
    expect(judged(world).checks).toEqual(['path/load-balancer']);
  });

  it('marks what it ends: what the spec mends by applying, and a failed link where it is replaced', () => {
    const owner = { project: 'shop', spec: 'shop', integration: 'eu' };
    /** The link of the spec, created by it, in a state. */
    const inState = (state: 'failed' | 'inactive'): World =>
      awsWorld(({ linkSpec, the }) => {
        delete linkSpec.id;
        Object.assign(linkSpec, { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-link'] });
        const link = the('links', 'vlink-1');
        Object.assign(link, { state, nativeState: state, owner: { ...owner, specHash: linkHash(owner, link) } });
      });
    const mendings = (state: 'failed' | 'inactive', plan: Plan = planOf()) =>
      (judged(inState(state), plan).findings ?? []).flatMap(({ check: id, mendedBy, mended }) =>
        id === 'link/state' || id === 'link/inactive' ? [[mendedBy, mended]] : [],
      );
    const elsewhere = awsWorld(({ the }) => {
      for (const route of the('gateways', 'api-1').routes)
        Object.assign(route, { linkId: 'vlink-9', owner: { project: 'shop', spec: 'shop', integration: 'orders' } });
    });
    expect(judged(elsewhere).findings).toMatchObject([
      { check: 'gateway/live-route', mendedBy: 'apply', mended: true },
    ]);
    expect(mendings('inactive')).toEqual([['calls', undefined]]);
    for (const options of [undefined, {}, { replaceFailed: false }])
      expect(mendings('failed', planOf({ options }))).toEqual([['replace-failed', undefined]]);
    expect(mendings('failed', planOf({ options: { replaceFailed: true } }))).toEqual([['replace-failed', true]]);
    expect(mendings('inactive', planOf({ options: { replaceFailed: true } }))).toEqual([['calls', undefined]]);
  });
});

it('a remedy is that of a reading of now: no snapshot is taken again', () => {
  const world = awsWorld(({ the }) => delete the('routeTables', 'rtb-1').routes);
  const remedies = judged(world).findings?.map(({ remedy }) => remedy) ?? [];
  expect(remedies.length).toBeGreaterThan(0);
  expect(remedies.join(' ')).not.toContain('Take the snapshot again');
});

it('a cause that the plan ends does not hide the next one on the same path', () => {
  const world = awsWorld(({ region, the, linkSpec }) => {
    Object.assign(region.allowlists[0] ?? {}, { owned: true, securityGroupId: 'sg-link' });
    linkSpec.allowlist = ['10.0.0.0/16'];
    for (const id of ['sg-link', 'sg-lb']) the('securityGroups', id).rules = [];
  });
  const groups = (judged(world).findings ?? []).filter((one) => one.check === 'path/security-group');
  expect(groups.map(({ params, mended }) => `${String(params?.['group'])} ${mended}`).toSorted()).toEqual([
    'sg-lb undefined',
    'sg-link true',
  ]);
});

describe('a region that was read for a plan alone', () => {
  it('is not checked', () => {
    const world = worldWith('balancer failed', ({ region }) => Object.assign(region, { asked: {} }));
    expect(judged(world)).toEqual({});
  });

  it('is no fault where an entry of `ignore` covers nothing: notes are not counted', () => {
    const of = (asked: object | undefined) =>
      awsWorld(({ snapshot, spec, region, linkSpec }) => {
        Object.assign(snapshot, { regions: [region, { ...structuredClone(region), region: 'eu-central-1', asked }] });
        spec.links['far'] = { ...linkSpec, region: 'eu-central-1' };
        spec.ignore = [{ check: 'target/healthy', reason: 'known', path: 'ignore[0]' } as never];
      });
    expect([undefined, {}].map((asked) => judged(of(asked)).otherFindings)).toEqual([0, 0]);
  });
});
