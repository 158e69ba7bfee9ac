import { entryOf } from '../../ground/json.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { instanceOf, OpenReferences, ROOT, type OpenInstance, type OpenResource } from '../declared/open-plan.js';
import { Fuel, isTooLarge } from '../declared/fuel.js';
import { closed, isMembers, looseTexts, Open, type OpenMembers, type OpenValue } from '../declared/open.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import { parsePlan, type Value } from '../declared/values.js';
import { converted, snake } from './convert.js';
import { condition, evaluate, isLater, merged, type Scope } from './evaluate.js';
import {
  idsInSnapshot,
  openGroups,
  primaryInterfaces,
  stackPlace,
  type KnownPlace,
  type StackPlace,
  type ResourceType,
  type ResourceTypeSet,
} from './identity.js';
import type { ChangeSet, ChangeSetChange } from './read-change-set.js';
import { membersOf, type Template } from './read-template.js';
import { notesOf, propertyText, WORDS } from './words.js';

/** The type of a stack in a stack. */
export const NESTED = 'AWS::CloudFormation::Stack';

const NO_TEMPLATE: Template = {
  parameters: {},
  mappings: null,
  conditions: {},
  resources: {},
  outputs: {},
  transform: undefined,
};

/**
 * A change set as it is laid over a snapshot: values are those that the change set shows, else those of the template.
 * The snapshot tells the IDs of what does not change, by the tags of CloudFormation.
 */
export function changeSetPlan(
  changeSet: ChangeSet,
  given: Template | undefined,
  base: Snapshot | undefined,
  types: ResourceTypeSet,
): ToolPlan {
  const resources = new Stack(changeSet, given ?? NO_TEMPLATE, base, types).resources();
  const instances = resources.map(instanceOf);
  return {
    words: WORDS,
    timestamp: changeSet.createdAt,
    partial: changeSet.changes
      .filter(({ ResourceType }) => ResourceType === NESTED)
      .map((one) => `${one.LogicalResourceId} is a nested stack, whose changes are in a change set of its own`),
    notes: notesOf(changeSet, given, types),
    instances,
    references: (symbolOf) => new OpenReferences(instances, WORDS.later, symbolOf),
    regionOf: () => stackPlace(changeSet.stackId)?.region,
    waitsFor: (one, other) =>
      names(one, other) || dependsOn(entryOf(given?.resources, one.address)).includes(other.address),
    waitedFor: ({ address }, other) => dependsOn(entryOf(given?.resources, address)).includes(other.address),
    deletesLast: true,
    undoneWith: () => true,
  };
}

/** What a stack is evaluated with, besides its files. */
export interface StackContext {
  readonly lacks?: Scope['lacks'];
  readonly place: Partial<StackPlace> | undefined;
  readonly exported?: Scope['exported'];
  /** Of a stack in a stack, what that one gives; by default what the change set has. */
  readonly parameter?: Scope['parameter'] | undefined;
  /** What an output of a stack in this one is, where its template is known. */
  readonly output?: ((nested: string, output: string) => OpenValue | undefined) | undefined;
  /** What a resource is called in reports; by default its logical ID. */
  readonly address?: ((name: string) => string) | undefined;
  /** What is named while something is evaluated: of all stacks that are judged together. */
  readonly naming?: Naming | undefined;
}

/** The addresses of what is named while a resource is evaluated. */
export interface Naming {
  names?: Set<string> | undefined;
}

/** Evaluates the resources of a stack. */
export class Stack {
  readonly #changes: ReadonlyMap<string, ChangeSetChange>;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #known: KnownPlace;
  readonly #scope: Scope;
  readonly #address: (name: string) => string;
  readonly #naming: Naming;
  /** What each resource names. */
  readonly #names = new Map<string, ReadonlySet<string>>();
  /** By type, the resources without their defaults, because another resource of the template names them. */
  readonly #withoutDefaults: ReadonlySet<string>;
  /** Attributes of what exists that the change set shows where the template names them. */
  readonly #shownOf = new Map<string, Record<string, string>>();

  constructor(
    readonly changeSet: ChangeSet,
    readonly template: Template,
    base: Snapshot | undefined,
    readonly types: ResourceTypeSet,
    readonly context: StackContext = { place: stackPlace(changeSet.stackId) },
  ) {
    this.#changes = new Map(changeSet.changes.map((one) => [one.LogicalResourceId, one] as const));
    this.#ids = new Map([...idsInSnapshot(changeSet, base), ...changeSet.physicalIds]);
    const { place, lacks, exported, address = (name) => name, naming = {} } = context;
    const { parameter = (name: string) => entryOf(changeSet.parameters, name) } = context;
    this.#address = address;
    this.#naming = naming;
    this.#known = { place: wholePlace(place), interfaces: primaryInterfaces(base), openGroups: openGroups(base) };
    this.#scope = {
      template,
      parameter,
      lacks,
      exported,
      pseudo: {
        Region: place?.region,
        AccountId: place?.account,
        Partition: place?.partition,
        URLSuffix: place?.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
        StackId: changeSet.stackId || undefined,
        StackName: changeSet.stackName || undefined,
      },
      resource: (name, attribute) => this.#attribute(name, attribute),
      fuel: new Fuel({ of: 'the template', remedy: 'Write fewer values into it.' }),
    };
    for (const [name, { AfterContext }] of this.#changes)
      this.#show(entryOf(template.resources, name)?.['Properties'], this.#shown(AfterContext));
    // https://github.com/aws/aws-cdk/issues/987
    this.#withoutDefaults = new Set(
      Object.values(template.resources).flatMap(({ Type, Properties }) => {
        const { dropsDefaults: drops } = types.known(String(Type)) ?? {};
        if (drops === undefined) return [];

        return namesIn(membersOf(Properties)[drops.property] ?? null).map((name) => `${drops.of} ${name}`);
      }),
    );
  }

  /** A template that names an attribute of what exists, and its value in the change set. */
  #show(written: Value | undefined, shown: OpenValue | undefined): void {
    const [name, attribute] = attributeIn(written) ?? [];
    if (name !== undefined && attribute !== undefined) {
      const { attributes = {} } = this.types.of(this.#typeOf(name)) ?? {};
      const { Action, Replacement } = this.#changes.get(name) ?? {};
      if (typeof shown === 'string' && !isLater(shown) && Action !== 'Add' && Replacement !== 'True')
        this.#shownOf.set(name, {
          ...this.#shownOf.get(name),
          [entryOf(attributes, attribute) ?? snake(attribute)]: shown,
        });
    } else if (Array.isArray(written) && Array.isArray(shown))
      for (const [at, one] of (written as readonly Value[]).entries()) this.#show(one, shown[at] as OpenValue);
    else if (isMembers(shown))
      for (const [one, value] of Object.entries(membersOf(written))) this.#show(value, shown[one]);
  }

  resources(): readonly OpenResource[] {
    const changed = this.changeSet.changes.flatMap((one) => this.#changed(one));
    const others = Object.keys(this.template.resources).filter((name) => !this.#changes.has(name));
    return [...changed, ...others.flatMap((name) => this.#unchanged(name))];
  }

  /** A property of a resource. */
  propertyOf(name: string, property: string): OpenValue {
    return this.valueOf(this.#written(name)[property] ?? null);
  }

  #written(name: string): { readonly [property: string]: Value } {
    return membersOf(entryOf(this.template.resources, name)?.['Properties']);
  }

  /** A value of the template, such as that of an output. */
  valueOf(value: Value): OpenValue {
    return evaluate(value, this.#scope);
  }

  /** Whether the template has a resource where its conditions are decided. */
  has(name: string): boolean | Open {
    const named = entryOf(this.template.resources, name)?.['Condition'];
    return named === undefined ? true : this.holds(named);
  }

  holds(name: Value): boolean | Open {
    return condition({ Condition: name }, this.#scope);
  }

  #changed(change: ChangeSetChange): readonly OpenResource[] {
    const { Action, LogicalResourceId: name, ResourceType, Replacement, PolicyAction = '' } = change;
    const type = this.types.of(ResourceType ?? '');
    if (type === undefined || Action === 'SyncWithActual') return [];

    const before =
      Action === 'Add' ? undefined : (merged(this.#shown(change.BeforeContext), undefined) as OpenMembers | undefined);
    const after = Action === 'Remove' ? undefined : this.#after(name, change, before);
    const isReplaced = Action === 'Modify' && Replacement === 'True';
    const actions =
      Action === 'Add'
        ? ['create']
        : Action === 'Import'
          ? ['no-op']
          : Action === 'Remove'
            ? [PolicyAction === 'Retain' ? 'forget' : 'delete']
            : isReplaced
              ? ['create', PolicyAction === 'ReplaceAndRetain' ? 'forget' : 'delete']
              : ['update'];
    const lost =
      change.lost ??
      ((Action === 'Modify' && before === undefined) || (Action !== 'Remove' && after === undefined)
        ? 'the change set does not have its property values: describe it with --include-property-values'
        : Action === 'Dynamic' || (Action !== undefined && !KNOWN.has(Action))
          ? `what happens to it is decided during the execution (${Action})`
          : undefined);
    const undecided =
      Replacement === 'Conditional'
        ? 'is updated in place, or replaced by another one (Conditional)'
        : this.#firstEgress(change, after);
    const id = this.#ids.get(name);
    return this.#resource(name, type, {
      actions,
      before:
        Action === 'Add' ? undefined : { properties: before ?? (Action === 'Import' ? after : undefined) ?? {}, id },
      after:
        Action === 'Remove' ? undefined : { properties: after ?? {}, id: actions[0] === 'create' ? undefined : id },
      lost,
      undecided,
    });
  }

  /**
   * The first rule of its own for what leaves a group that exists. CloudFormation removes the rule that allows everything
   * then [U]: https://github.com/aws/aws-cdk/issues/987
   */
  #firstEgress({ Action, ResourceType }: ChangeSetChange, after: OpenMembers | undefined): string | undefined {
    const { dropsDefaults: drops } = this.types.known(ResourceType ?? '') ?? {};
    if (Action !== 'Add' || drops === undefined) return undefined;

    const id = after?.[drops.property];
    if (typeof id !== 'string' || !this.#known.openGroups.has(id)) return undefined;

    return `may remove the rule of ${id} that allows everything out`;
  }

  /** A resource that stays as it is, where its ID and all that it names are known. */
  #unchanged(name: string): readonly OpenResource[] {
    const type = this.types.of(this.#typeOf(name));
    const id = this.#ids.get(name);
    const properties = type === undefined || id === undefined ? undefined : this.#declared(name);
    if (type === undefined || properties === undefined) return [];

    const side = { properties, id };
    const laid = this.#resource(name, type, { actions: ['no-op'], before: side, after: side });
    return laid.filter(({ after }) => {
      const opens = new Map<string, Open>();
      closed(after, [], opens);
      const parts = [...opens.values()].flatMap(({ texts, reasons }) => [...reasons, ...texts.flat()]);
      return parts.every((part) => typeof part === 'object' && part.attribute === ROOT);
    });
  }

  /** A resource, and what Terraform has as resources of their own. */
  #resource(
    name: string,
    { type, parts = [], only, ...shape }: ResourceType,
    {
      before,
      after,
      ...others
    }: Pick<OpenResource, 'actions' | 'lost' | 'undecided'> & {
      readonly before: Side | undefined;
      readonly after: Side | undefined;
    },
  ): readonly OpenResource[] {
    const nameOf: OpenResource['nameOf'] = (path) => propertyText(path);
    const of = (side: Side | undefined): OpenMembers | undefined =>
      side && this.#attributes(name, { type, ...shape }, side);
    const isOwn = only === undefined || [before, after].some((side) => side?.properties[only] !== undefined);
    const address = this.#address(name);
    const region = this.context.place?.region;
    const own = { address, region, names: this.#names.get(name), nameOf };
    return [
      ...(isOwn ? [{ ...own, type, ...others, before: of(before), after: of(after) }] : []),
      ...parts.flatMap((part) => {
        const partsOf = (side: Side | undefined): readonly OpenMembers[] =>
          side === undefined
            ? []
            : part.of(side.properties, side.id ?? new Open([[{ of: address, attribute: shape.ids?.[0] ?? 'id' }]], []));
        const [old, now] = [partsOf(before), partsOf(after)];
        return Array.from({ length: Math.max(old.length, now.length) }, (_, at): OpenResource => {
          const [one, other] = [old[at], now[at]];
          const actions = one === undefined ? ['create'] : other === undefined ? ['delete'] : others.actions;
          return { ...own, type: part.type, ...others, actions, before: one, after: other };
        });
      }),
    ];
  }

  #attributes(
    name: string,
    { type, rules = {}, ids = ['id'], shape, defaults, byId }: ResourceType,
    side: Side,
  ): OpenMembers {
    const { properties, id } = side;
    const own = id === undefined ? {} : Object.fromEntries(ids.map((one) => [one, id]));
    // An empty list is not given, as for the rules of a group that let calls out.
    const given = Object.entries({ ...converted(properties, rules), ...shape?.(properties) });
    const found = Object.fromEntries(given.filter(([, value]) => !Array.isArray(value) || value.length > 0));
    const fallback = this.#withoutDefaults.has(`${type} ${name}`) ? {} : defaults;
    const more = id === undefined ? {} : { ...this.#shownOf.get(name), ...byId?.(id, this.#known) };
    return { ...fallback, ...found, ...own, ...more };
  }

  /** The properties after a change: those that are shown, those that do not change, those of the template. */
  #after(name: string, change: ChangeSetChange, before: OpenMembers | undefined): OpenMembers | undefined {
    const shown = this.#shown(change.AfterContext);
    const declared = this.#declared(name);
    if (shown === undefined && declared === undefined) return undefined;

    const after = merged(shown, declared) as OpenMembers;
    if (before === undefined || change.changed.length === 0) return after;

    const changed = new Set(change.changed);
    const isUnchanged = (one: string, value: OpenValue | undefined): boolean =>
      !changed.has(one) && before[one] !== undefined && isOpen(value);
    return Object.fromEntries(
      Object.entries(after).map(([one, value]) => [one, isUnchanged(one, value) ? before[one] : value]),
    );
  }

  /** The properties in a context, which is JSON in a text. */
  #shown(context: unknown): OpenMembers | undefined {
    const value = typeof context === 'string' ? jsonOf(context) : context;
    const properties = membersOf(value as Value)['Properties'];
    return isMembers(properties) ? properties : undefined;
  }

  #declared(name: string): OpenMembers | undefined {
    const resource = entryOf(this.template.resources, name);
    if (resource === undefined) return undefined;

    if (this.has(name) === false) return undefined;

    const outer = this.#naming.names;
    const names = new Set<string>();
    this.#naming.names = names;
    const found = evaluate(resource['Properties'] ?? {}, this.#scope);
    this.#naming.names = outer;
    this.#names.set(name, names);
    return isMembers(found) ? found : {};
  }

  #typeOf(name: string): string {
    const { Type } = entryOf(this.template.resources, name) ?? {};
    return String(Type ?? this.#changes.get(name)?.ResourceType ?? '');
  }

  /** `Ref` of a resource, or `Fn::GetAtt` with an attribute. */
  #attribute(name: string, attribute: string | undefined): OpenValue {
    this.#naming.names?.add(this.#address(name));
    const full = this.#typeOf(name);
    if (full === '') return new Open([], [`${name} is neither a parameter nor a resource of the template`]);

    const [, output] = /^Outputs\.(.+)$/.exec(attribute ?? '') ?? [];
    const given = full === NESTED && output !== undefined ? this.context.output?.(name, output) : undefined;
    if (given !== undefined) return given;

    if (this.has(name) === false) return new Open([], [`${name} is left out by its condition`]);

    const type = this.types.of(full);
    const declared = attribute === undefined ? undefined : entryOf(this.#written(name), attribute);
    if (attribute !== undefined && isMisspelt(type, attribute, declared !== undefined))
      return new Open([], [`${full} has no attribute ${attribute}, by which ${name} is named`]);

    const { ids = ['id'], attributes = {}, byId } = type ?? {};
    const change = this.#changes.get(name);
    const exists = change?.Action !== 'Add' && change?.Replacement !== 'True';
    const known = exists ? this.#ids.get(name) : undefined;
    const wanted = attribute === undefined ? (ids[0] ?? 'id') : (entryOf(attributes, attribute) ?? snake(attribute));
    if (known !== undefined && ids.includes(wanted)) return known;

    const derived = known === undefined ? {} : { ...this.#shownOf.get(name), ...byId?.(known, this.#known) };
    if (Object.hasOwn(derived, wanted)) return derived[wanted] ?? null;
    if (this.types.known(full) === undefined)
      return new Open(
        [],
        [`${name}${attribute === undefined ? '' : `.${attribute}`} (${full}) is known after the execution`],
      );

    if (declared !== undefined) return evaluate(declared, this.#scope);
    if (exists && change === undefined && known === undefined)
      return new Open([], [`the ID of ${name}, which exists, is in neither the change set nor a tag of the snapshot`]);

    return new Open([[{ of: this.#address(name), attribute: wanted }]], []);
  }
}

/** Whether `Fn::GetAtt` has no such attribute of a type whose attributes are known, though something of Terraform has its name. */
function isMisspelt(type: ResourceType | undefined, attribute: string, isProperty: boolean): boolean {
  const { attributes, ids = ['id'], getsProperties = false } = type ?? {};
  if (attributes === undefined || Object.hasOwn(attributes, attribute)) return false;

  return (isProperty && !getsProperties) || [...ids, ...Object.values(attributes)].includes(snake(attribute));
}

/** The properties of a resource and its ID, before or after. */
interface Side {
  readonly properties: OpenMembers;
  readonly id: string | undefined;
}

const KNOWN: ReadonlySet<string> = new Set(['Add', 'Modify', 'Remove', 'Import', 'SyncWithActual']);

function isOpen(value: OpenValue | undefined): boolean {
  const opens = new Map<string, Open>();
  closed(value, [], opens);
  return opens.size > 0 && ![...opens.values()].some(({ isSecret }) => isSecret);
}

function wholePlace({ partition, region, account }: Partial<StackPlace> = {}): StackPlace | undefined {
  return partition === undefined || region === undefined || account === undefined
    ? undefined
    : { partition, region, account };
}

/** Whether a resource names another one: it comes after it, whatever the value is. */
export const names: ToolPlan['waitsFor'] = (one, { address }) => (one as OpenInstance).names?.has(address) === true;

/** What a resource of a template names in `DependsOn`: one name, or a list. */
export function dependsOn(resource: Template['resources'][string] | undefined): readonly string[] {
  const names = resource?.['DependsOn'];
  return typeof names === 'string' ? [names] : looseTexts(names);
}

function jsonOf(text: string): unknown {
  try {
    return parsePlan(text, undefined);
  } catch (error) {
    if (isTooLarge(error)) throw error;

    return undefined;
  }
}

/** What a value names that is nothing but an attribute of a resource. */
function attributeIn(value: Value | undefined): readonly string[] | undefined {
  const named = membersOf(value)['Fn::GetAtt'];
  return typeof named === 'string' ? named.split('.') : named === undefined ? undefined : looseTexts(named);
}

/** The names that `Ref` and `Fn::GetAtt` in an expression have. */
function namesIn(value: Value): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(namesIn);

  return Object.entries(membersOf(value)).flatMap(([name, one]) =>
    name === 'Ref' || name === 'Fn::GetAtt'
      ? [String(Array.isArray(one) ? one[0] : one).split('.')[0] ?? '']
      : namesIn(one),
  );
}
