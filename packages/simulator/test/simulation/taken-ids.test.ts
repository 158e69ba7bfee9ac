import { SNAPSHOT_VERSION, type RegionSnapshot, type Snapshot } from '@postern/core/internal/snapshot';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { idsIn } from '../../src/simulation/world/ids-in.js';

const REGION = 'eu-west-1';
const ACCOUNT = '444455556666';
const VPC = 'vpc-0a000000000000001';
const seed = 7;

const group = (simulation: ReturnType<typeof simulate>, name: string): string => {
  const input = { GroupName: name, Description: name, VpcId: VPC };
  const made = simulation.call({ service: 'ec2', operation: 'CreateSecurityGroup', region: REGION }, input);
  return String((made as { GroupId: string }).GroupId);
};

/** A network with groups. */
const snapshot = (groups: readonly string[]): Snapshot => {
  const region: RegionSnapshot = {
    links: [],
    gateways: [],
    targets: [],
    allowlists: [],
    egress: [],
    subnets: [],
    loadBalancers: [],
    listeners: [],
    interfaces: [],
    gaps: [],
    provider: 'aws',
    region: REGION,
    account: ACCOUNT,
    networks: [{ id: VPC, cidrBlocks: ['10.0.0.0/16'], account: ACCOUNT, tags: {}, raw: null }],
    securityGroups: groups.map((id) => ({
      id,
      name: id,
      networkId: VPC,
      rules: [],
      account: ACCOUNT,
      tags: {},
      raw: null,
    })),
  };
  return { version: SNAPSHOT_VERSION, takenAt: '2026-01-01T00:00:00.000Z', regions: [region] };
};

const NAMES = Array.from({ length: 6 }, (_, index) => `g${index}`);

describe('the IDs of a twin', () => {
  it('are none of its snapshot, which was taken of a world with the same seed', () => {
    const first = simulate({ seed, from: snapshot([]) });
    const taken = NAMES.map((name) => group(first, name));
    const twin = simulate({ seed, from: snapshot(taken) });
    const made = NAMES.map((name) => group(twin, name));
    expect(new Set([...taken, ...made]).size).toBe(12);
    twin.reset();
    expect(NAMES.map((name) => group(twin, name))).toEqual(made);
  });

  it('are none of a saved world that has such a snapshot', () => {
    const first = simulate({ seed, from: snapshot([]) });
    const taken = NAMES.map((name) => group(first, name));
    const saved = simulate({ seed, from: snapshot(taken) }).world();
    const loaded = simulate({ seed: 1 });
    loaded.load(JSON.parse(JSON.stringify(saved)));
    const made = NAMES.map((name) => group(loaded, name));
    expect(new Set([...taken, ...made]).size).toBe(12);
  });

  it('do not depend on a snapshot that has others', () => {
    const first = simulate({ seed, from: snapshot([]) });
    const other = simulate({ seed, from: snapshot(['sg-0b000000000000001']) });
    expect(group(first, 'a')).toBe(group(other, 'a'));
  });
});

it('idsIn: finds members that hold IDs, and keys of maps', () => {
  const data = { id: 'a1', subnetIds: ['s1', 's2'], name: 'n', $map: [['k1', { VpcId: 'v1', tags: { Name: 't' } }]] };
  expect(idsIn(data)).toEqual(['a1', 's1', 's2', 'k1', 'v1']);
});
