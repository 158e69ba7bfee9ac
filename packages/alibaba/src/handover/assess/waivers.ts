import { InvalidInputError } from '@postern/core/adapter';
import { nearest } from '@postern/core/cloud';
import type { Found } from './rule.js';

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
