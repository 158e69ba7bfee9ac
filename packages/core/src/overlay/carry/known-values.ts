import type { AttributePath, Attributes, Instance, Value } from '../declared/values.js';
import { isMarked, learn, marksAt, valueAt } from '../declared/values.js';
import { NOT_WRITTEN, openPairing, type AttributeUse, type Candidates, type References } from '../declared/open.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { PlanSet } from '../rows/plan-set.js';
import {
  blocks,
  IDENTITY,
  type Act,
  type ActsOfCloud,
  type ActValues,
  type NamedText,
  type Outputs,
  type TextChoice,
} from '../acts/act.js';
import { plainName } from '../acts/input-shape.js';
import { ifKnown, OpenValue, UnresolvedValue } from '../acts/open-value.js';
import type { Choice, Choose } from '../draft/choice.js';

/** An attribute of what is not carried out yet, as text: its address and the name of the attribute. */
export const TOKEN = /\u27e6([^\u27e7]+)#([^#\u27e7]+)\u27e7/g;
/** How a {@link TOKEN} begins. */
const OPEN = '\u27e6';
const ANY = /^/;
const OWN = ['id', 'arn'];
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
  /** What an open text around names may be. */
  around: ((instance: Instance, text: NamedText) => TextChoice | undefined) | undefined;
  #references: References;
  /** Before anything was carried out: blocks of sets are told apart by what is not known then. */
  readonly #planned: References;
  #asked = new Set<string>();
  /** What is asked for is not used: no choice is taken. */
  #isLookedAt = false;

  /** `standIn`: which of the two values stands for an open member. Undefined: none does. */
  constructor(
    readonly plan: ToolPlan,
    readonly set: PlanSet,
    readonly standIn: 0 | 1 | undefined,
    /** Takes one of the values that an open attribute may have. */
    readonly choose: Choose = first,
  ) {
    this.#planned = this.#referencesNow();
    this.#references = this.#planned;
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
    this.#isLookedAt = true;
    visit(this.of(instance));
    this.#isLookedAt = false;
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
    if (path.length > 0 && marksAt(sensitive, path) === true)
      return this.#references.isWritten(instance, path) === false
        ? undefined
        : unresolved(`${path.join('.')} is sensitive`);

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
    const [, ofName, , given] = this.#formOf(instance, path) ?? [];
    const form = this.#formBeside(instance, path) ?? ofName;
    const attribute = given ?? (/arns?$|certificate/.test(nameIn(path)) ? 'arn' : 'id');
    // What is not carried out yet has no form.
    const orOpen = form === undefined ? ANY : new RegExp(`${form.source}|${OPEN}`);
    const found = this.#named(instance, path, { attribute, form: orOpen });
    const { undescribed, isMap } = found;
    if (undescribed === undefined && isMap !== true) return found;

    // It may be anything of its module, or of a map, that can be named here, and what is carried out has its form now.
    const types = this.#actsOf(instance.type)?.named.find(([names]) => names.test(nameIn(path)))?.[1];
    const isNamed = (text: string): boolean => {
      if (types === undefined || form?.test(text) === true) return true;

      const named = this.#attributesOf(text);
      const isOther = undescribed === undefined && named.length === 0;
      const isWanted = (name: string) => name === attribute || (OWN.includes(name) && OWN.includes(attribute));
      return isOther || named.some((one) => types.test(one.type) && isWanted(one.attribute));
    };
    const values = new Map<string, string>();
    for (const text of found.values.filter(isNamed)) {
      const known = this.#isLookedAt ? text : this.#knownNow(instance, text);
      if (known !== '' && orOpen.test(known) && !values.has(known)) values.set(known, text);
    }
    // Under the key of a map may be something else, or nothing.
    if (!this.#isLookedAt && isMap === true && values.size < found.values.length) this.guessed.add(instance.address);
    return { ...found, values: [...values.values()] };
  }

  /** What an attribute may be: of a block of a set, by the expression of the block that is written. */
  #named(instance: Instance, path: AttributePath, use: AttributeUse): Candidates {
    const written: (string | number)[] = [];
    for (const [at, part] of path.entries()) {
      const of = path.slice(0, at);
      const ways = typeof part === 'number' ? this.#planned.pairings?.(instance, of, written) : undefined;
      written.push(ways === undefined ? part : (this.#paired(instance, of, ways)[Number(part)] ?? NOT_WRITTEN));
    }
    return this.#references.candidates(instance, path, use, written);
  }

  /** One of the ways in which the blocks of a set can be those that are written. */
  #paired(instance: Instance, of: AttributePath, ways: readonly (readonly number[])[]): readonly number[] {
    if (this.#isLookedAt || ways.length < 2) return ways[0] ?? [];

    const { address } = instance;
    const attribute = this.#references.nameOf(instance, of);
    const open = openPairing(`${address}.${attribute}`, this.plan.words);
    this.guessed.add(address);
    const alternatives = ways.map((one) => one.map(String));
    return this.choose({ address, attribute, alternatives, more: undefined, reading: { open } }).map(Number);
  }

  /** The form of an attribute that depends on what another one names. */
  #formBeside(instance: Instance, path: AttributePath): RegExp | undefined {
    const formOf = path.length === 1 ? this.actOf(instance)?.formOf : undefined;
    return formOf?.(nameIn(path), (name) => {
      const texts = this.#named(instance, [name], { attribute: 'arn', form: ANY }).values;
      return texts.flatMap((text) => this.#attributesOf(text)).find(({ attribute }) => OWN.includes(attribute))?.after;
    });
  }

  /** A text with what is known by now. Empty: it cannot be known, because it names what waits for the instance, or what there is not. */
  #knownNow(instance: Instance, text: string): string {
    const isLater = (address: string): boolean =>
      this.plan.instances.some(
        (one) => one.address === address && (one === instance || this.plan.waitsFor(one, instance)),
      );
    return text.replaceAll(TOKEN, (token, address: string, attribute: string) => {
      const outputs = this.outputs.get(address);
      if (outputs === undefined) return isLater(address) ? '' : token;

      return String(outputs[attribute] ?? memberOf(outputs['answer'], attribute) ?? '');
    });
  }

  #formOf({ type }: Instance, path: AttributePath) {
    const name = nameIn(path);
    return this.#actsOf(type)?.forms.find(([names]) => names.test(name));
  }

  /** A value that is not in the document. Undefined: the configuration leaves it out. */
  #open(instance: Instance, path: AttributePath): unknown {
    if (this.#references.isWritten(instance, path) === false) return undefined;
    // What is written as null the provider decides.
    const isComputed = path.length === 1 && this.#references.isComputed(instance, nameIn(path));
    if (isComputed && this.#candidates(instance, path).values.length === 0) return undefined;

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
    const found = this.#candidates(instance, path);
    const { values, reasons, isWhole, hasFlag, undescribed } = found;
    const all = chosenFirst(values, path, instance, blocksAt(instance, path));
    // The document names what an expression has, and not the expression.
    const isNamed =
      isWhole === true ||
      (hasFlag !== true && all.length > 0 && all.every((one) => this.#isIdentity(instance, path, one)));
    if (isNamed && reasons.length === 0 && all.length > 0)
      return (
        this.#chosen(
          instance,
          path,
          all.map((one) => [one]),
          found,
        )[0] ?? ''
      );

    const text = this.#around(instance, path);
    if (text !== undefined) return text;

    throw notKnown(path, reasons, undescribed);
  }

  /**
   * Whether an attribute with one reference is what that names, and no text around it: it is called as what is named is (`vpc_id`,
   * `launch_template.id`), or as its type (`vpc`, `cluster_name`), or its act says so.
   */
  #isIdentity(instance: Instance, path: AttributePath, value: string): boolean {
    const parts = path.flatMap((part) => (typeof part === 'string' ? part.replace(/s$/, '') : []));
    const name = parts.at(-1) ?? '';
    const named = this.#attributesOf(value);
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
  #attributesOf(value: string): readonly (Pick<Instance, 'type' | 'after'> & { readonly attribute: string })[] {
    const [token, open, name] = [...value.matchAll(TOKEN)][0] ?? [];
    if (token !== undefined && token !== value) return [];

    return this.plan.instances.flatMap(({ address, type, after }) => {
      const known = Object.entries(this.outputs.get(address) ?? {});
      const all = open === undefined ? known.flatMap(([at, one]) => (one === value ? at : [])) : [name ?? ''];
      const isIt = open === undefined || address === open;
      return isIt
        ? all.flatMap((attribute) => (kindOf(attribute) === undefined ? [] : { type, after, attribute }))
        : [];
    });
  }

  /** A text around names, where its act says what else it may have. */
  #around(instance: Instance, path: AttributePath): string | undefined {
    if (this.#isLookedAt) {
      for (const attribute of IDENTITY)
        for (const one of this.#named(instance, path, { attribute, form: ANY }).values) this.#ask(one);
      return undefined;
    }

    const known = this.around?.(instance, {
      attribute: this.#references.nameOf(instance, path),
      path,
      values: this.of(instance),
      later: this.plan.words.later,
      names: (wanted) => this.#named(instance, path, wanted),
      resolved: (text) => this.#resolved(text),
    });
    const [only] = known?.alternatives ?? [];
    if (known === undefined || only === undefined) return undefined;

    this.guessed.add(instance.address);
    const { address } = instance;
    return this.choose({ more: undefined, ...known, address, attribute: this.#references.nameOf(instance, path) })[0];
  }

  /** One of the values that an attribute may have. */
  #chosen(
    instance: Instance,
    path: AttributePath,
    alternatives: Choice['alternatives'],
    { isMap, undescribed }: Candidates,
    more?: Choice['more'],
  ): readonly string[] {
    const [only = []] = alternatives;
    if (alternatives.length === 1) return only;

    for (const one of alternatives.flat()) this.#ask(one);
    if (this.#isLookedAt) return only;
    if (more === undefined && alternatives.every(({ length }) => length === 1)) this.guessed.add(instance.address);

    const attribute = this.#references.nameOf(instance, path);
    return this.choose({ address: instance.address, attribute, alternatives, more, isMap, undescribed });
  }

  #all(instance: Instance, path: AttributePath): readonly string[] {
    const found = this.#candidates(instance, path);
    const { values, reasons, isWhole, isMap, isAll, hasFlag, undescribed } = found;
    if (isAll === true && reasons.length === 0) return values;
    if (values.length === 0 || reasons.length > 0) throw notKnown(path, reasons, undescribed);

    const isCertain = isMap !== true && hasFlag !== true && (isWhole === true || undescribed === undefined);
    if (isCertain && values.length === 1) return values;

    const each = values.length === 1 ? [] : values.map((one) => [one]);
    const nothing = hasFlag === true ? [[]] : [];
    return this.#chosen(instance, path, [values, ...each, ...nothing], found, this.#formOf(instance, path)?.[2]);
  }

  /** What a text names. */
  #ask(text: string): void {
    for (const [, address = ''] of text.matchAll(TOKEN)) this.#asked.add(address);
  }

  /** A text with the answers of the service in it. */
  #resolved(text: string): string {
    this.#ask(text);
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

/** The first of all alternatives. */
const first: Choose = ({ alternatives }) => alternatives[0] ?? [];

/** Of several values first the one of the block of a set, or of the number of the instance: a guess. */
function chosenFirst(
  values: readonly string[],
  path: AttributePath,
  instance: Instance & { readonly key?: unknown },
  blockCount: number,
): readonly string[] {
  const [guess] = chosen(values, path, instance, blockCount);
  return guess === undefined ? values : [guess, ...values.filter((one) => one !== guess)];
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
