import type { AttributePath, Attributes, Instance, Value } from '../declared/values.js';
import { isMarked, learn, marksAt, valueAt } from '../declared/values.js';
import type { Candidates, References } from '../declared/open.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { PlanSet } from '../rows/plan-set.js';
import { blocks, type Act, type ActsOfCloud, type ActValues, type Outputs } from '../acts/act.js';
import { plainName } from '../acts/input-shape.js';
import { ifKnown, OpenValue, UnresolvedValue } from '../acts/open-value.js';

/** An attribute of what is not carried out yet, as text: its address and the name of the attribute. */
const TOKEN = /\u27e6([^\u27e6\u27e7]+)#([^#\u27e6\u27e7]+)\u27e7/g;
/** How a {@link TOKEN} begins. */
const OPEN = '\u27e6';
const ANY = /^/;
/** The end of the name of an attribute by which others name a resource. */
const NAMED_BY = /(?:^|_)(id|arn|name)$/;

/** The values of a plan while it is carried out: what others name of a resource is known once its calls were answered. */
export class KnownValues {
  /** What others name of what was carried out, and of what stays, by address. */
  readonly outputs = new Map<string, Outputs>();
  /** The addresses of what was carried out with a value that is a choice of the cloud, or one of several. */
  readonly guessed = new Set<string>();
  /** The addresses of what leads out of the plan: what answers there is in no file. */
  readonly outside = new Set<string>();
  /** The addresses of what was carried out with a value that stands for an open one. */
  readonly stoodIn = new Set<string>();
  #references: References;
  #asked = new Set<string>();

  /** `standIn`: which of the two values stands for an open member. Undefined: none does. */
  constructor(
    readonly plan: ToolPlan,
    readonly set: PlanSet,
    readonly standIn: 0 | 1 | undefined,
  ) {
    this.#references = this.#referencesNow();
  }

  actOf({ mode, type }: Instance): Act | undefined {
    const acts = this.#actsOf(type)?.acts ?? {};
    const name = mode === 'data' ? `data.${type}` : type;
    return Object.hasOwn(acts, name) ? acts[name] : undefined;
  }

  isInert({ type }: Instance): boolean {
    return this.set.all.some(({ acts }) => acts?.inert.some((one) => one.test(type)) ?? false);
  }

  /** All attributes of an instance after the plan. */
  of(instance: Instance): ActValues {
    return this.#part(instance, []) as ActValues;
  }

  /** What the service answered. */
  learn(instance: Instance, known: Readonly<Record<string, unknown>>): void {
    learn(instance, known as Attributes);
    if (this.#references.isKept === true) this.#references = this.#referencesNow();
  }

  /** The addresses of what the open attributes of an instance name and what is not carried out yet. */
  namesOf(instance: Instance): ReadonlySet<string> {
    const asked = this.#asked;
    const found = new Set<string>();
    this.#asked = found;
    visit(this.of(instance));
    this.#asked = asked;
    return found;
  }

  #actsOf(type: string): ActsOfCloud | undefined {
    return this.set.of(type)?.acts;
  }

  #referencesNow(): References {
    return this.plan.references(
      (instance, attribute) => this.#token(instance, attribute),
      (type) => this.set.sets(type),
    );
  }

  /** What stands for an attribute that the service gives, until it does. */
  #token(instance: Instance, attribute: string): string | undefined {
    const { after, mode, actions, unknown, address, type } = instance;
    const act = this.actOf(instance);
    const isRead = mode === 'managed' || (actions.includes('read') && act !== undefined);
    if (after === undefined || !isRead || (valueAt(after, [attribute]) ?? null) !== null) return undefined;

    const isGiven = attribute === 'id' || attribute === 'arn' || act?.gives?.includes(attribute) === true;
    if (!isGiven && !isMarked(marksAt(unknown, [attribute]))) return undefined;
    // What the configuration sets is found by its expression.
    if (this.#references.isSet(instance, attribute) === true) return undefined;

    return this.set.of(type) === undefined ? undefined : `\u27e6${address}#${attribute}\u27e7`;
  }

  #part(instance: Instance, path: AttributePath): unknown {
    const { after, unknown, sensitive } = instance;
    if (path.length > 0 && marksAt(sensitive, path) === true) return unresolved(`${path.join('.')} is sensitive`);

    const marks = marksAt(unknown, path);
    if (path.length > 0 && marks === true) return this.#open(instance, path);

    const value = valueAt(after, path);
    if (Array.isArray(value)) return this.#list(instance, path, value, marks);

    const names = typeof marks === 'object' && marks !== null && !Array.isArray(marks) ? Object.keys(marks) : [];
    if (typeof value !== 'object' && names.length === 0) return value;
    if (value === null && !names.some((name) => isMarked(marksAt(marks, [name])))) return value;

    const all = new Set([...Object.keys(value ?? {}), ...names]);
    return Object.fromEntries([...all].map((name) => [name, this.#part(instance, [...path, name])]));
  }

  #list(instance: Instance, path: AttributePath, value: readonly Value[], marks: unknown): unknown {
    const open = Array.isArray(marks) ? marks.filter((one) => one === true).length : 0;
    if (open > 0) {
      // The candidates of the whole list say more than those of each element.
      const known = value.filter((_, at) => (marks as readonly unknown[])[at] !== true);
      const { values, reasons, isMap } = this.#candidates(instance, path);
      const others = values.filter((one) => !known.includes(one));
      if (reasons.length === 0 && isMap !== true && others.length === open)
        return [...known, ...others].map((one) =>
          typeof one === 'string' ? openText(one, (text) => this.#resolved(text)) : one,
        );
    }
    return value.map((_, at) => this.#part(instance, [...path, at]));
  }

  #candidates(instance: Instance, path: AttributePath): Candidates {
    const form = this.#formOf(instance, path);
    const attribute = /arns?$|certificate|^integration_uri$/.test(nameIn(path)) ? 'arn' : 'id';
    // What is not carried out yet has no form.
    const orOpen = form === undefined ? ANY : new RegExp(`${form.source}|${OPEN}`);
    const [way = []] = this.#pairings(instance, path) ?? [];
    const at = path.findLastIndex((part) => typeof part === 'number');
    const place = way[Number(path[at])];
    const written = place === undefined ? path : path.with(at, place);
    return this.#references.candidates(instance, path, { attribute, form: orOpen }, written);
  }

  /** Which blocks of the configuration those of a set may be. Undefined: they are no set. */
  #pairings(instance: Instance, path: AttributePath): readonly (readonly number[])[] | undefined {
    const list = path.slice(
      0,
      path.findLastIndex((part) => typeof part === 'number'),
    );
    return list.length === 0 || list.length === path.length - 1
      ? undefined
      : this.#references.pairings?.(instance, list, list);
  }

  #formOf({ type }: Instance, path: AttributePath): RegExp | undefined {
    const name = nameIn(path);
    return this.#actsOf(type)?.forms.find(([names]) => names.test(name))?.[1];
  }

  /** A value that is not in the document. Undefined: the configuration leaves it out. */
  #open(instance: Instance, path: AttributePath): unknown {
    if (this.#references.isWritten(instance, path) === false) return undefined;

    const exact = this.#references.exact?.(instance, path);
    const whole =
      exact !== undefined && exact.value !== null
        ? openText(exact.value, (text) => this.#resolved(text), true)
        : new OpenValue(
            () => this.#resolved(this.#only(instance, path)),
            () => each(this.#all(instance, path), (one) => this.#resolved(one)),
          );
    const standIn = this.#actsOf(instance.type)?.standIns[nameIn(path)];
    return this.standIn === undefined || standIn === undefined
      ? whole
      : this.#orStandIn(whole, instance, standIn[this.standIn]);
  }

  /** A value, or what stands for it where it is not known. */
  #orStandIn(whole: OpenValue, instance: Instance, standIn: (values: ActValues) => unknown): OpenValue {
    return new OpenValue(
      () => {
        const known = ifKnown(() => [whole.single()]);
        if (known !== undefined) return known[0];

        this.stoodIn.add(instance.address);
        return standIn(instance.after ?? {});
      },
      () => whole.several(),
    );
  }

  /** The one value that an open attribute has. */
  #only(instance: Instance, path: AttributePath): string {
    const { values, reasons, isWhole, isMap, hasFlag, undescribed } = this.#candidates(instance, path);
    const open = (): UnresolvedValue => notKnown(path, reasons, undescribed);
    if (reasons.length > 0 || isMap === true) throw open();

    const [value = '', ...others] = chosen(values, path, instance, blocksAt(instance, path));
    if (values.length === 0 || others.length > 0) throw open();

    const { length: ways } = this.#pairings(instance, path) ?? [0];
    if (values.length > 1 || ways !== 1) this.guessed.add(instance.address);
    // The document names what an expression has, and not the expression.
    if (isWhole !== true && (hasFlag === true || !this.#isIdentity(instance, path, value))) throw open();

    return value;
  }

  /**
   * Whether an attribute with one reference is what that names, and no text around it: it is called as what is named is (`vpc_id`,
   * `launch_template.id`), or as its type (`vpc`, `cluster_name`), or its act says so.
   */
  #isIdentity(instance: Instance, path: AttributePath, value: string): boolean {
    const parts = path.flatMap((part) => (typeof part === 'string' ? part.replace(/s$/, '') : []));
    const name = parts.at(-1) ?? '';
    const named = this.#named(value);
    if (named.length === 0 && value.includes(OPEN)) return false;
    if (this.actOf(instance)?.refersBy?.includes(name) === true) return true;

    // A resource gives a name to itself.
    const kind = parts.join() === 'name' ? undefined : kindOf(name);
    if (named.length === 0) return kind !== undefined || this.#formOf(instance, path) !== undefined;

    return named.some(
      ({ type, attribute }) =>
        (kind !== undefined && kindOf(attribute) === kind) ||
        parts.some((part) => `_${type}_`.includes(`_${part.replace(NAMED_BY, '')}_`)),
    );
  }

  /** The resources that a value names, with the attributes of theirs that it is. */
  #named(value: string): readonly { readonly type: string; readonly attribute: string }[] {
    const [token, open, name] = [...value.matchAll(TOKEN)][0] ?? [];
    if (token !== undefined && token !== value) return [];

    return this.plan.instances.flatMap(({ address, type }) => {
      const known = Object.entries(this.outputs.get(address) ?? {});
      const all = open === undefined ? known.flatMap(([at, one]) => (one === value ? at : [])) : [name ?? ''];
      const isIt = open === undefined || address === open;
      return isIt ? all.flatMap((attribute) => (kindOf(attribute) === undefined ? [] : { type, attribute })) : [];
    });
  }

  #all(instance: Instance, path: AttributePath): readonly string[] {
    const { values, reasons, isWhole, isMap, isAll, hasFlag, undescribed } = this.#candidates(instance, path);
    const isOpen =
      values.length === 0 ||
      reasons.length > 0 ||
      isMap === true ||
      (isWhole !== true && undescribed !== undefined) ||
      (isAll !== true && hasFlag === true);
    if (!isOpen) return values;

    throw notKnown(path, reasons, undescribed);
  }

  /** A text with the answers of the service in it. */
  #resolved(text: string): string {
    for (const [, address = ''] of text.matchAll(TOKEN)) this.#asked.add(address);
    return text.replaceAll(TOKEN, (_, address: string, attribute: string) => {
      const known = this.outputs.get(address);
      const value = known === undefined ? undefined : (known[attribute] ?? memberOf(known['answer'], attribute));
      if (value === undefined)
        throw new UnresolvedValue(
          known === undefined ? `${address} was not carried out` : `${address} has no ${attribute}`,
        );

      return typeof value === 'string' ? value : JSON.stringify(value);
    });
  }
}

/** An output by its name, wherever it is in an answer. */
export function memberOf(answer: unknown, attribute: string, depth = 0): unknown {
  if (typeof answer !== 'object' || answer === null || depth > 4) return undefined;

  const name = plainName(attribute);
  for (const [key, value] of Object.entries(answer))
    if (plainName(key) === name && typeof value !== 'object') return value;

  for (const value of Object.values(answer)) {
    const found = memberOf(value, attribute, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Of several values, the one of the block of a set, or of the number of the instance: a guess. */
function chosen(
  values: readonly string[],
  path: AttributePath,
  { key }: Instance & { readonly key?: unknown },
  blockCount: number,
): readonly string[] {
  if (values.length <= 1) return values;

  const at = path.findLast((part) => typeof part === 'number');
  if (at !== undefined && values.length === blockCount) return values.slice(at, at + 1);

  return typeof key === 'number' && key < values.length ? values.slice(key, key + 1) : values;
}

function blocksAt({ after }: Instance, path: AttributePath): number {
  const at = path.findLastIndex((part) => typeof part === 'number');
  const list = at < 0 ? undefined : valueAt(after, path.slice(0, at));
  return Array.isArray(list) ? list.length : 0;
}

/** Whether an attribute is an ID, which an ARN may be as well, or a name. */
function kindOf(attribute: string): string | undefined {
  return NAMED_BY.exec(attribute)?.[1]?.replace('arn', 'id');
}

function nameIn(path: AttributePath): string {
  return String(path.findLast((part) => typeof part === 'string'));
}

function openText(value: Value, resolved: (text: string) => string, isExact = false): OpenValue {
  const inside = (one: Value): unknown =>
    typeof one === 'string'
      ? resolved(one)
      : Array.isArray(one)
        ? each(one, inside)
        : typeof one === 'object' && one !== null
          ? Object.fromEntries(each(Object.entries(one), ([name, member]) => [name, inside(member)] as const))
          : one;
  return new OpenValue(
    () => inside(value),
    () => each(Array.isArray(value) ? value : [value], inside),
    isExact,
  );
}

/**
 * Each of several values, so that all are asked for, once: what they name comes first.
 * @throws {UnresolvedValue} the first one, where one is not known
 */
function each<T, R>(all: readonly T[], ask: (one: T) => R): readonly R[] {
  const open: UnresolvedValue[] = [];
  const found = all.flatMap((one) => {
    try {
      return [ask(one)];
    } catch (error) {
      if (!(error instanceof UnresolvedValue)) throw error;

      open.push(error);
      return [];
    }
  });
  const [first] = open;
  if (first !== undefined) throw first;

  return found;
}

function notKnown(path: AttributePath, reasons: readonly string[], more: readonly string[] = []): UnresolvedValue {
  return new UnresolvedValue([`${path.join('.')} is not known`, ...[...reasons, ...more].slice(0, 2)].join(': '));
}

function unresolved(what: string): OpenValue {
  const fail = (): never => {
    throw new UnresolvedValue(what);
  };
  return new OpenValue(fail, fail);
}

/** Asks for each open value once. */
function visit(value: unknown): void {
  if (value instanceof OpenValue) {
    for (const ask of [() => value.single(), () => blocks(value)]) ifKnown(ask);
  } else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) visit(one);
}
