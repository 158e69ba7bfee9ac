import { plans as alibaba } from '@postern/alibaba/plans';
import { plans as aws } from '@postern/aws/plans';
import { describe, expect, it } from 'vitest';
import { RESOURCES, type ResourceList } from '../../../core/src/do/snapshot/resources/resources.js';

type Reasons = Readonly<Partial<Record<ResourceList, string>>>;

/** Lists that no row lays, on any cloud. */
const ALWAYS: Reasons = {
  egress: 'follows from links, subnets and load balancers: completed',
  zones: 'no resource creates a zone',
};

const REASONS: readonly (readonly [string, typeof aws, Reasons])[] = [
  [
    'aws',
    aws,
    {
      targets: 'listeners and services are targets: completed',
      allowlists: 'the rules of the groups of links, which are laid',
      instances: 'an instance is known by its interfaces, which are laid',
      privateDomains: 'not read',
      serviceRoles: 'not read',
    },
  ],
  [
    'alibaba',
    alibaba,
    {
      allowlists: 'laid by the rows of instances and groups',
      virtualGateways: 'not read',
      endpoints: 'not read',
      endpointServices: 'not read',
      certificates: 'not read',
      services: 'not read',
      registrars: 'not read',
      privateDomains: 'a name of an instance inside its network, which no resource of the provider creates',
      serviceRoles: 'asked before an instance is created by a spec; decides no path',
    },
  ],
];

describe.each(REASONS)('the lists of a snapshot of %s', (_, { terraform: { rows, opaqueTypes } }, own) => {
  const reasons: Reasons = { ...ALWAYS, ...own };
  const laid = new Set([...Object.values(rows).map(({ list }) => list), ...opaqueTypes.map(([, list]) => list)]);

  it.each(Object.keys(RESOURCES) as ResourceList[])(
    '%s is laid, reported as not judged, or named with a reason',
    (list) => {
      expect(laid.has(list)).toBe(reasons[list] === undefined);
    },
  );
});
