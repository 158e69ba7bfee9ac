import type { SecurityGroupRule } from '../../do/model/network.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { ChangeSet } from './read-change-set.js';

/** Where a stack is. */
export interface StackPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** By the ID of a stack, or of a change set: `arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/…`. */
export function stackPlace(id: string): StackPlace | undefined {
  const [, partition, region, account] = /^arn:([\w-]+):cloudformation:([\w-]+):(\d{12}):/.exec(id) ?? [];
  if (partition === undefined || region === undefined || account === undefined) return undefined;
  return { partition, region, account };
}

/** Lists whose items have tags. */
const TAGGED = ['links', 'gateways', 'networks', 'subnets', 'securityGroups'] as const;

/**
 * Physical IDs by logical ID, by the tags that CloudFormation gives to what it creates.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 */
export function idsInSnapshot(
  { stackId, stackName }: ChangeSet,
  base: Snapshot | undefined,
): ReadonlyMap<string, string> {
  const region = stackPlace(stackId)?.region;
  const ids = new Map<string, string>();
  for (const one of base?.regions ?? []) {
    if (region !== undefined && one.region !== region) continue;
    for (const list of TAGGED)
      for (const { id, tags = {} } of one[list]) {
        const isOwn = (tags['aws:cloudformation:stack-id'] ?? stackId) === stackId;
        const name = tags['aws:cloudformation:logical-id'];
        if (name !== undefined && isOwn && tags['aws:cloudformation:stack-name'] === stackName) ids.set(name, id);
      }
  }
  return ids;
}

/** What is known of the place of a stack. */
export interface KnownPlace {
  readonly place: StackPlace | undefined;
  /** The primary interfaces of instances, by the instance. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** The groups with a rule that allows everything to leave. */
  readonly openGroups: ReadonlySet<string>;
}

/** The groups of a snapshot with the rule that EC2 creates, which allows everything to leave. */
export function openGroups(base: Snapshot | undefined): ReadonlySet<string> {
  const all = base?.regions.flatMap(({ securityGroups }) => securityGroups) ?? [];
  const isOpen = ({ direction, protocol, cidrBlock }: SecurityGroupRule): boolean =>
    direction === 'out' && protocol === 'all' && cidrBlock === '0.0.0.0/0';
  return new Set(all.flatMap(({ id, rules }) => (rules.some(isOpen) ? id : [])));
}

/** CloudFormation does not name the interface that is created with an instance: the snapshot does. */
export function primaryInterfaces(base: Snapshot | undefined): ReadonlyMap<string, string> {
  const all = base?.regions.flatMap(({ interfaces }) => interfaces) ?? [];
  return new Map(
    all.flatMap(({ id, primary, attachedTo }) =>
      primary === true && attachedTo !== undefined ? [[attachedTo, id] as const] : [],
    ),
  );
}
