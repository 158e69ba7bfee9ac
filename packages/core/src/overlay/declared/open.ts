import { isObject } from '../../ground/json.js';
import type { AttributePath, Marks, Value, Instance } from './values.js';
import type { ToolWords } from './tool-plan.js';

/** An attribute of another resource, which may not exist yet. */
export interface Reference {
  /** The address of the resource. */
  readonly of: string;
  /** Its attribute. Undefined: the one that is wanted where the reference stands. */
  readonly attribute: string | undefined;
}

/** Text, of which some parts are attributes of other resources: `integrations/` and an ID. */
export type OpenText = readonly (string | Reference)[];

/** A value that is not known yet: it is one of several texts, or something else for a reason. */
export class Open {
  constructor(
    readonly texts: readonly OpenText[],
    readonly reasons: readonly string[],
    readonly isSecret = false,
  ) {}
}

/** A value with parts that are not known yet. */
export type OpenValue =
  null | boolean | number | string | Open | readonly OpenValue[] | { readonly [name: string]: OpenValue | undefined };

/** The members of an object by name. */
export type OpenMembers = Readonly<Record<string, OpenValue | undefined>>;

/** Whether a value is an object whose members may be read. */
export function isMembers(value: OpenValue | undefined): value is OpenMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Open);
}

/** A value as instances have it: what is not known is null and marked. */
export interface Closed {
  readonly value: Value;
  readonly unknown: Marks;
  readonly sensitive: Marks;
}

/** Splits a value; what is not known goes to `opens`, by its {@link pathText}. */
export function closed(value: OpenValue | undefined, path: AttributePath, opens: Map<string, Open>): Closed {
  if (value instanceof Open) {
    opens.set(pathText(path), value);
    return { value: null, unknown: !value.isSecret, sensitive: value.isSecret };
  }
  if (Array.isArray(value)) {
    const parts = (value as readonly OpenValue[]).map((one, at) => closed(one, [...path, at], opens));
    return {
      value: parts.map((one) => one.value),
      unknown: parts.map((one) => one.unknown),
      sensitive: parts.map((one) => one.sensitive),
    };
  }
  if (!isMembers(value)) return { value: (value ?? null) as Value, unknown: false, sensitive: false };

  const parts = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([name, one]) => [name, closed(one, [...path, name], opens)] as const);
  const of = <K extends keyof Closed>(key: K): { [name: string]: Closed[K] } =>
    Object.fromEntries(parts.map(([name, one]) => [name, one[key]]));
  return { value: of('value'), unknown: of('unknown'), sensitive: of('sensitive') };
}

export function pathText(path: AttributePath): string {
  return path.join('/');
}

/** Values of a file whose form is not checked: what has another form is not there. */
export type Loose = Readonly<Record<string, unknown>>;

export function looseMembers(value: unknown): Loose {
  return isObject(value) ? value : {};
}

/** The objects of a list. */
export function looseList(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts of a list. */
export function looseTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export function looseText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What an attribute is wanted for. */
export interface AttributeUse {
  /** The attribute of a resource that is named as a whole: `aws_subnet.a[*].id` is recorded as `aws_subnet.a`. */
  readonly attribute: string;
  /** The form of its values. What cannot be one is not a candidate: the text in a condition, a subnet among groups. */
  readonly form: RegExp;
  /**
   * What more values of a list mean: `paths` that must all work, as subnets do; or that more is allowed (`allows`), as
   * groups do.
   */
  readonly more?: 'paths' | 'allows' | undefined;
  /** The types of managed resources that can have such a value, where other values stand beside it: in a map of variables. */
  readonly types?: RegExp | undefined;
  /** The names of attributes that can have such a value, in all types. Undefined: any. */
  readonly holders?: RegExp | undefined;
}

/** What an unknown value may be. */
export interface Candidates {
  /** Each once, in the order in which they are named. */
  readonly values: readonly string[];
  /** Why it may be something else. Empty: it is one of `values`, or some of them. */
  readonly reasons: readonly string[];
  /** They are in a map or an object, and the document does not say under which key. */
  readonly isMap?: true | undefined;
  /** A condition with a flag may choose nothing, and the provider decides. */
  readonly hasFlag?: true | undefined;
  /** What the document does not describe on the way, each as a sentence without its end. */
  readonly undescribed?: readonly string[] | undefined;
  /** The values are whole, as the sources write them, and no parts of them. */
  readonly isWhole?: true | undefined;
  /** A list has all of them: the sources write it member by member. */
  readonly isAll?: true | undefined;
}

/** The ID of an instance that does not exist yet, for an attribute that names it. */
export type SymbolOf = (instance: Instance, attribute: string) => string | undefined;

/** The sets among the blocks of a type, by their path in the schema of its provider, and what is read of each block. */
export type BlockSets = Readonly<Record<string, readonly string[]>>;

/** In the path of an expression: the block is none of those that the configuration writes. */
export const NOT_WRITTEN = -1;

/** Why it is open which block of a set is which. */
export function openPairing(name: string, { plan }: ToolWords): string {
  return `the blocks of ${name} are a set, which has no order: which of them has which reference depends on values that ${plan} does not describe. Write numbers and texts that tell them apart in the blocks`;
}

/** The sets among the blocks of a type of Terraform. */
export type SetsOf = (type: string) => BlockSets | undefined;

/**
 * What a document says about values that are not known yet. Each tool has its own, for its own instances: so these are
 * methods, whose parameters TypeScript does not compare strictly.
 */
export interface References {
  /** What a resource does not set is not in the document. Terraform writes null, and leaves out what its provider does not have. */
  readonly omitsUnset?: boolean;
  /** What was found is kept: once values become known, others have to look anew. */
  readonly isKept?: boolean;
  /** What an attribute that is not known may be. `written`: where its expression is, by default at its own path. */
  candidates(instance: Instance, path: AttributePath, wanted: AttributeUse, written?: AttributePath): Candidates;
  /**
   * The ways in which the blocks of a set can be those that are written: for each block the number of a written one. Undefined:
   * they are no set, and each is the one at its place. Empty: the document does not describe them.
   */
  pairings?(
    instance: Instance,
    path: AttributePath,
    written: AttributePath,
  ): readonly (readonly number[])[] | undefined;
  /** Whether the configuration sets an attribute. Undefined: the document does not have the configuration. */
  isSet(instance: Instance, attribute: string): boolean | undefined;
  /** Whether the configuration writes a part of an attribute. Undefined: the document does not say it. */
  isWritten(instance: Instance, path: AttributePath): boolean | undefined;
  /** Whether the provider decides an attribute: the configuration does not set it, or sets it to null. */
  isComputed(instance: Instance, attribute: string): boolean;
  /** An attribute that is not known yet, where the document has its form, and not only what it names. */
  exact?(instance: Instance, path: AttributePath): { readonly value: Value } | undefined;
  /** The ID of what does not exist yet. */
  symbolOf(instance: Instance, attribute: string): string | undefined;
  /** An attribute as the tool's users write it. */
  nameOf(instance: Instance, path: AttributePath): string;
}
