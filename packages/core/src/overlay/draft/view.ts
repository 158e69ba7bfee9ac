import { marksAt, valueAt, type Value } from '../declared/values.js';
import type { Candidates, AttributeUse } from '../declared/open.js';
import type { Choice, Reading, UnknownAttribute } from './choice.js';
import { InstanceAttributes } from './instance-attributes.js';

/** What an attribute names. */
export interface Named {
  readonly values: readonly string[];
  /** It names some of these besides. */
  readonly others: readonly string[];
  /** Why it may name others still. */
  readonly reasons: readonly string[];
}

/** The attributes of an instance as rows read them: values, blocks, and what they name. */
export class View extends InstanceAttributes {
  /** What is in a map. */
  within(name: string): View {
    return new View(this.instance, this.lookup, this.when, [...this.path, name]);
  }

  /** The same part before, or after. */
  as(when: View['when']): View {
    return new View(this.instance, this.lookup, when, this.path);
  }

  /** The ID or ARN that an attribute names. Undefined: not set. @throws {UnknownAttribute} */
  ref(name: string, wanted: AttributeUse): string | undefined {
    const path = [...this.path, name];
    const value = valueAt(this.values, path);
    if (typeof value === 'string' && value !== '') return value;
    if (this.when === 'before' || !this.isOpen(path)) return undefined;

    const found = this.candidatesAt(path, wanted);
    if (found.values.length === 0 && this.isComputed(name)) return undefined;
    if (found.reasons.length > 0 || found.values.length === 0) throw this.unknown(name, found.reasons);

    const alternatives = found.values.map((one) => [one]);
    return this.chosen(name, alternatives, undefined, found)[0];
  }

  /**
   * The IDs that an attribute, or a list, names: those that it names for certain, those that it may name, and why it may name
   * others.
   */
  named(name: string, wanted: AttributeUse): Named {
    const path = [...this.path, name];
    const value = valueAt(this.values, path);
    const list = Array.isArray(value) ? (value as readonly Value[]) : value === undefined ? [] : [value];
    const known = list.filter((one): one is string => typeof one === 'string' && one !== '');
    if (this.when === 'before' || !this.isUnknown(name)) return { values: known, others: [], reasons: [] };

    const found = this.candidatesAt(path, wanted);
    const values = found.values.filter((one) => !known.includes(one));
    const open = Array.isArray(value) ? list.length - known.length : 1;
    const reasons = values.length === 0 && found.reasons.length === 0 ? this.unknown(name, []).reasons : found.reasons;
    return reasons.length === 0 && (values.length === 1 || values.length === open)
      ? { values: [...known, ...values], others: [], reasons }
      : { values: known, others: values, reasons };
  }

  /** As {@link ref}, of one that must be set. */
  neededRef(name: string, wanted: AttributeUse): string {
    const found = this.ref(name, wanted);
    if (found === undefined) throw this.computed(name);

    return found;
  }

  /**
   * The IDs that a list names. Where the plan has not even their number, they are all candidates, or some of them.
   * @throws {UnknownAttribute}
   */
  refs(name: string, wanted: AttributeUse): readonly string[] {
    const path = [...this.path, name];
    const value = valueAt(this.values, path);
    const list = Array.isArray(value) ? value : [value];
    const known = list.filter((one): one is string => typeof one === 'string');
    if (this.when === 'before' || !this.isOpen(path)) return known;
    if (value === undefined && this.isComputed(name)) return [];

    const found = this.candidatesAt(path, wanted);
    const others = found.values.filter((one) => !known.includes(one));
    if (found.isAll === true && found.reasons.length === 0) return [...known, ...others];
    if (found.reasons.length > 0 || others.length === 0) throw this.unknown(name, found.reasons);

    const open = list.length - known.length;
    const all = [...known, ...others];
    const nothing = value === undefined && found.hasFlag === true ? [[]] : [];
    if (nothing.length === 0 && (others.length === 1 || open === others.length)) return all;

    const each = others.map((one) => [...known, one]);
    return this.chosen(name, [all, ...each, ...nothing], wanted.more, found);
  }

  /**
   * The IDs of which an attribute names one, for what only allows more: where it is not known which, first all of them and then each
   * alone is judged. Where the plan does not say which there are, it is one of `all`, or another one.
   */
  anyOf(name: string, wanted: AttributeUse, all: () => readonly string[]): readonly string[] {
    const path = [...this.path, name];
    const value = valueAt(this.values, path);
    if (typeof value === 'string' && value !== '') return [value];
    if (this.when === 'before' || !this.isOpen(path) || this.isComputed(name)) return [];

    const { values, reasons, undescribed } = this.candidatesAt(path, wanted);
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
  candidates(name: string, wanted: AttributeUse): Candidates {
    return this.candidatesAt([...this.path, name], wanted);
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
      if (this.when === 'before' || marksAt(this.instance.unknown, path) !== true || this.isComputed(name)) return [];

      throw this.unknown(name, []);
    }

    return value.map((_, at) => new View(this.instance, this.lookup, this.when, [...path, at]));
  }
}
