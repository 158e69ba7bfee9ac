import { hideValues } from './hide-values.js';
import type { Snapshot } from './snapshot.js';
import { sortSnapshot } from './arrange.js';

/** Account IDs and their replacements. */
export type AccountMasks = Map<string, string>;

/** Members whose value is an account ID, or that of an owner who may be a service (`AWS`). */
const ACCOUNT_MEMBERS: ReadonlySet<string> = new Set(['account', 'peerAccount']);
const ACCOUNT = /^\d{8,20}$/;
/** The account inside a name with parts, such as `arn:aws:iam::111122223333:role/x` and `acs:ram::1111222233334444:role/x`. */
const IN_NAME = /(?<![a-z])[a-z]+(?::[\w-]*){2,3}:(\d{8,20}):/g;
const DIGITS = /(?<!\d)\d{8,20}(?!\d)/g;

/**
 * The snapshot with masks in place of account IDs, everywhere: in members, ARNs, names of members, texts, and
 * also numbers, as text. Each account has one mask with the same number of digits, so that relations are kept
 * and checks give the same results. The account of each region comes first, then the others in order of
 * occurrence: the same state gives the same masks. Names, tags, addresses and IDs of resources are kept,
 * because checks use them for look-ups.
 *
 * The contents of the clouds' own objects (`raw`) are unknown, so they become `null`. Values that users write freely
 * are not shown; see `hideValues`.
 *
 * ```ts
 * writeFileSync('shared.json', encodeSnapshot(redactSnapshot(snapshot)));
 * ```
 *
 * @param masks the new masks are added to it; pass it again to use the same masks for several snapshots, or
 *   for a spec.
 */
export function redactSnapshot(snapshot: Snapshot, masks: AccountMasks = new Map()): Snapshot {
  const sorted = hideValues(sortSnapshot(snapshot), 'all');
  if (sorted.redacted === true) return sorted;

  const accounts = new Set(sorted.regions.map(({ account }) => account).filter((one) => one !== ''));
  const digits = new Set<string>();
  for (const region of sorted.regions) collect(region, accounts, digits, { isWord: isWord(region.account) });
  const taken = new Set([...digits, ...masks.keys(), ...masks.values()]);
  let number = 0;
  for (const account of accounts) {
    if (masks.has(account)) continue;

    let mask: string;
    do {
      number += 1;
      mask = isWord(account) ? `account-${number}` : String(number).padStart(account.length, '0');
    } while (taken.has(mask));
    taken.add(mask);
    masks.set(account, mask);
  }
  return sortSnapshot({ ...(maskAccounts(sorted, masks) as Snapshot), redacted: true });
}

/** Any plain value with the masks in the place of the accounts: a spec, to check it against a redacted snapshot. */
export function maskAccounts(value: unknown, masks: ReadonlyMap<string, string>): unknown {
  return withMasks(value, masks, wordsOf(masks));
}

function withMasks(value: unknown, masks: ReadonlyMap<string, string>, words: readonly string[]): unknown {
  if (typeof value === 'string') return masked(value, masks, words);
  if (typeof value === 'number') return masks.get(String(value)) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = (value as readonly unknown[]).map((item) => withMasks(item, masks, words));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }

  let changed = false;
  const members = Object.entries(value).map(([key, member]): [string, unknown] => {
    const entry: [string, unknown] = [
      masked(key, masks, words),
      key === 'raw' ? null : withMasks(member, masks, words),
    ];
    changed ||= entry[0] !== key || entry[1] !== member;
    return entry;
  });
  return changed ? Object.fromEntries(members) : value;
}

/** The accounts in a plain value, in members and ARNs, in order of occurrence. */
export function accountsIn(value: unknown): string[] {
  const accounts = new Set<string>();
  collect(value, accounts, new Set());
  return [...accounts];
}

/** Whether an account has other characters than digits. */
const isWord = (account: string): boolean => account !== '' && !ACCOUNT.test(account);

/** The accounts that are no numbers, the longest first. */
function wordsOf(masks: ReadonlyMap<string, string>): readonly string[] {
  return [...masks.keys()].filter(isWord).toSorted((a, b) => b.length - a.length);
}

/** A text with its whole words replaced. A file may have any text as an account, so it is not used as a pattern. */
function withoutWords(text: string, masks: ReadonlyMap<string, string>, words: readonly string[]): string {
  if (!words.some((word) => text.includes(word))) return text;

  const isPart = (letter: string | undefined): boolean => letter !== undefined && /[A-Za-z0-9]/.test(letter);
  let masked = '';
  for (let at = 0; at < text.length; at += 1) {
    const word = isPart(text[at - 1])
      ? undefined
      : words.find((one) => text.startsWith(one, at) && !isPart(text[at + one.length]));
    masked += word === undefined ? text[at] : (masks.get(word) ?? word);
    at += (word ?? ' ').length - 1;
  }
  return masked;
}

function masked(text: string, masks: ReadonlyMap<string, string>, words: readonly string[]): string {
  const said = withoutWords(text, masks, words);
  return said.length < 8 ? said : said.replace(DIGITS, (digits) => masks.get(digits) ?? digits);
}

/** Where a value was found: in a member, and in a region whose accounts are no numbers. */
interface Collected {
  readonly name?: string | undefined;
  readonly isWord?: boolean | undefined;
}

/** Collects the accounts in order of occurrence, and all runs of digits, none of which may become a mask. */
function collect(value: unknown, accounts: Set<string>, digits: Set<string>, of: Collected = {}): void {
  const { name, isWord: areWords = false } = of;
  if (typeof value === 'string') {
    if (areWords && name !== undefined && ACCOUNT_MEMBERS.has(name) && value !== '') accounts.add(value);
    if (value.length < 8) return;

    for (const [run] of value.matchAll(DIGITS)) digits.add(run);
    if (name !== undefined && ACCOUNT_MEMBERS.has(name) && ACCOUNT.test(value)) accounts.add(value);
    else for (const [, account = ''] of value.matchAll(IN_NAME)) accounts.add(account);
  } else if (typeof value === 'number') digits.add(String(value));
  else if (Array.isArray(value)) for (const item of value) collect(item, accounts, digits, { isWord: areWords });
  else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value).sort()) {
      if (key === 'raw') continue;

      collect(key, accounts, digits);
      collect((value as Record<string, unknown>)[key], accounts, digits, { name: key, isWord: areWords });
    }
  }
}
