import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { defined } from '../../ground/defined.js';
import { InvalidInputError } from '../../ground/errors.js';
import { entryOf } from '../../ground/json.js';
import { isMembers, looseText, Open, type OpenValue } from '../declared/open.js';
import type { Value } from '../declared/values.js';
import type { DefaultPlace } from '../lay/places.js';
import type { PlanSet } from '../rows/plan-set.js';
import { isTagged, taggedStacks, type StackPlace, type TaggedStack } from '../cloudformation/identity.js';
import { Stack, type Naming, type StackContext } from '../cloudformation/plan.js';
import type { ChangeSetChange } from '../cloudformation/read-change-set.js';
import type { ParameterValue, Scope } from '../cloudformation/evaluate.js';
import { membersOf, type Template } from '../cloudformation/read-template.js';

/** A stack that is judged by its template alone. */
export interface DeclaredStack {
  readonly template: Template;
  /** Its file in the folder of an assembly. */
  readonly file?: string | undefined;
  /** Undefined: the tags in the snapshot tell it. */
  readonly name?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly parameters?: Readonly<Record<string, ParameterValue>> | undefined;
  /** The stack that has it, and the resource there. */
  readonly parent?: { readonly stack: DeclaredStack; readonly name: string } | undefined;
  /** Why the values of its template mean nothing. */
  readonly dummies?: string | undefined;
}

const LACKS = {
  parameter: 'has no value: give it with --parameters',
  other: 'is not in the template, nor in one that is judged with it',
};

/** A stack with what the tags of a snapshot say of it, and what becomes of its resources. */
export class FoundStack {
  readonly name: string | undefined;
  readonly place: Partial<StackPlace>;
  /** Physical IDs by logical ID. */
  readonly ids: Map<string, string>;
  /** Whether the tags show it, or none of its resources has tags that could. */
  readonly exists: boolean;
  /** Whether it does not exist for certain: the snapshot has the tags of other stacks, and none of one with its name. */
  readonly isNew: boolean;
  readonly changes = new Map<string, ChangeSetChange>();
  stack: Stack | undefined;

  constructor(
    readonly given: DeclaredStack,
    base: Snapshot | undefined,
    places: DefaultPlace,
    readonly set: PlanSet,
    readonly isOne: boolean,
    /** The stack that has it. */
    readonly parent?: FoundStack,
    readonly naming: Naming = {},
  ) {
    const tagged = taggedStacks(base).filter((one) => isOf(one, given, given.region ?? places.region, set, parent));
    const [first, second] = tagged;
    if (second !== undefined)
      throw new InvalidInputError(
        'INVALID_INPUT',
        `the template may be of several stacks: ${tagged.map(({ name, region }) => `${name} in ${region}`).join(', ')}`,
        { remedy: 'Name one with --stack and --region.' },
      );

    this.name = given.name ?? first?.name;
    this.ids = new Map(first?.ids);
    const mayHaveTags = Object.values(given.template.resources).some(({ Type }) => isTagged(listOf(Type, set)));
    this.exists = parent?.exists !== false && (first !== undefined || (base !== undefined && !mayHaveTags));
    this.isNew = given.name !== undefined && !this.exists && taggedStacks(base).length > 0;
    const regions = base?.regions ?? [];
    const region = given.region ?? first?.region ?? places.region ?? onlyOne(regions.map((one) => one.region));
    const own = regions.filter((one) => one.region === region).map(({ account }) => account);
    const account = given.account ?? first?.account ?? places.account ?? onlyOne(own);
    this.place = defined({ region, account, partition: region && set.cloudFormation.partitionOf(region) });
  }

  /** A resource as a change says it. */
  change(name: string, action: 'Add' | 'Modify' | 'Remove', lost?: string): void {
    const { Type } = entryOf(this.given.template.resources, name) ?? {};
    this.changes.set(name, {
      Action: action,
      LogicalResourceId: name,
      ResourceType: looseText(Type),
      ...(action === 'Add' ? {} : { BeforeContext: { Properties: {} } }),
      changed: [],
      lost,
    });
  }

  /** Whether it has a resource, where the conditions are decided, also those of what it is in. */
  has(name: string): boolean | Open {
    const outside = this.parent?.has(this.given.parent?.name ?? '') ?? true;
    const own = this.stack?.has(name) ?? true;
    return outside === true || own === false ? own : outside;
  }

  /** Whether a condition holds. */
  holds(name: string): boolean | Open {
    return this.stack?.holds(name) ?? true;
  }

  /** What reports call a resource: its logical ID, and the path of its construct; without that path, of several stacks, the name of its stack. */
  address(name: string): string {
    return addressIn(this.given, name, this.isOne);
  }

  evaluated(base: Snapshot | undefined, all: readonly FoundStack[]): Stack {
    const { given, name = '', ids, changes, place, parent, naming } = this;
    const context: StackContext = {
      lacks: LACKS,
      place,
      naming,
      ...(parent !== undefined && {
        parameter: (one: string) => givenBy(parent.stack?.propertyOf(given.parent?.name ?? '', 'Parameters'), one),
      }),
      output: (nested, wanted) => {
        const inner = all.find((one) => one.parent === this && one.given.parent?.name === nested);
        const value = entryOf(inner?.given.template.outputs, wanted)?.['Value'];
        return value === undefined ? undefined : inner?.stack?.valueOf(value);
      },
      exported: (wanted) => exportOf(wanted, all),
      address: (one) => this.address(one),
    };
    const set = {
      stackId: '',
      stackName: name,
      createdAt: undefined,
      parameters: given.parameters ?? {},
      changes: [...changes.values()],
      physicalIds: ids,
    };
    this.stack = new Stack(set, given.template, base, this.set.cloudFormation, context);
    return this.stack;
  }
}

/** Each resource of some stacks, by what reports call it. */
export function resourcesByAddress(
  stacks: readonly DeclaredStack[],
): ReadonlyMap<string, { readonly stack: DeclaredStack; readonly name: string }> {
  return new Map(
    stacks.flatMap((stack) =>
      Object.keys(stack.template.resources).map(
        (name) => [addressIn(stack, name, stacks.length === 1), { stack, name }] as const,
      ),
    ),
  );
}

function addressIn(given: DeclaredStack, name: string, isOne: boolean): string {
  const { template } = given;
  const path = looseText(membersOf(entryOf(template.resources, name)?.['Metadata'])['aws:cdk:path']);
  if (path !== undefined) return `${name} (${path.replace(/\/Resource$/, '')})`;

  return isOne ? name : `${titleOf(given)}.${name}`;
}

function titleOf({ name, parent }: DeclaredStack): string {
  return name ?? (parent === undefined ? '' : `${titleOf(parent.stack)}.${parent.name}`);
}

/** What a stack gives the parameters of one in it. */
function givenBy(parameters: OpenValue | undefined, name: string): ReturnType<Scope['parameter']> {
  const value = isMembers(parameters) ? entryOf(parameters, name) : parameters instanceof Open ? parameters : undefined;
  if (value === undefined || value === null) return undefined;

  return value instanceof Open || Array.isArray(value) ? value : String(value);
}

function exportOf(wanted: string, all: readonly FoundStack[]): OpenValue | undefined {
  for (const { given, stack } of all)
    for (const { Export: exported, Value: value } of Object.values(given.template.outputs))
      if (value !== undefined && stack?.valueOf(membersOf(exported)['Name'] ?? null) === wanted)
        return stack.valueOf(value as Value);
  return undefined;
}

/** Whether a template may be that of a stack: it has a resource of each kind under the same logical ID. */
function isOf(
  found: TaggedStack,
  { name, template, parent }: DeclaredStack,
  region: string | undefined,
  set: PlanSet,
  outer: FoundStack | undefined,
): boolean {
  if (region !== undefined && region !== found.region) return false;
  if (outer?.name !== undefined) return found.name.startsWith(`${outer.name}-${parent?.name ?? ''}-`);
  if (name !== undefined) return name === found.name;

  return [...found.lists].some(
    ([logical, list]) => listOf(entryOf(template.resources, logical)?.['Type'], set) === list,
  );
}

/** The list that has the resources of a type. Undefined: they are parts of others, or are not laid. */
function listOf(type: unknown, set: PlanSet): string | undefined {
  const row = set.row(set.cloudFormation.known(String(type))?.type ?? '');
  return row?.isPart === true ? undefined : row?.list;
}

function onlyOne(values: readonly string[]): string | undefined {
  const [only, other] = new Set(values);
  return other === undefined ? only : undefined;
}
