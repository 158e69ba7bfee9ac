import { CLOUDS } from '../../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { IndexedList } from '../../../../src/do/world/views.js';
import { indexRegion } from '../../../../src/do/world/index/region-index.js';
import type { RegionSnapshot, SnapshotList } from '../../../../src/do/snapshot/snapshot.js';
import { awsRegion, LISTENER } from '../../../check/checks/aws-region.js';

function region(change: Partial<RegionSnapshot>): RegionSnapshot {
  return { ...awsRegion(), ...change };
}

function gap(of: SnapshotList | undefined, id?: string, permission?: string): RegionSnapshot['gaps'][number] {
  return {
    what: `${of ?? 'everything'} of vpc-1`,
    operation: 'Describe',
    code: 'PERMISSION_DENIED',
    of,
    id,
    permission,
  };
}

describe('a resource that a list lacks', () => {
  it.each<[string, Partial<RegionSnapshot>, IndexedList, 'absent' | 'unknown']>([
    ['a whole network list', {}, 'subnets', 'absent'],
    ['an incomplete network list', { whole: [] }, 'subnets', 'unknown'],
    ['a list that was not read', { routeTables: undefined }, 'routeTables', 'unknown'],
    ['a list that is marked as whole, and was not read', { zones: undefined }, 'zones', 'unknown'],
    ['a list of requested resources', { whole: [] }, 'targets', 'absent'],
    ['a list of requested resources that was not read', { services: undefined }, 'services', 'unknown'],
    ['a whole list with a gap', { gaps: [gap('subnets')] }, 'subnets', 'unknown'],
    ['a list of requested resources with a gap', { gaps: [gap('gateways')] }, 'gateways', 'unknown'],
    ['a list while a gap touches every list', { gaps: [gap(undefined)] }, 'subnets', 'unknown'],
    ['a list with a gap of this ID', { gaps: [gap('gateways', 'gone')] }, 'gateways', 'unknown'],
    ['a list with a gap of another ID', { gaps: [gap('gateways', 'other')] }, 'gateways', 'absent'],
    ['a list while a gap touches another one', { gaps: [gap('networks')] }, 'subnets', 'absent'],
    ['a list while a gap touches another ID in any list', { gaps: [gap(undefined, 'other')] }, 'subnets', 'absent'],
  ])('%s', (_, change, list, answer) => {
    expect(indexRegion(region(change), CLOUDS).find(list, 'gone').is).toBe(answer);
    expect(indexRegion(region(change), CLOUDS).missing(list, 'gone') === undefined).toBe(answer === 'absent');
  });

  it('names the permissions that are missing', () => {
    const gaps = [gap('subnets', undefined, 'ec2:DescribeSubnets'), gap('subnets', undefined, 'ec2:Other')];
    expect(indexRegion(region({ gaps }), CLOUDS).find('subnets', 'gone')).toEqual({
      is: 'unknown',
      missing: {
        what: 'subnets of vpc-1',
        remedy:
          'Allow ec2:DescribeSubnets and ec2:Other for these credentials, then run the check again, with a new snapshot where it reads one.',
        permission: 'ec2:DescribeSubnets',
        permissions: ['ec2:DescribeSubnets', 'ec2:Other'],
        failed: true,
        gap: gaps[0],
      },
    });
    expect(indexRegion(region({ whole: [] }), CLOUDS).missing('networkAcls', 'acl-9')).toMatchObject({
      what: 'network ACL acl-9 of eu-west-1',
      remedy: expect.stringContaining('postern snapshot') as string,
    });
  });
});

describe('a resource or list in the snapshot', () => {
  it('is found, also in a list with gaps', () => {
    const index = indexRegion(region({ gaps: [gap('subnets')], whole: [] }), CLOUDS);
    expect(index.find('subnets', 'subnet-a')).toMatchObject({ is: 'found', value: { cidrBlock: '10.0.1.0/24' } });
    expect(index.find('targets', LISTENER).is).toBe('found');
  });

  it('is incomplete only where a gap touches that resource', () => {
    expect(indexRegion(region({ whole: [] }), CLOUDS).missing('subnets', 'subnet-a')).toBeUndefined();
    expect(
      indexRegion(region({ gaps: [gap('gateways', 'api-1')] }), CLOUDS).missing('gateways', 'api-1'),
    ).toBeDefined();
    expect(
      indexRegion(region({ gaps: [gap('gateways', 'api-2')] }), CLOUDS).missing('gateways', 'api-1'),
    ).toBeUndefined();
  });

  it('is complete only as a whole list without gaps', () => {
    expect(indexRegion(region({}), CLOUDS).all('subnets').missing).toBeUndefined();
    expect(indexRegion(region({}), CLOUDS).all('subnets').items).toHaveLength(5);
    expect(indexRegion(region({ gaps: [gap('subnets', 'subnet-9')] }), CLOUDS).all('subnets').missing).toBeDefined();
    // The list of targets has only requested ones.
    expect(indexRegion(region({}), CLOUDS).all('targets').missing).toMatchObject({
      what: 'all targets of eu-west-1',
    });
    expect(indexRegion(region({ peerings: undefined }), CLOUDS).all('peerings')).toMatchObject({ items: [] });
  });

  it('is grouped once for each name', () => {
    let asked = 0;
    const index = indexRegion(region({}), CLOUDS);
    const group = (): ReadonlyMap<string, readonly { readonly id: string }[]> =>
      index.group('subnets', 'zone', ({ zone }) => {
        asked += 1;
        return [zone, zone, undefined];
      });
    expect(
      group()
        .get('euw1-az1')
        ?.map(({ id }) => id),
    ).toEqual(['subnet-a', 'subnet-lb-a']);
    expect(group()).toBe(group());
    expect(asked).toBe(5);
  });

  it('holds the first of two resources with one ID, as a list may repeat what changed while it was read', () => {
    const [first] = awsRegion().subnets;
    const index = indexRegion(region({ subnets: [first!, { ...first!, name: 'again' }] }), CLOUDS);
    expect(index.find('subnets', first!.id)).toEqual({ is: 'found', value: first });
  });

  it('with names of inherited members is plain data', () => {
    const subnets = [{ ...awsRegion().subnets[0]!, id: '__proto__' }];
    const index = indexRegion(region({ subnets }), CLOUDS);
    expect(index.find('subnets', '__proto__').is).toBe('found');
    expect(index.find('subnets', 'constructor').is).toBe('absent');
    expect(index.group('subnets', 'x', ({ id }) => [id]).get('toString')).toBeUndefined();
  });
});

it('answers ten thousand questions with ten thousand gaps in linear time', () => {
  const gaps = Array.from({ length: 10_000 }, (_, at) => gap('gateways', `api-${at}`, 'apigateway:GET'));
  const index = indexRegion(region({ gaps }), CLOUDS);
  let unknown = 0;
  for (let at = 0; at < 20_000; at += 1) if (index.find('gateways', `api-${at}`).is === 'unknown') unknown += 1;
  expect(unknown).toBe(9_999); // api-1 exists
});
