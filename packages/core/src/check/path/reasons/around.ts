import { fill } from '../../../do/findings/template.js';
import type { Params } from '../../../do/findings/finding.js';
import type { HopText } from './reason.js';

/** A hop with another sentence, which has placeholders, and with more facts; a hop without a reason stays as it is. */
function around<H extends HopText>(hop: H, sentence: string, params?: Params): H {
  const { because, why } = hop;
  if (because === undefined || why === undefined) return hop;
  return {
    ...hop,
    because: fill(sentence, { ...params, because }),
    why: { ...why, params: { ...why.params, ...params } },
  };
}

/** A hop of the return path. */
export function onReturnPath<H extends HopText>(hop: H): H {
  return around(hop, 'on the return path, {because}');
}

/** Where the addresses that are in use now are allowed. */
export function allowedToday<H extends HopText>(hop: H, today: readonly string[]): H {
  const sentence = '{because}; {today:few} {today?is:are} allowed now, but addresses in a subnet change';
  return around(hop, sentence, { today });
}

/** Where rules that name groups do not apply on the path. */
export function withoutReferences<H extends HopText>(hop: H): H {
  return around(hop, '{because}; rules that name security groups do not apply on this path', { references: 'lost' });
}

/** Where the load balancer preserves the client's address, and it is not documented whether groups filter it. */
export function perhapsFiltered<H extends HopText>(hop: H): H {
  return around(
    hop,
    "the load balancer preserves the client's address, and it is not documented whether security groups of its servers filter it: {because}",
  );
}

/** Where, of several targets that receive calls, so many are not reachable. */
export function oneOfSeveral<H extends HopText>(hop: H, lost: number, sent: number): H {
  return around(
    hop,
    '{because}; a part of the calls fails: {lost} of {sent} targets that receive calls {lost?is:are} not reachable',
    { lost, sent },
  );
}
