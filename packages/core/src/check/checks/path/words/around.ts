import type { Params } from '../../../../do/findings/finding.js';
import type { Around } from '../../../path/model/reasons.js';
import { fewText } from '../../../../ground/text/few-text.js';

/** A reason with what it is part of, or with what follows from it. */
export function aroundText(because: string, one: Around): string {
  switch (one.is) {
    case 'answer':
      return `on the return path, ${because}`;
    case 'today':
      return `${because}; ${fewText(one.addresses)} ${one.addresses.length === 1 ? 'is' : 'are'} allowed now, but addresses in a subnet change`;
    case 'references lost':
      return `${because}; rules that name security groups do not apply on this path`;
    case 'client preserved':
      return `the CLB preserves the client's address, and it is not documented whether security groups of its servers filter it: ${because}`;
    case 'one of several':
      return `${because}; a part of the calls fails: ${one.lost} of ${one.sent} targets that receive calls ${one.lost === 1 ? 'is' : 'are'} not reachable`;
  }
}

/** The facts that it adds to the published ones. */
export function aroundParams(one: Around): Params {
  switch (one.is) {
    case 'today':
      return { today: one.addresses };
    case 'references lost':
      return { references: 'lost' };
    case 'one of several':
      return { lost: one.lost, sent: one.sent };
    case 'answer':
    case 'client preserved':
      return {};
  }
}
