import { canonicalJson } from '../../ground/hash.js';
import { isObject, type Json } from '../../ground/json.js';
import type { AnyForm } from '../forms/form.js';
import type { Members, PartKind, Parts } from '../snapshot/resources/resource.js';

/** One change in a resource. */
export interface Detail {
  /** `rule out tcp 443 to 10.0.0.0/8 removed`, `state: ready → inactive`. */
  readonly text: string;
  /** Whether it may change the path of a call. */
  readonly paths: boolean;
  /** One side did not read the member, so a change cannot be determined. */
  readonly unread?: true | undefined;
}

const LONGEST = 120;

/** How the members of an object are described. */
export interface Speaking {
  readonly parts?: Parts | undefined;
  /** The member that is the object's own ID: it is not compared. */
  readonly key?: string | undefined;
  /** The forms of the members. Without them, the members have names that Postern does not define: a missing one does not exist. */
  readonly members?: AnyForm['members'];
  /** Whether a missing member was not read, whatever its form. */
  readonly isListed?: boolean | undefined;
}

/** The changes of a resource, as text. The cloud's own object is not compared. */
export function detailsOf(before: Members, after: Members, speaking: Speaking = {}): Detail[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) =>
    name === speaking.key || isApart(name) || same(before[name], after[name])
      ? []
      : memberDetails(name, before[name], after[name], speaking),
  );
}

function memberDetails(name: string, before: unknown, after: unknown, speaking: Speaking): Detail[] {
  const { parts = {}, members, isListed = members !== undefined } = speaking;
  const form = members?.[name];
  const label = labelOf(name);
  const part = parts[name];
  const paths = form?.ignoredForPaths !== true;
  const detail = (text: string, unread = false): Detail[] => [
    {
      text: text.length > 4 * LONGEST ? `${text.slice(0, 4 * LONGEST)}…` : text,
      paths,
      ...(unread && { unread: true as const }),
    },
  ];
  if (isListed && form?.orNone !== true) {
    // Readers leave out what the spec does not need. What they could not read is a gap, with a change of its own.
    if (before === undefined) return detail(`${label}: not read before, now ${valueText(after)}`, true);
    if (after === undefined) return detail(`${label}: ${valueText(before)} → not read`, true);
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    if (part) return partDetails(part, before as readonly Members[], after as readonly Members[], form?.members);
    if ([...before, ...after].every((item) => typeof item === 'string'))
      return listDetails(label, before as string[], after as string[]).flatMap((text) => detail(text));
  } else if (isObject(before) && isObject(after)) {
    return detailsOf(before, after, { parts, members: form?.members }).map((detail) => ({
      ...detail,
      text: `${label === 'tags' ? 'tag' : label} ${detail.text}`,
      paths: paths && detail.paths,
    }));
  }
  const [from, to] = pairText(before, after);
  return detail(`${label}: ${from} → ${to}`);
}

/** Two different values as texts that differ: long ones from the first character in which they do. */
function pairText(before: unknown, after: unknown): readonly [string, string] {
  const short = [valueText(before), valueText(after)] as const;
  if (short[0] !== short[1]) return short;

  const whole = (value: unknown): string => (value === undefined ? 'none' : canonicalJson(value as Json));
  const [from, to] = [whole(before), whole(after)];
  let at = 0;
  while (at < from.length && from[at] === to[at]) at += 1;
  const start = Math.max(0, at - LONGEST / 4);
  const rest = (text: string): string => `${start === 0 ? '' : '…'}${cut(text.slice(start))}`;
  return [rest(from), rest(to)];
}

function listDetails(label: string, before: readonly string[], after: readonly string[]): string[] {
  const [old, now] = [new Set(before), new Set(after)];
  const [added, removed] = [after.filter((one) => !old.has(one)), before.filter((one) => !now.has(one))];
  if (added.length + removed.length === 0) return [`${label}: in another order, ${after.join(', ')}`];

  return [
    ...(removed.length === 0 ? [] : [`${label}: ${few(removed)} removed`]),
    ...(added.length === 0 ? [] : [`${label}: ${few(added)} added`]),
  ];
}

function partDetails(
  { noun, key, text, parts }: PartKind,
  before: readonly Members[],
  after: readonly Members[],
  members: AnyForm['members'],
): Detail[] {
  const [old, now] = [byKey(before, key), byKey(after, key)];
  const details: Detail[] = [];
  for (const [name, one] of old)
    if (!now.has(name)) details.push({ text: `${noun} ${text(one)} removed`, paths: true });
  for (const [name, one] of now) {
    const was = old.get(name);
    if (was === undefined) details.push({ text: `${noun} ${text(one)} added`, paths: true });
    else if (text(was) !== text(one)) details.push({ text: `${noun} ${text(was)} → ${text(one)}`, paths: true });
    else
      details.push(
        ...detailsOf(was, one, { parts, members }).map((detail) => ({
          ...detail,
          text: `${noun} ${text(one)}: ${detail.text}`,
        })),
      );
  }
  return details;
}

/** Parts by their keys; of several with one key, each has its number. */
function byKey(items: readonly Members[], key: (part: Members) => string): Map<string, Members> {
  const found = new Map<string, Members>();
  for (const item of items) {
    const name = key(item);
    let own = name;
    for (let number = 2; found.has(own); number += 1) own = `${name} #${number}`;
    found.set(own, item);
  }
  return found;
}

/** A few of many: `a, b, c, d, e and 7 more`. */
export function few(texts: readonly string[], most = 5): string {
  const rest = texts.length - most;
  return rest <= 1 ? texts.join(', ') : `${texts.slice(0, most).join(', ')} and ${rest} more`;
}

/** `securityGroupIds` → `security group ids`. */
function labelOf(name: string): string {
  return /^[a-z]+(?:[A-Z][a-z]+)*$/.test(name) ? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : name;
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '(empty)' : cut(value);
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'string')) return few(value) || 'none';

    return `${value.length} of them`;
  }
  if (value === null || value === undefined) return 'none';

  return cut(isObject(value) ? canonicalJson(value as Json) : String(value));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** What is not compared: the cloud's own object, and what flow logs show of the last hour. */
function isApart(name: string): boolean {
  return name === 'raw' || name === 'flows';
}

/** Whether two values are equal, apart from the clouds' own objects inside them. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;

  for (const key in a) if (!isApart(key) && !same(a[key], b[key])) return false;
  for (const key in b) if (!isApart(key) && b[key] !== undefined && a[key] === undefined) return false;
  return true;
}
