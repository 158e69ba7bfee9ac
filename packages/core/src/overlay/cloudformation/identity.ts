import type { SecurityGroupRule } from '../../do/model/network.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { ChangeSet } from './read-change-set.js';
import type { OpenMembers, OpenValue } from '../declared/open.js';
import type { Rules } from './convert.js';

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

/** A stack that tags in a snapshot name. */
export interface TaggedStack {
  readonly name: string;
  /** Undefined: its tags do not have it. */
  readonly stackId: string | undefined;
  readonly region: string;
  readonly account: string;
  /** Physical IDs by logical ID. */
  readonly ids: Map<string, string>;
  /** The list that has each, by logical ID. */
  readonly lists: Map<string, string>;
}

/** Whether resources of a list have the tags of CloudFormation in a snapshot. */
export function isTagged(list: string | undefined): boolean {
  return TAGGED.some((one) => one === list);
}

/**
 * The stacks of a snapshot, by the tags that CloudFormation gives to what it creates.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 */
export function taggedStacks(base: Snapshot | undefined): readonly TaggedStack[] {
  const found = new Map<string, TaggedStack>();
  for (const region of base?.regions ?? [])
    for (const list of TAGGED)
      for (const { id, tags = {} } of region[list]) {
        const [name, logical, stackId] = TAGS.map((one) => tags[one]);
        if (name === undefined || logical === undefined) continue;

        const { region: of, account } = stackPlace(stackId ?? '') ?? region;
        const key = stackId ?? `${of} ${account} ${name}`;
        const one = found.get(key) ?? { name, stackId, region: of, account, ids: new Map(), lists: new Map() };
        one.ids.set(logical, id);
        one.lists.set(logical, list);
        found.set(key, one);
      }
  return [...found.values()];
}

const TAGS = ['stack-name', 'logical-id', 'stack-id'].map((one) => `aws:cloudformation:${one}`);

/** Physical IDs by logical ID, as {@link taggedStacks} has them. */
export function idsInSnapshot(
  { stackId, stackName }: ChangeSet,
  base: Snapshot | undefined,
): ReadonlyMap<string, string> {
  const region = stackPlace(stackId)?.region;
  const own = taggedStacks(base).filter(
    (one) =>
      one.name === stackName && (one.stackId ?? stackId) === stackId && (region === undefined || one.region === region),
  );
  return new Map(own.flatMap(({ ids }) => [...ids]));
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

/** A part of a resource that is a resource of its own for Terraform. */
export interface PartType {
  readonly type: string;
  /** The attributes of each part; `self` is the ID of the resource. */
  readonly of: (properties: OpenMembers, self: OpenValue) => readonly OpenMembers[];
}

/** A type of resource of CloudFormation, as a type of the Terraform provider, for whose attributes there are rows. */
export interface ResourceType {
  readonly type: string;
  readonly rules?: Rules | undefined;
  /** Attributes that have the ID which `Ref` returns; by default `id`. The first one is what `Ref` is. */
  readonly ids?: readonly string[] | undefined;
  /** What `Fn::GetAtt` returns, by its attribute, where that is of the ID or has another name. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /** `Fn::GetAtt` also returns properties. cfn-lint has the types: `readOnlyProperties` of the schemas, and what it found besides. */
  readonly getsProperties?: true | undefined;
  readonly parts?: readonly PartType[] | undefined;
  /** Attributes that several properties make. */
  readonly shape?: ((properties: OpenMembers) => OpenMembers) | undefined;
  /** Only resources with this property are of the type. */
  readonly only?: string | undefined;
  /** What CloudFormation does where a property is not set. */
  readonly defaults?: OpenMembers | undefined;
  /** Set where a resource takes the defaults away from the security group that a property of it names; `of` is the type of that group. */
  readonly dropsDefaults?: { readonly property: string; readonly of: string } | undefined;
  /** Attributes that follow from the ID of a resource which exists, and from what is known of its place. */
  readonly byId?: ((id: string, known: KnownPlace) => Readonly<Record<string, string>>) | undefined;
}

/** The types of resources of CloudFormation that are of one cloud. */
export interface ResourceTypes {
  /** By their names: `AWS::EC2::Subnet`. Their attributes are known. */
  readonly types: Readonly<Record<string, ResourceType>>;
  /**
   * Types that decide about paths, or may register targets, and that are not laid: by the beginning of their names, as those of
   * Terraform.
   */
  readonly others: readonly (readonly [beginning: string, type: string])[];
  /** The partition of a region, as ARNs have it. */
  readonly partitionOf?: ((region: string) => string) | undefined;
}

/** The types of several clouds. */
export class ResourceTypeSet {
  readonly #types: ReadonlyMap<string, ResourceType>;
  readonly #others: ResourceTypes['others'];

  constructor(private readonly all: readonly ResourceTypes[]) {
    this.#types = new Map(all.flatMap(({ types }) => Object.entries(types)));
    this.#others = all.flatMap(({ others }) => others);
  }

  /** The partition of a region, where it is known. */
  partitionOf(region: string): string | undefined {
    return this.all[0]?.partitionOf?.(region);
  }

  /** A type whose attributes are known. */
  known(name: string): ResourceType | undefined {
    return this.#types.get(name);
  }

  /** The same, and one of which only the type counts. Undefined: it does not decide about paths. */
  of(name: string): ResourceType | undefined {
    const known = this.known(name);
    if (known !== undefined) return known;

    const other = this.#others.find(([beginning]) => name.startsWith(beginning));
    return other === undefined ? undefined : { type: other[1] };
  }
}
