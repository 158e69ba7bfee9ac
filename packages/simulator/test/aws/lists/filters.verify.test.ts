import type { Reservation, SecurityGroup, VpnConnection } from '@aws-sdk/client-ec2';
import { beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../../src/aws/services.js';
import { serviceModel } from '../../../src/aws/service-table.js';
import { documentedFilters } from './documented-filters.js';
import { REGION, richWorld, type RichWorld } from './rich-world.js';
import { secondNetwork } from './second-network.js';
import { shownValues } from './shown-values.js';

/** Values of one filter that are tried; a filter such as `private-ip-address` has one for every item. */
const MOST_VALUES = 4;

/** What some lists need to show everything. */
const INPUTS: Readonly<Record<string, (world: RichWorld) => object>> = {
  DescribeAvailabilityZones: () => ({ AllAvailabilityZones: true }),
  DescribeLaunchTemplateVersions: () => ({ LaunchTemplateName: 'web-1' }),
  DescribeRegions: () => ({ AllRegions: true }),
  GetSubnetCidrReservations: ({ subnetId }) => ({ SubnetId: subnetId }),
  GetTransitGatewayRouteTableAssociations: ({ transitTableId }) => ({ TransitGatewayRouteTableId: transitTableId }),
  GetTransitGatewayRouteTablePropagations: ({ transitTableId }) => ({ TransitGatewayRouteTableId: transitTableId }),
};

type Hidden = {
  readonly value: string;
  readonly selects: (item: object, facts: { readonly defaultVpcId: string | undefined }) => boolean;
};

const ofMachine = (item: object) =>
  (item as Reservation).Instances?.some(({ KeyName }) => KeyName !== undefined) === true;
const isLaunched = (item: object) =>
  (item as Reservation).Instances?.some(({ ClientToken }) => ClientToken?.startsWith('launch-')) === true;
const hasInterface = (item: object) =>
  (item as Reservation).Instances?.some(({ NetworkInterfaces = [] }) => NetworkInterfaces.length > 0) === true;

/** Filters whose values the items do not show, with a value and what it selects. */
const HIDDEN: Readonly<Record<string, Readonly<Record<string, Hidden>>>> = {
  DescribeInstances: {
    'network-interface.operator.managed': { value: 'false', selects: hasInterface },
    'network-interface.requester-id': { value: '*', selects: hasInterface },
    'network-interface.requester-managed': { value: 'false', selects: hasInterface },
    'network-interface.tag-key': { value: 'Name', selects: (item) => hasInterface(item) && isLaunched(item) },
    'network-interface.tag-value': { value: 'of machine 0', selects: ofMachine },
  },
  DescribeSecurityGroups: {
    // Rules have names of groups in a default VPC only: https://github.com/getmoto/moto/issues/4079
    'ip-permission.group-name': {
      value: '*',
      selects: (item, { defaultVpcId }) => (item as SecurityGroup).VpcId === defaultVpcId,
    },
  },
  DescribeVpnConnections: {
    'bgp-asn': { value: '65000', selects: (item) => (item as VpnConnection).TransitGatewayId !== undefined },
  },
};

const { operations } = await serviceModel('ec2');
/** Every list of EC2 that is simulated, with the filters that the SDK documents for it. */
const LISTS = registry.operations
  .filter(
    ({ service, name }) =>
      service === 'ec2' &&
      operations.get(name)?.input.members.some((member) => member.name === 'Filters' && !member.required), // a search needs some
  )
  .map(({ name }) => ({ name, documented: documentedFilters(name) }))
  .filter(({ documented }) => documented.length > 0);

let world: RichWorld;
beforeAll(async () => {
  world = await richWorld();
  await secondNetwork(world.clients);
});

/** EC2's wildcards are escaped. */
const literal = (value: string) => value.replaceAll(/[\\*?]/g, String.raw`\$&`);

describe.each(LISTS)('$name', ({ name, documented }) => {
  const list = (filter?: string, ...Values: readonly string[]): readonly object[] => {
    const output = world.sim.call(
      { service: 'ec2', operation: name, region: REGION },
      { ...INPUTS[name]?.(world), ...(filter === undefined ? {} : { Filters: [{ Name: filter, Values }] }) },
    );
    return Object.values(output as object).find((member) => Array.isArray(member)) as readonly object[];
  };
  const filters = documented.filter(
    (filter) => !['tag', 'tag-key', ...Object.keys(HIDDEN[name] ?? {})].includes(filter),
  );

  it('has filters that select the items that show the value', () => {
    const all = list();
    for (const filter of filters) {
      const valuesOf = (item: object) => shownValues(name, filter, item);
      for (const value of [...new Set(all.flatMap(valuesOf))].filter((text) => text !== '').slice(0, MOST_VALUES)) {
        const expected = all.filter((item) => valuesOf(item).includes(value));
        expect(list(filter, literal(value)), `${filter}=${value}`).toEqual(expected);
      }
      // No value finds an item that shows none. Whether an empty text is a value is open.
      const isOpen = (item: object) => valuesOf(item).length > 0 && valuesOf(item).every((value) => value === '');
      const found = list(filter, '*');
      expect(
        found.filter((item) => !isOpen(item)),
        filter,
      ).toEqual(all.filter((item) => !isOpen(item) && valuesOf(item).length > 0));
    }
  });

  it.runIf(HIDDEN[name])('has filters on what its items do not show', async () => {
    const { Vpcs = [] } = await world.clients.ec2.describeVpcs({});
    const defaultVpcId = Vpcs.find(({ IsDefault }) => IsDefault)?.VpcId;
    for (const [filter, { value, selects }] of Object.entries(HIDDEN[name] ?? {})) {
      const expected = list().filter((item) => selects(item, { defaultVpcId }));
      expect(expected.length).toBeGreaterThan(0);
      expect(list(filter, value), `${filter}=${value}`).toEqual(expected);
      expect(list(filter, 'no-such-value')).toEqual([]);
    }
  });

  it.runIf(documented.includes('tag') && name !== 'DescribeTags')('selects by tags', () => {
    const all = list();
    const tagsOf = (item: object) => {
      type Tagged = Partial<Record<'Tags' | 'TagSet', { Key?: string }[]>>;
      const { Tags, TagSet, Instances = [] } = item as Tagged & { Instances?: Tagged[] };
      return Tags ?? TagSet ?? Instances.flatMap((one) => one.Tags ?? []);
    };
    const withTeam = all.filter((item) => tagsOf(item).some(({ Key }) => Key === 'team'));
    expect(list('tag:team', 'payments')).toEqual(withTeam);
    expect(list('tag:team', 'pay*', 'x?')).toEqual(withTeam);
    expect(list('tag-key', 'team')).toEqual(withTeam);
    expect(list('tag:team', 'Payments')).toEqual([]);
  });

  it('refuses a filter that it does not have, and too many values; no value finds nothing', () => {
    for (const unknown of ['no-such-filter', 'toString']) {
      expect(() => list(unknown, 'a')).toThrow(expect.objectContaining({ code: 'InvalidParameterValue' }));
    }
    const [filter] = filters;
    if (filter === undefined) return;
    expect(list(filter)).toEqual([]);
    const many = Array.from({ length: 201 }, (_, at) => `sg-${at.toString(16).padStart(17, '0')}`);
    expect(() => list(filter, ...many)).toThrow(expect.objectContaining({ code: 'FilterLimitExceeded' }));
  });
});
