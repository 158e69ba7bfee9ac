import {
  formatPrefix,
  type DeclaredLink,
  type Prefix,
  type SpecFault,
  type DeclaredElsewhere,
} from '@postern/core/internal/kinds';
import { prefixOf, type DeclaredKind } from '../../cloud/keys.js';
import { INSTANCE_CIDRS, localBlockErrors } from './blocks.js';
import { LISTED_SPECS, specStanding } from './instance-specs.js';

/**
 * An API group. Its instance is a property that forces a replacement in Terraform and Pulumi, and that ROS cannot change.
 * @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/api_gateway_group
 * @see https://www.alibabacloud.com/help/doc-detail/61467.htm
 */
export const GROUP_DECLARED: DeclaredElsewhere = {
  undone: ({ gateway, old }) =>
    `if Terraform or Pulumi declares ${gateway} on ${old}, the next run destroys the group and creates another one`,
  check: 'Check that a plan replaces nothing.',
  edits: ({ gateway, old, next }) => [
    {
      kind: 'Terraform',
      id: 'alicloud_api_gateway_group',
      lines: [
        `instance_id = ${JSON.stringify(old)} → instance_id = ${JSON.stringify(next)} on the resource whose id is ${gateway}`,
        'keep lifecycle { prevent_destroy = true } on it',
        'then terraform plan must report "No changes"',
      ],
    },
    {
      kind: 'Pulumi',
      id: 'alicloud.apigateway.Group',
      lines: [
        `instanceId: ${JSON.stringify(old)} → instanceId: ${JSON.stringify(next)} with { protect: true }`,
        'then pulumi refresh, and pulumi preview must show no replacement',
      ],
    },
    {
      kind: 'ROS',
      id: 'ALIYUN::ApiGateway::Group',
      lines: [
        `leave "InstanceId": ${JSON.stringify(old)} as it is (it cannot be updated) and add "DeletionPolicy": "Retain"`,
      ],
    },
  ],
};

/**
 * Names that are safe for instances: those that Terraform's provider accepts as well
 * (`alicloud_api_gateway_instance`).
 */
const INSTANCE_NAME = /^[A-Za-z0-9_-]+$/;

/** What a spec may not say of an instance, and what a purchase needs. */
export const INSTANCE_DECLARED: DeclaredKind = {
  faults: (link, key) => {
    const isBought = link.id === undefined && link.subnets !== undefined && link.owner !== 'external';
    const own = ownBlock(link);
    return [
      ...(isBought ? purchaseFaults(key, link) : []),
      ...instanceFaults(link),
      ...(own === undefined ? [] : cidrFaults(own)),
    ];
  },
  blockErrors: (block, link) => {
    const own = ownBlock(link);
    return localBlockErrors(formatPrefix(block), block, own && formatPrefix(own));
  },
};

const ownBlock = (link: DeclaredLink): Prefix | undefined => prefixOf(link['instanceCidr'] as string | undefined);

/** What only gateways are created with. */
function instanceFaults(link: DeclaredLink): readonly SpecFault[] {
  if (link['access'] === undefined) return [];

  const remedy = 'Remove access, or write kind: apig-gateway.';
  return [{ code: 'INVALID_SPEC', message: 'an instance has no access', remedy, path: ['access'], key: true }];
}

/** Type and own block have defaults, which the plan shows with the price; the groups of its interfaces have none. */
function purchaseFaults(key: string, link: DeclaredLink): readonly SpecFault[] {
  const faults: SpecFault[] = [];
  if (link.securityGroups === undefined || link.securityGroups.length === 0) {
    faults.push({
      code: 'SECURITY_GROUP_REQUIRED',
      message: 'an instance cannot be created without a security group for its network interfaces',
      remedy: 'Write securityGroups: one for all subnets, or one for each.',
      path: [],
    });
  }
  const spec = link['spec'] as string | undefined;
  if (spec !== undefined && specStanding(spec) === 'none') {
    faults.push({
      code: 'INVALID_SPEC',
      message: `${spec} is not a valid instance type`,
      remedy: `Write one of ${LISTED_SPECS.join(', ')}.`,
      path: ['spec'],
    });
  }
  const written = link.name ?? key;
  if (INSTANCE_NAME.test(written)) return faults;

  faults.push({
    code: 'NAME_NOT_ALLOWED',
    message: `${written} is not a valid name of an instance`,
    remedy: 'Use letters, digits, "_" and "-", or set another name with `name` on the link.',
    path: link.name === undefined ? [] : ['name'],
  });
  return faults;
}

function cidrFaults(instance: Prefix): readonly SpecFault[] {
  if (INSTANCE_CIDRS.some((block) => block === formatPrefix(instance))) return [];

  return [
    {
      code: 'INSTANCE_CIDR_NOT_ALLOWED',
      message: `${formatPrefix(instance)} cannot be the block of an instance`,
      remedy: `Write ${INSTANCE_CIDRS.join(' or ')}: the one that does not overlap what the instance must reach.`,
      path: ['instanceCidr'],
    },
  ];
}
