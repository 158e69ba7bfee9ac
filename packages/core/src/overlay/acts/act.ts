import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import type { AttributeUse, Candidates } from '../declared/open.js';
import type { Choice } from '../draft/choice.js';
import type { AttributePath, Attributes } from '../declared/values.js';
import { ifKnown, OpenValue } from './open-value.js';

/** The attributes of a resource as a tool has them, in which what is not known is an {@link OpenValue}. */
export type ActValues = Readonly<Record<string, unknown>>;

/** The calls of a service for one resource, in its region. */
export interface Caller {
  readonly region: string;
  readonly account: string;
  /** The address of the resource, and its type. */
  readonly address: string;
  readonly type: string;
  /** A call as `ec2.CreateVpc`, and its answer. Throws what the service refuses. */
  readonly call: (operation: string, input: object) => Answer;
  /**
   * The input of an operation by the names of its members: `vpc_link_id` is `VpcLinkId`. `names`: the attribute of a member whose name is
   * another one; `-` leaves a member out. Without them a member takes the attribute of its own name, a list also that of its singular.
   */
  readonly fill: (operation: string, values: ActValues, names?: Readonly<Record<string, string>>) => Input;
  /** Lets simulated time pass. */
  readonly wait: (ms: number) => Promise<void>;
  /** A name that is not taken. */
  readonly unique: (stem: string) => string;
  /** What was made stands for something of which the simulated cloud shows nothing that counts: its ID, and why. */
  readonly unknown: (id: string, why: string) => void;
  /** What a reader of the report must know besides. */
  readonly note: (text: string) => void;
  /** A choice that only the cloud makes was made here: what follows from it is not certain. */
  readonly guess: () => void;
}

/** An answer of a service, by the names of its members. Loose: rows take what they name. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer of any service
export type Answer = any;
/** An input of an operation, by the names of its members. */
export type Input = Record<string, unknown>;

/**
 * How a resource of a type is created, changed and deleted by calls of its service. What a member leaves out follows the convention of
 * {@link Caller.fill}.
 */
export interface Act {
  /** The operation that creates it: `ec2.CreateVpc`. */
  readonly operation?: string;
  readonly names?: Readonly<Record<string, string>>;
  /** The input of the creation, from the one of the convention. */
  readonly input?: (input: Input, values: ActValues, caller: Caller) => Input;
  /** In place of one call. Its result is what others name of the resource. */
  readonly create?: (values: ActValues, caller: Caller) => Outputs | Promise<Outputs>;
  /** What others name of the resource and what is not in the answer under its own name. */
  readonly outputs?: (answer: Answer, input: Input, values: ActValues) => Outputs;
  /** Further calls of the creation. */
  readonly after?: (values: ActValues, outputs: Outputs, caller: Caller) => void | Promise<void>;
  /**
   * The calls that change it. Undefined: a change of it is not carried out. An attribute of `values` that the provider computes is
   * undefined. Its result is what others name of the resource and what the change changes.
   */
  readonly update?: (before: ActValues, values: ActValues, caller: Caller) => Changes | Promise<Changes>;
  /** The calls that delete it. Undefined: its deletion is not carried out. */
  readonly remove?: (before: ActValues, caller: Caller) => void | Promise<void>;
  /** After this simulated time it is gone. */
  readonly goneMs?: number;
  /** How often a tool looks again whether it is gone, before it goes on. */
  readonly goneLooks?: number;
  /** Brings what the state says of it and no snapshot has. Its result: the IDs by which the service has it, where no snapshot has them. */
  readonly prior?: (before: ActValues, caller: Caller) => Changes;
  /** Makes what no snapshot has, before it is changed or deleted. */
  readonly former?: (before: ActValues, caller: Caller) => Promise<void>;
  /** The attributes that others name and that the service gives, beside `id` and `arn`. */
  readonly gives?: readonly string[];
  /** The form of an attribute that depends on another one: `named` gives the attributes of what that names. */
  readonly formOf?: (name: string, named: (name: string) => Attributes | undefined) => RegExp | undefined;
  /** The attributes that are what they name, and no text around it, though they are called neither as that is nor as its type. */
  readonly refersBy?: readonly string[];
  /** After this simulated time it is ready. */
  readonly readyMs?: number;
  /** What the service says of it once it was accepted and has failed. */
  readonly failure?: (outputs: Outputs, caller: Caller) => string | undefined;
  /** It exists for others: that it is refused says nothing about the plan. */
  readonly isAuxiliary?: true;
  /** It comes after all that the plan lets come before it, in each order: what registers a target. */
  readonly isLast?: true;
  /** The cloud chooses its addresses: it comes after what may have written ones. */
  readonly takesAddresses?: true;
  /** Whether what answers its calls is in no plan: the machine of a network interface, what has a written address. */
  readonly isOutside?: (values: ActValues) => boolean;
  /** The attributes that name what answers no call without it: the API of a deployment, the target group of a service. */
  readonly feeds?: readonly string[];
  /** It uses what others make: in the second order it comes as soon as it may. */
  readonly isConsumer?: true;
  /** Words of a refusal of its creation after which the provider of Terraform repeats the call. */
  readonly repeated?: RegExp;
  /** It names something by a word of the configuration, which orders the two for no tool: what has the word has to come before it. */
  readonly byWord?: {
    readonly path: AttributePath;
    readonly type: string;
    readonly attribute: string;
    /** Applies are known to take it in this order. */
    readonly isOrdered?: true;
  };
  /** It is in no snapshot: what stays is created first, under the name that the state has. */
  readonly isUnseen?: true;
  /** The attributes that say to what it belongs: a refusal beside an omitted resource of the same owner is not certain. */
  readonly owners?: readonly string[];
  /** Members that the service decides where they are open: they are left out. */
  readonly optional?: readonly string[];
  /** What texts may be of which only the names in them are known, by the first names of their paths. Undefined: not known. */
  readonly texts?: Readonly<Record<string, (text: NamedText, caller: Caller) => TextChoice | undefined>>;
}

/** A text that is known later, of which a document has the names in it. */
export interface NamedText {
  /** As the tool's users write it. */
  readonly attribute: string;
  readonly path: AttributePath;
  /** The attributes of the resource. */
  readonly values: ActValues;
  /** When it is known: `after the apply`. */
  readonly later: string;
  /** What of a form it names. */
  readonly names: (wanted: AttributeUse) => Candidates;
  /** What such a value is on the simulated cloud. */
  readonly resolved: (text: string) => string;
}

/** The values that an open text may have: each is tried. */
export type TextChoice = Pick<Choice, 'alternatives' | 'reading'>;

/** The attributes by which others name a resource. */
export const IDENTITY = ['id', 'arn'] as const;

/**
 * What one operation creates and another one deletes. `id`: where the answer has its ID or ARN, which the deletion is given under the same
 * name: `Vpc.VpcId`.
 */
export function resource(operation: string, id: string, deletion: string, { outputs, ...more }: Act = {}): Act {
  const path = id.split('.');
  const member = path.pop() ?? '';
  const isArn = member.toLowerCase().endsWith('arn');
  return {
    operation,
    outputs: (answer, input, values) => {
      const part = path.reduce<Answer>((whole, name) => whole?.[name], answer);
      const arn = part?.[isArn ? member : member.replace(/Id$/, 'Arn')];
      return {
        id: part?.[member],
        ...(arn !== part?.[member] || isArn ? { arn } : {}),
        ...outputs?.(answer, input, values),
      };
    },
    remove: removes(deletion, member, isArn ? 'arn' : 'id'),
    ...more,
  };
}

/** The deletion of a resource by one operation that is given its ID: `removes('ec2.DeleteVpc', 'VpcId')`. */
export function removes(operation: string, member: string, attribute = 'id'): NonNullable<Act['remove']> {
  return (before, caller) => void caller.call(operation, { [member]: before[attribute] });
}

/** What one operation adds, and another one takes away by members of the same names. */
export function linked(operation: string, removal: string, more: Act = {}): Act {
  return {
    operation,
    outputs: (_, input) => ({ id: Object.values(input).join('_') }),
    remove: (before, caller) => caller.call(removal, caller.fill(removal, before, more.names)),
    ...more,
  };
}

/** What others name of a resource: `id`, `arn`, and what the service answers. */
export type Outputs = Readonly<Record<string, unknown>>;

/** What a change changes of what others name. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- most changes have none
export type Changes = Outputs | void;

/** How types of resources are carried out on a simulated cloud, by type; `data.` before the type of a data source that is read. */
export interface ActsOfCloud {
  readonly acts: Readonly<Record<string, Act>>;
  /** Types that change nothing which calls notice. */
  readonly inert: readonly RegExp[];
  /** The form of such values, by the names of attributes; what more of them mean; and which attribute of a resource that is named as a whole. */
  readonly forms: readonly (readonly [names: RegExp, form: RegExp, more?: AttributeUse['more'], attribute?: string])[];
  /** The types that attributes name, by their names, where a document does not describe what it is. */
  readonly named: readonly (readonly [names: RegExp, types: RegExp])[];
  /** What stands for an open value of an attribute, twice: what the service refuses both times it refuses whatever the value is. */
  readonly standIns: Readonly<Record<string, readonly [StandIn, StandIn]>>;
  /** Codes and words of a service that say that something does not exist: it may, where neither the plan nor the snapshot has it. */
  readonly missing: RegExp;
  /** Codes and words of a service that depend on what the cloud chose for something else: an address that is in use. */
  readonly chosen?: RegExp;
  /** IDs in a text. */
  readonly ids: RegExp;
  /** A region with what a plan names in it, as text, and what a snapshot of a network does not show: it is taken to be there, and to fit. */
  readonly assumed?: (region: RegionSnapshot, plan: string) => RegionSnapshot;
  /**
   * What corrects a refusal, by the operation, the code and the words of the service: the first that fits. `attribute`: of two resources of
   * a plan that have the same value of it, one is refused. `always`: also of what is replaced, where to create the new one first does not
   * help.
   */
  readonly remedies: readonly (readonly [
    words: RegExp,
    remedy: string | undefined,
    attribute?: string | undefined,
    always?: 'always',
  ])[];
}

type StandIn = (values: ActValues) => unknown;

/** The value of a single attribute. Throws {@link UnresolvedValue} where it is open. */
export function single(value: unknown): unknown {
  return value instanceof OpenValue ? value.single() : value;
}

/** The value of a single attribute; undefined where it is open. */
export function ifResolved(value: unknown): unknown {
  return ifKnown(() => single(value));
}

/** The values of an attribute that may have several; none where it is absent. */
export function several(value: unknown): readonly unknown[] {
  const all = value instanceof OpenValue ? value.several() : value;
  if (all === undefined || all === null) return [];

  return Array.isArray(all) ? all.map(single) : [all];
}

/** The blocks of an attribute. */
export function blocks(value: unknown): readonly ActValues[] {
  return several(value).filter((one): one is ActValues => typeof one === 'object' && one !== null);
}

/** A text; undefined where it is absent or empty. */
export function word(value: unknown): string | undefined {
  const one = single(value);
  return one === undefined || one === null || one === '' ? undefined : String(one);
}

/** A number, also where it is written as a text; undefined where it is absent. */
export function amount(value: unknown): number | undefined {
  const one = word(value);
  return one === undefined ? undefined : Number(one);
}

/** Whether a flag is set: `true`, also as a text, in any case. */
export function isSet(value: unknown): boolean {
  return String(single(value)).toLowerCase() === 'true';
}
