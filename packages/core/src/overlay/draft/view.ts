import {
  type Instance,
  isMarked,
  marksAt,
  valueAt,
  type AttributePath,
  type Attributes,
  type Value,
} from '../declared/values.js';
import { NOT_WRITTEN, type Candidates, type References, type Wanted } from '../declared/open.js';
import type { ToolWords } from '../declared/tool-plan.js';
import { UnknownAttribute, type Choice, type Reading, type Choose } from './choice.js';

/** What an attribute names. */
export interface Named {
  readonly values: readonly string[];
  /** It names some of these besides. */
  readonly others: readonly string[];
  /** Why it may name others still. */
  readonly reasons: readonly string[];
}

/** What views are made with. */
export interface Lookup {
  readonly references: References;
  readonly words: ToolWords;
  readonly choose: Choose;
  readonly place: { readonly region: string; readonly account: string };
}

/**
 * The attributes of an instance, before or after. What is not known after is resolved by the configuration, where a
 * reference says what it is.
 */
export class View {
  constructor(
    readonly instance: Instance,
    readonly lookup: Lookup,
    readonly when: 'before' | 'after',
    readonly path: AttributePath = [],
  ) {}

  /** What is in a map. */
  within(name: string): View {
    return new View(this.instance, this.lookup, this.when, [...this.path, name]);
  }

  /** The same part before, or after. */
  as(when: View['when']): View {
    return new View(this.instance, this.lookup, when, this.path);
  }

  get values(): Attributes | undefined {
    return this.instance[this.when];
  }

  /** Undefined: not set. @throws {UnknownAttribute} where it is set, and not known */
  value(name: string): Value | undefined {
    const path = [...this.path, name];
    const value = valueAt(this.values, path) ?? undefined;
    if (this.when === 'before' || !this.#isOpen(path)) return value;
    if (value !== undefined && !Array.isArray(value)) return value;
    const exact = this.lookup.references.exact?.(this.instance, path);
    if (exact !== undefined) return exact.value ?? undefined;
    if (this.#isComputed(name)) return undefined;
    throw this.unknown(name, this.#candidates(path, ANY).reasons);
  }

  text(name: string): string | undefined {
    const value = this.value(name) ?? this.#symbol(name);
    return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
  }

  /** What a reader returns, or undefined where it needs what is not known: for names, and for what the checks take as not read. */
  ifKnown<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (error instanceof UnknownAttribute) return undefined;
      throw error;
    }
  }

  /**
   * What a table says of a text, in any case; `otherwise` where it is not set. Where it is not known, each text of the table is judged.
   * @throws {UnknownAttribute} for a text that the table lacks
   */
  listed<T>(name: string, table: ReadonlyMap<string, T>, otherwise: T): T {
    if (this.#isEachJudged(name)) {
      const texts = [...table.keys()];
      const each = texts.filter((one, at) => texts.findIndex((other) => table.get(other) === table.get(one)) === at);
      return (
        table.get(
          this.#chosen(
            name,
            each.map((one) => [one]),
            undefined,
          )[0] ?? '',
        ) ?? otherwise
      );
    }
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const found = table.get(text) ?? table.get(text.toLowerCase());
    if (found === undefined) throw this.unknown(name, [`${text} is not known to this version`]);
    return found;
  }

  /** A text that is one of those that this version knows. @throws {UnknownAttribute} for another one: tables age */
  word(name: string, known: ReadonlySet<string>): string | undefined {
    const text = this.text(name);
    if (text !== undefined && !known.has(text)) throw this.unknown(name, [`${text} is not known to this version`]);
    return text;
  }

  number(name: string): number | undefined {
    const value = this.value(name);
    return typeof value === 'number'
      ? value
      : typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)
        ? Number(value)
        : undefined;
  }

  /** Where it is not known, both are judged. */
  flag(name: string): boolean | undefined {
    if (this.#isEachJudged(name)) return this.#chosen(name, [['true'], ['false']], undefined)[0] === 'true';
    const value = this.value(name);
    return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;
  }

  /** A text that must be there. @throws {UnknownAttribute} */
  needed(name: string): string {
    const found = this.text(name);
    if (found === undefined) throw this.unknown(name, [`${this.#address(name)} is not set`]);
    return found;
  }

  /** The texts of a list, all of them known. @throws {UnknownAttribute} */
  texts(name: string): readonly string[] {
    const value = this.value(name);
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** The map of texts, without those that are not known. */
  map(name: string): Readonly<Record<string, string>> {
    const value = valueAt(this.values, [...this.path, name]);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, one]) => (typeof one === 'string' ? [[key, one]] : [])),
    );
  }

  /** The ID or ARN that an attribute names. Undefined: not set. @throws {UnknownAttribute} */
  ref(name: string, wanted: Wanted): string | undefined {
    const path = [...this.path, name];
    const value = valueAt(this.values, path);
    if (typeof value === 'string' && value !== '') return value;
    if (this.when === 'before' || !this.#isOpen(path)) return undefined;
    const found = this.#candidates(path, wanted);
    if (found.values.length === 0 && this.#isComputed(name)) return undefined;
    if (found.reasons.length > 0 || found.values.length === 0) throw this.unknown(name, found.reasons);
    const alternatives = found.values.map((one) => [one]);
    return this.#chosen(name, alternatives, undefined, found)[0];
  }

  /**
   * The IDs that an attribute, or a list, names: those that it names for certain, those that it may name, and why it may name
   * others.
   */
  named(name: string, wanted: Wanted): Named {
    const path = [...this.path, name];
    const value = valueAt(this.values, path);
    const list = Array.isArray(value) ? (value as readonly Value[]) : value === undefined ? [] : [value];
    const known = list.filter((one): one is string => typeof one === 'string' && one !== '');
    if (this.when === 'before' || !this.isUnknown(name)) return { values: known, others: [], reasons: [] };
    const found = this.#candidates(path, wanted);
    const values = found.values.filter((one) => !known.includes(one));
    const open = Array.isArray(value) ? list.length - known.length : 1;
    const reasons = values.length === 0 && found.reasons.length === 0 ? this.unknown(name, []).reasons : found.reasons;
    return reasons.length === 0 && (values.length === 1 || values.length === open)
      ? { values: [...known, ...values], others: [], reasons }
      : { values: known, others: values, reasons };
  }

  /** Whether the configuration sets an attribute. */
  isGiven(name: string): boolean {
    return this.value(name) !== undefined;
  }

  /** Whether an attribute is set, and not known yet. */
  isUnknown(name: string): boolean {
    return this.#isOpen([...this.path, name]) && !this.#isComputed(name);
  }

  /** As {@link ref}, of one that must be set. */
  neededRef(name: string, wanted: Wanted): string {
    const found = this.ref(name, wanted);
    if (found === undefined) throw this.computed(name);
    return found;
  }

  /**
   * The IDs that a list names. Where the plan has not even their number, they are all candidates, or some of them.
   * @throws {UnknownAttribute}
   */
  refs(name: string, wanted: Wanted): readonly string[] {
    const path = [...this.path, name];
    const value = valueAt(this.values, path);
    const list = Array.isArray(value) ? value : [];
    const known = list.filter((one): one is string => typeof one === 'string');
    if (this.when === 'before' || !this.#isOpen(path)) return known;
    if (value === undefined && this.#isComputed(name)) return [];
    const found = this.#candidates(path, wanted);
    const others = found.values.filter((one) => !known.includes(one));
    if (found.reasons.length > 0 || others.length === 0) throw this.unknown(name, found.reasons);
    const open = list.length - known.length;
    const all = [...known, ...others];
    const mayLack = found.hasFlag === true || found.isSome === true;
    const nothing = value === undefined && mayLack ? [[]] : [];
    if (found.isAll === true || (nothing.length === 0 && (others.length === 1 || open === others.length))) return all;
    const each = others.map((one) => [...known, one]);
    return this.#chosen(name, [all, ...each, ...nothing], found.isSome === true ? undefined : wanted.more, found);
  }

  /**
   * The IDs of which an attribute names one, for what only allows more: where it is not known which, first all of them and then each
   * alone is judged. Where the plan does not say which there are, it is one of `all`, or another one.
   */
  anyOf(name: string, wanted: Wanted, all: () => readonly string[]): readonly string[] {
    const path = [...this.path, name];
    const value = valueAt(this.values, path);
    if (typeof value === 'string' && value !== '') return [value];
    if (this.when === 'before' || !this.#isOpen(path) || this.#isComputed(name)) return [];
    const { values, reasons, undescribed } = this.#candidates(path, wanted);
    const isListed = reasons.length === 0 && values.length > 0;
    if (isListed && values.length === 1) return values;
    const open = this.unknown(name, reasons).said(this.lookup.words.later);
    return this.lookup.choose({
      address: this.instance.address,
      attribute: this.lookup.references.nameOf(this.instance, path),
      alternatives: isListed ? [values, ...values.map((one) => [one])] : [all(), []],
      more: 'allows',
      least: isListed ? 'below' : 'bounds',
      reading: isListed ? undefined : { open },
      undescribed,
    });
  }

  /** Whether something that only allows more, and of which a part is not known, allows the most that it can, or nothing: both are judged. */
  allowsMost(open: UnknownAttribute): boolean {
    const [most] = this.lookup.choose({
      address: this.instance.address,
      attribute: open.attribute,
      alternatives: [['all'], []],
      more: 'allows',
      least: 'bounds',
      reading: { open: open.said(this.lookup.words.later) },
    });
    return most !== undefined;
  }

  /** What an attribute that is known later may be, of a form. */
  candidates(name: string, wanted: Wanted): Candidates {
    return this.#candidates([...this.path, name], wanted);
  }

  /** A value that is known later, in one of the ways in which it can be read: each is judged. */
  reading(name: string, alternatives: Choice['alternatives'], reading: Reading): readonly string[] {
    return this.lookup.choose({
      address: this.instance.address,
      attribute: this.lookup.references.nameOf(this.instance, [...this.path, name]),
      alternatives,
      more: undefined,
      reading,
    });
  }

  /** One of the stages of a gateway, each of which is judged. */
  every(gatewayId: string, stages: readonly string[]): string {
    const [only = '', ...others] = stages;
    if (others.length === 0) return only;
    const alternatives = stages.map((one) => [one]);
    const chosen = this.lookup.choose({
      address: gatewayId,
      attribute: 'stage',
      alternatives,
      more: undefined,
      every: true,
    });
    return chosen[0] ?? only;
  }

  /** The blocks of a name, or the objects of a list. */
  blocks(name: string): readonly View[] {
    const path = [...this.path, name];
    const value = valueAt(this.values, path);
    if (!Array.isArray(value)) {
      if (this.when === 'before' || marksAt(this.instance.unknown, path) !== true || this.#isComputed(name)) return [];
      throw this.unknown(name, []);
    }
    return value.map((_, at) => new View(this.instance, this.lookup, this.when, [...path, at]));
  }

  unknown(name: string, reasons: readonly string[]): UnknownAttribute {
    const { references, words } = this.lookup;
    const path = [...this.path, name];
    return new UnknownAttribute(
      this.instance.address,
      references.nameOf(this.instance, path),
      reasons.length > 0 ? reasons : [`its value is known ${words.later}`],
      this.when === 'after' && isMarked(marksAt(this.instance.unknown, path)),
    );
  }

  /** What is needed, not set, and so decided by the provider. */
  computed(name: string): UnknownAttribute {
    return this.unknown(name, [`${this.#address(name)} ${this.lookup.words.computed}`]);
  }

  #address(name: string): string {
    return `${this.instance.address}.${this.lookup.references.nameOf(this.instance, [...this.path, name])}`;
  }

  #candidates(path: AttributePath, wanted: Wanted): Candidates {
    const { references } = this.lookup;
    return references.candidates(this.instance, path, wanted, this.#written(path));
  }

  /** Where the expression of an attribute is: in the block of the configuration with which a block of a set is paired. */
  #written(path: AttributePath): AttributePath {
    const { references } = this.lookup;
    const written: (string | number)[] = [];
    for (const [at, part] of path.entries()) {
      const of = path.slice(0, at);
      const ways = typeof part === 'number' ? references.pairings?.(this.instance, of, written) : undefined;
      written.push(ways === undefined ? part : Number(this.#paired(of, ways)[Number(part)] ?? NOT_WRITTEN));
    }
    return written;
  }

  /** One of the ways in which the blocks of a set can be paired: each is judged. */
  #paired(of: AttributePath, ways: readonly (readonly number[])[]): readonly string[] {
    const alternatives = ways.map((one) => one.map(String));
    if (alternatives.length < 2) return alternatives[0] ?? [];
    const { address } = this.instance;
    const attribute = this.lookup.references.nameOf(this.instance, of);
    const open = `the blocks of ${address}.${attribute} are a set, which has no order: which of them has which reference depends on values that ${this.lookup.words.plan} does not describe. Write numbers and texts that tell them apart in the blocks`;
    return this.lookup.choose({ address, attribute, alternatives, more: undefined, reading: { open } });
  }

  #chosen(
    name: string,
    alternatives: Choice['alternatives'],
    more: Choice['more'],
    { isMap, undescribed }: Pick<Candidates, 'isMap' | 'undescribed'> = {},
  ): readonly string[] {
    if (alternatives.length === 1) return alternatives[0] ?? [];
    return this.lookup.choose({
      address: this.instance.address,
      attribute: this.lookup.references.nameOf(this.instance, [...this.path, name]),
      alternatives,
      more,
      isMap,
      undescribed,
    });
  }

  /** Whether an attribute with few values is set and not known: sensitive ones are not told. */
  #isEachJudged(name: string): boolean {
    const path = [...this.path, name];
    if (this.when === 'before' || (valueAt(this.values, path) !== null && valueAt(this.values, path) !== undefined))
      return false;
    return this.isUnknown(name) && this.lookup.references.exact?.(this.instance, path) === undefined;
  }

  /** Its own ID, where it does not exist yet. */
  #symbol(name: string): string | undefined {
    return this.when === 'after' && this.path.length === 0
      ? this.lookup.references.symbolOf(this.instance, name)
      : undefined;
  }

  #isOpen(path: AttributePath): boolean {
    return isMarked(marksAt(this.instance.unknown, path)) || isMarked(marksAt(this.instance.sensitive, path));
  }

  /** The provider fills it in: the configuration does not set it. In a nested block that is not told apart from a dynamic one. */
  #isComputed(name: string): boolean {
    return this.path.length === 0 && this.lookup.references.isComputed(this.instance, name);
  }
}

const ANY: Wanted = { attribute: 'id', form: /^/ };
