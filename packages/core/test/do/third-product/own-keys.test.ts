import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../src/do/kinds/cloud/cloud.js';
import { defineCloud } from '../../../src/do/kinds/cloud/define-cloud.js';
import { clouds } from '../../../src/do/kinds/cloud/clouds.js';
import { isMadeOnDemand, targetText } from '../../../src/do/kinds/id-kinds.js';
import { emptyRegion } from '../../../src/do/snapshot/snapshot-form.js';
import type { TargetRef } from '../../../src/do/model/target.js';
import { parseSpec, specFrom, specFromSnapshot, type PlacedProblem } from '../../../src/internal/spec.js';
import { isPosternError } from '../../../src/ground/errors.js';
import { CLOUD, GATEWAY, LINK, thirdCloud, thirdLink } from './tables.js';

/** A cloud whose links have a key `lane`, and lead to ropes, which no other cloud has. */
const OWN: Cloud = defineCloud({
  ...thirdCloud,
  links: {
    [LINK]: { ...thirdLink, targets: ['address', 'rope'], settings: ['lane'] },
    'plain-link': { ...thirdLink, rules: { ...thirdLink.rules, kind: 'plain-link' } },
  },
  keys: {
    link: {
      lane: { form: 'CIDR block', about: 'The block of the lane.', absent: 'the link has no lane' },
      speed: {
        form: { oneOf: ['slow', 'fast'], fault: 'not a speed', remedy: 'Write slow or fast.' },
        about: 'How fast it is.',
        absent: '`slow`',
      },
    },
  },
  targets: {
    ...thirdCloud.targets,
    rope: {
      form: { listOf: 'cloud name', most: 2 },
      about: 'Names of ropes.',
      mustExist: true,
      faults: (names) =>
        (names as readonly string[]).flatMap((name, at) =>
          name.startsWith('rope-')
            ? []
            : [{ code: 'INVALID_SPEC', message: `${name} is not a rope`, remedy: 'Write rope-…', path: [at] }],
        ),
      written: ({ kind, id }) => (kind === 'rope' ? [id] : undefined),
    },
  },
  ids: { kinds: { sub: 'subnet', grp: 'security group' }, subnet: 'sub' },
  linkFaults: ({ tags }, { region }) =>
    tags !== undefined && region === 'xx-south-1'
      ? [{ code: 'UNSUPPORTED', message: 'no tags in the south', remedy: 'Remove tags.', path: ['tags'], key: true }]
      : [],
});
const SET = clouds([OWN]);

const specOf = (link: object, target: object = { rope: ['rope-1'] }) => ({
  version: 1,
  project: 'shop',
  links: { main: { provider: CLOUD, region: 'xx-north-1', subnets: ['sub-1'], ...link } },
  integrations: {
    orders: {
      link: 'main',
      gateway: { thirdRouter: 'router1' },
      targets: { orders: target },
      routes: { 'ANY /orders': 'orders' },
    },
  },
});

/** The problems of a spec: code, path, message. */
function problemsOf(link: object, target?: object): readonly string[] {
  try {
    specFrom(specOf(link, target), { clouds: SET });
    return [];
  } catch (error) {
    if (!isPosternError(error)) throw error;
    const { problems } = error.details as { readonly problems: readonly PlacedProblem[] };
    return problems.map(({ code, place, message }) => `${code} ${place.path}: ${message}`);
  }
}

describe('a cloud from outside', () => {
  it('brings keys of links, which are read by their forms', () => {
    const { links } = specFrom(specOf({ lane: '10.0.0.0/16' }), { clouds: SET });
    expect(links['main']).toMatchObject({ native: { lane: '10.0.0.0/16' } });
    expect(problemsOf({ lane: '10.0.0.1/16' })).toEqual([expect.stringMatching(/^INVALID_PREFIX links\.main\.lane: /)]);
    expect(problemsOf({ speed: 'warp' })).toEqual(['INVALID_SPEC links.main.speed: not a speed']);
    expect(problemsOf({ instanceCidr: '172.16.0.0/12' })).toEqual([
      'INVALID_SPEC links.main.instanceCidr: unknown key "instanceCidr"',
    ]);
  });

  it('refuses keys of links that their kind does not have', () => {
    expect(problemsOf({ kind: 'plain-link', lane: '10.0.0.0/16' }, { address: '10.0.0.1', port: 80 })).toEqual([
      'INVALID_SPEC links.main.lane: a plain-link has no lane',
    ]);
    expect(problemsOf({ speed: 'fast' })).toEqual([`INVALID_SPEC links.main.speed: a ${LINK} has no speed`]);
  });

  it('refuses links by its own rule, and IDs of other resources', () => {
    expect(problemsOf({ region: 'xx-south-1', tags: { a: 'b' } })).toEqual([
      'UNSUPPORTED links.main.tags: no tags in the south',
    ]);
    expect(problemsOf({ subnets: ['grp-1'] })).toEqual([
      'WRONG_KIND links.main.subnets[0]: expected the ID of a subnet, got the ID of a security group',
    ]);
  });

  it('names its regions, and the variables that hold its credentials', () => {
    expect(problemsOf({ region: 'xx-nort-1' })).toEqual([
      'INVALID_SPEC links.main.region: "xx-nort-1" is not a known region of Third Cloud',
    ]);
    expect(problemsOf({ region: 'eu-west-1' })).toEqual([
      'INVALID_SPEC links.main.region: "eu-west-1" is not a valid region of Third Cloud',
    ]);
    expect(problemsOf({ name: '${env:THIRD_KEYRING}' })).toEqual([
      expect.stringContaining('the tools of Third Cloud read credentials from it'),
    ]);
  });

  it('decides the forms of its regions and of the IDs of its gateways', () => {
    const router = OWN.gateways[GATEWAY]!;
    const set = (ids?: RegExp) =>
      clouds([
        defineCloud({
          ...OWN,
          regions: { form: /^n\d$/, what: 'region of Third Cloud', example: 'n1' },
          gateways: { [GATEWAY]: { ...router, ids } },
        }),
      ]);
    const spec = (router: string) => {
      const { integrations, ...others } = specOf({ region: 'n1' });
      return { ...others, integrations: { orders: { ...integrations.orders, gateway: { thirdRouter: router } } } };
    };
    for (const id of ['router-1', 'a.b:c', 'r'.repeat(100)])
      expect(specFrom(spec(id), { clouds: set() }).integrations['orders']?.gateway).toEqual({ thirdRouter: id });
    const fault = 'expected a gateway ID';
    const remedy = `Write its ID, such as ${router.example}.`;
    const refused = (id: string, ids?: RegExp) =>
      expect(() => specFrom(spec(id), { clouds: set(ids) })).toThrow(
        expect.objectContaining({ message: expect.stringContaining(fault), ...(ids && { remedy }) }),
      );
    refused('router 1');
    refused('router-1', /^router\d$/);
    expect(specFrom(spec('router1'), { clouds: set(/^router\d$/) }).links['main']?.region).toBe('n1');
  });

  it('keeps keys of tags for itself, and none of other clouds', () => {
    const fault = 'tag keys that begin with third: or postern: are reserved';
    expect(problemsOf({ tags: { 'Third:a': 'b' } })).toEqual([`INVALID_SPEC links.main.tags["Third:a"]: ${fault}`]);
    expect(problemsOf({ tags: { 'postern:a': 'b' } })).toHaveLength(1);
    const tags = { 'aws:a': 'b', 'acs:a': 'b' };
    expect(specFrom(specOf({ tags }), { clouds: SET }).links['main']?.tags).toEqual(tags);
  });

  it('brings kinds of targets', () => {
    const spec = specFrom(specOf({}), { clouds: SET });
    const { ref } = spec.integrations['orders']?.targets['orders'] ?? {};
    expect(ref).toEqual({ rope: ['rope-1'] });
    expect(targetText(ref as TargetRef)).toBe('rope rope-1');
    expect(problemsOf({}, { rope: ['rope-1', 'cord-1'] })).toEqual([
      'INVALID_SPEC integrations.orders.targets.orders.rope[1]: cord-1 is not a rope',
    ]);
    expect(problemsOf({}, { rope: ['rope-1'], port: 80 })).toEqual([
      'INVALID_SPEC integrations.orders.targets.orders: address requires a port, rope does not accept one',
    ]);
    expect(problemsOf({}, { listener: 'arn:x' })).toContainEqual(expect.stringContaining('unknown key "listener"'));
    expect(problemsOf({ kind: 'plain-link' })).toEqual([
      'WRONG_KIND integrations.orders.targets.orders: links of third do not support targets of this kind',
    ]);
  });

  it('has targets that links create only where it says so', () => {
    const creates = {
      ...thirdLink,
      targets: ['address', 'rope'],
      plans: { ...thirdLink.plans, targetsAreResources: true },
    };
    const set = clouds([defineCloud({ ...OWN, links: { [LINK]: creates } })]);
    const made = (ref: object) => isMadeOnDemand(set, LINK, ref as TargetRef);
    expect([made({ address: '10.0.0.1', port: 80 }), made({ rope: ['rope-1'] })]).toEqual([true, false]);
    expect(isMadeOnDemand(SET, LINK, { address: '10.0.0.1', port: 80 })).toBe(false);
  });

  it('writes its targets into a spec of what exists', () => {
    const raw = null;
    const region = emptyRegion({ provider: CLOUD, region: 'xx-north-1', account: 'acc-1234' });
    const link = {
      id: 'l-1',
      name: 'main',
      kind: LINK,
      state: 'ready',
      nativeState: 'Up',
      networkId: 'net-1',
      subnetIds: ['sub-1'],
    };
    const route = {
      id: 'r-1',
      gatewayId: 'router1',
      key: 'ANY /orders',
      linkId: 'l-1',
      targetId: 'rope-1',
      open: false,
      raw,
    };
    const gateway = { id: 'router1', name: 'r', kind: GATEWAY, stages: [], routes: [route], tags: {}, raw };
    const snapshot = {
      version: 1,
      takenAt: '2026-06-01T00:00:00Z',
      regions: [
        {
          ...region,
          links: [{ ...link, securityGroupIds: [], tags: {}, raw }],
          targets: [{ kind: 'rope', id: 'rope-1', raw }],
          gateways: [gateway],
        },
      ],
    };
    const text = specFromSnapshot(snapshot as never, { project: 'shop', clouds: SET });
    expect(parseSpec(text, { clouds: SET }).integrations['r']?.targets).toMatchObject({
      target: { ref: { rope: ['rope-1'] } },
    });
  });
});

describe('a set of clouds', () => {
  it('refuses links that lead to targets which no cloud of it has', () => {
    expect(() => clouds([{ ...OWN, targets: {} }])).toThrow(`links of kind ${LINK} lead to address`);
  });

  it('refuses two clouds with one key of targets that takes different values', () => {
    const { rope } = OWN.targets;
    const other = { ...OWN, name: 'other', links: {}, gateways: {}, targets: { rope: { ...rope, form: 'ID' } } };
    expect(() => clouds([OWN, other as Cloud])).toThrow('two clouds of this set have targets named rope');
    expect(clouds([OWN, { ...other, targets: OWN.targets } as Cloud]).targetKeys).toEqual(['address', 'rope']);
  });
});
