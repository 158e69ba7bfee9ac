import { maskAccounts } from '../../do/snapshot/redact.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';

const ARN = /arn:[\w-]*:[\w-]*:([\w-]*):(\d{12}):[^\s"']*/g;

/** A snapshot, with account IDs in place of its masks, and how what is said about it is masked again. */
export interface Unmasked {
  readonly base: Snapshot | undefined;
  readonly masked: <T>(said: T) => T;
}

/**
 * A redacted snapshot has masks in place of account IDs, and a plan has the IDs. An ARN that both have but for its account
 * tells which mask is which account; without one, the account that the plan names most in a region is that of the region.
 * What is said about the plan has the masks again.
 * @param document what was read of the plan
 */
export function unmasked(document: unknown, base: Snapshot | undefined, account: string | undefined): Unmasked {
  if (base?.redacted !== true) return { base, masked: (said) => said };

  const masks = masksOf(document, base, account);
  if (masks.size === 0) return { base, masked: (said) => said };

  const accounts = new Map([...masks].map(([id, mask]) => [mask, id] as const));
  return {
    base: maskAccounts(base, accounts) as Snapshot,
    masked: <T>(said: T) => maskAccounts(said, masks) as T,
  };
}

/** The masks of a snapshot by the accounts that a plan names. */
function masksOf(document: unknown, base: Snapshot, given: string | undefined): ReadonlyMap<string, string> {
  const known = new Map(arnsIn(base).map(({ rest, account }) => [rest, account] as const));
  const named = arnsIn(document);
  const masks = new Map<string, string>();
  const taken = new Set<string>();
  const add = (account: string, mask: string | undefined): void => {
    if (mask === undefined || masks.has(account) || taken.has(mask)) return;

    masks.set(account, mask);
    taken.add(mask);
  };
  for (const { rest, account } of named) add(account, known.get(rest));
  // A mask has as many digits as its account, and so is one of the same cloud.
  const onlyIn = ({ length }: string, region?: string): string | undefined => {
    const matchingRegions = base.regions.filter((one) => region === undefined || one.region === region);
    const own = new Set(matchingRegions.map((one) => one.account).filter((one) => one.length === length));
    return own.size === 1 ? [...own][0] : undefined;
  };
  if (given !== undefined && base.regions.every(({ account }) => account !== given)) add(given, onlyIn(given));
  const counts = new Map<string, { readonly region: string; readonly account: string; count: number }>();
  for (const { region, account } of named) {
    const one = counts.get(`${region} ${account}`) ?? { region, account, count: 0 };
    one.count += 1;
    counts.set(`${region} ${account}`, one);
  }
  const most = [...counts.values()].toSorted((a, b) => b.count - a.count);
  for (const { region, account } of most) if (region !== '') add(account, onlyIn(account, region));
  return masks;
}

interface Arn {
  /** The ARN without its account. */
  readonly rest: string;
  readonly region: string;
  readonly account: string;
}

function arnsIn(value: unknown): readonly Arn[] {
  const found: Arn[] = [];
  const walk = (one: unknown): void => {
    if (typeof one === 'string') {
      for (const [text, region = '', account = ''] of one.matchAll(ARN))
        found.push({ rest: text.replace(account, ''), region, account });
    } else if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) walk(inner);
  };
  walk(value);
  return found;
}
