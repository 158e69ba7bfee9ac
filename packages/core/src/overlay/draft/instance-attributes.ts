import {
  type Instance,
  isMarked,
  marksAt,
  valueAt,
  type AttributePath,
  type Attributes,
  type Value,
} from '../declared/values.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { NOT_WRITTEN, openPairing, type Candidates, type References, type AttributeUse } from '../declared/open.js';
import type { ToolWords } from '../declared/tool-plan.js';
import { ifKnown, UnknownAttribute, type Choice, type Choose } from './choice.js';

/** What views are made with. */
export interface Lookup {
  readonly references: References;
  readonly words: ToolWords;
  readonly choose: Choose;
  /** Its region, as the snapshot has it. */
  readonly place: RegionSnapshot;
}

/**
 * The attributes of an instance, before or after. What is not known after is resolved by the configuration, where a
 * reference says what it is.
 */
export class InstanceAttributes {
  constructor(
    readonly instance: Instance,
    readonly lookup: Lookup,
    readonly when: 'before' | 'after',
    readonly path: AttributePath = [],
  ) {}

  get values(): Attributes | undefined {
    return this.instance[this.when];
  }

  /** Undefined: not set. @throws {UnknownAttribute} where it is set, and not known */
  value(name: string): Value | undefined {
    const path = [...this.path, name];
    const value = valueAt(this.values, path) ?? undefined;
    if (this.when === 'before' || !this.isOpen(path)) return value;
    if (value !== undefined && !Array.isArray(value)) return value;

    const exact = this.lookup.references.exact?.(this.instance, path);
    if (exact !== undefined) return exact.value ?? undefined;
    if (this.isComputed(name)) return undefined;

    throw this.unknown(name, this.candidatesAt(path, ANY).reasons);
  }

  text(name: string): string | undefined {
    const value = this.value(name) ?? this.#symbol(name);
    return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
  }

  /** What a reader returns, or undefined where it needs what is not known: for names, and for what the checks take as not read. */
  ifKnown<T>(read: () => T): T | undefined {
    return ifKnown(read);
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
          this.chosen(
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
    if (this.#isEachJudged(name)) return this.chosen(name, [['true'], ['false']], undefined)[0] === 'true';

    const text = String(this.value(name)).toLowerCase();
    return text === 'true' || (text === 'false' ? false : undefined);
  }

  /** A text that must be there. @throws {UnknownAttribute} */
  needed(name: string): string {
    const found = this.text(name);
    if (found === undefined) throw this.unknown(name, [`${this.#address(name)} is not set`]);

    return found;
  }

  /** The texts of a list, all of them known: where carrying out found its one element, that. @throws {UnknownAttribute} */
  texts(name: string): readonly string[] {
    const value = this.value(name);
    return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  }

  /** The map of texts, without those that are not known. */
  map(name: string): Readonly<Record<string, string>> {
    const value = valueAt(this.values, [...this.path, name]);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};

    return Object.fromEntries(
      Object.entries(value).flatMap(([key, one]) => (typeof one === 'string' ? [[key, one]] : [])),
    );
  }

  /** Whether the configuration sets an attribute. */
  isGiven(name: string): boolean {
    return this.value(name) !== undefined;
  }

  /** Whether an attribute is set, and not known yet. */
  isUnknown(name: string): boolean {
    return this.isOpen([...this.path, name]) && !this.isComputed(name);
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

  protected candidatesAt(path: AttributePath, wanted: AttributeUse): Candidates {
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
    const open = openPairing(`${address}.${attribute}`, this.lookup.words);
    return this.lookup.choose({ address, attribute, alternatives, more: undefined, reading: { open } });
  }

  protected chosen(
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

  protected isOpen(path: AttributePath): boolean {
    return isMarked(marksAt(this.instance.unknown, path)) || isMarked(marksAt(this.instance.sensitive, path));
  }

  /** The provider fills it in: the configuration does not set it. In a nested block that is not told apart from a dynamic one. */
  protected isComputed(name: string): boolean {
    return this.path.length === 0 && this.lookup.references.isComputed(this.instance, name);
  }
}

const ANY: AttributeUse = { attribute: 'id', form: /^/ };
