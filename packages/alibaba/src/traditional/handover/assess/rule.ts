import type { About, Actor, HandoverItem, HandoverVerdict } from './assessment.js';
import type { AssessView } from './view.js';
import { InvalidInputError } from '@postern/core/adapter';
import { nearest } from '@postern/core/cloud';

/** What is said of it. */
export interface Said {
  readonly target?: string | undefined;
  readonly affects?: readonly ('callers' | 'backend')[] | undefined;
  readonly who?: Actor | undefined;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** False: the hand-over cannot go on without it. */
  readonly waivable?: false | undefined;
}

/** An item as a rule finds it. */
export type Found = Omit<HandoverItem, 'rule'>;

type Say = (code: string, about: About, said: Said) => Found;

/** The verdicts of rules. */
export const say: Readonly<Record<Exclude<HandoverVerdict, 'waived'>, Say>> = {
  exact: item('exact'),
  changed: item('changed'),
  blocked: item('blocked'),
  unknown: item('unknown'),
};

/** One row of the mapping: how it is found in a group, and what becomes of it. */
export interface HandoverRule {
  /** `path/parameters`. */
  readonly id: string;
  /** What it is in the classic service, and on APIG. */
  readonly classic: string;
  readonly apig: string;
  /** Every code that it may give, with its verdict. */
  readonly codes: Readonly<Record<string, Exclude<HandoverVerdict, 'waived'>>>;
  readonly find: (view: AssessView) => Iterable<Found>;
}

function item(verdict: Exclude<HandoverVerdict, 'waived'>): Say {
  return (code, { source, stage, apis }, { target, affects = [], who = 'none', message, remedy, waivable = true }) => ({
    code,
    verdict,
    ...(stage === undefined ? {} : { stage }),
    source,
    ...(target === undefined ? {} : { target }),
    apis,
    affects,
    who,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    waivable,
  });
}

/** What the user gives up: the ID of a rule, or of a rule and one object, with the reason. */
export interface Waiver {
  /** `api/nonce`, `api/nonce:orders`. The object is a name or an ID. */
  readonly item: string;
  readonly reason: string;
}

/**
 * Parses `ITEM=REASON`.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function parseWaiver(text: string): Waiver {
  const at = text.indexOf('=');
  const [item, reason] = [text.slice(0, Math.max(0, at)).trim(), text.slice(at + 1).trim()];
  if (at > 0 && item !== '' && reason !== '') return { item, reason };
  throw new InvalidInputError('INVALID_INPUT', `waiver ${JSON.stringify(text)}: expected ITEM=REASON`, {
    remedy:
      'Write the rule, or the rule and the object, and why it is given up: --waive "api/nonce:orders=the backend is idempotent".',
  });
}

/** Applies waivers to the items of one rule. `used` gets the waivers that fit an item. */
export function waived(rule: string, found: Found, waivers: readonly Waiver[], used: Set<Waiver>): Found {
  if (found.verdict !== 'blocked' && found.verdict !== 'unknown') return found;
  const own = waivers.find(({ item }) =>
    [rule, `${rule}:${found.source.name}`, `${rule}:${found.source.id}`].includes(item),
  );
  if (own === undefined) return found;
  used.add(own);
  if (!found.waivable) {
    throw new InvalidInputError('INVALID_INPUT', `${own.item} cannot be waived: ${found.message}`, {
      ...(found.remedy === undefined ? {} : { remedy: found.remedy }),
      details: { item: own.item, code: found.code },
    });
  }
  return { ...found, verdict: 'waived', waiver: { verdict: found.verdict, reason: own.reason } };
}

/** Refuses a waiver that fits nothing: it may have a typing error. @throws {InvalidInputError} `INVALID_INPUT` */
export function requireUsed(waivers: readonly Waiver[], used: ReadonlySet<Waiver>, open: readonly string[]): void {
  const unused = waivers.find((waiver) => !used.has(waiver));
  if (unused === undefined) return;
  const similar = nearest(unused.item, open);
  throw new InvalidInputError('INVALID_INPUT', `${unused.item} is nothing that is blocked or unknown`, {
    remedy:
      similar === undefined ? 'Remove it: only what is blocked or unknown is waived.' : `Did you mean ${similar}?`,
  });
}
