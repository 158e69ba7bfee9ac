import type { CommandDescription } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern links`. */
export const links: CommandDescription = { ...grammar.links, load: () => import('./links.js') };

/** `postern egress`. */
export const egress: CommandDescription = { ...grammar.egress, load: () => import('./egress.js') };

/** `postern allow`. */
export const allow: CommandDescription = {
  ...grammar.allow,
  load: async () => ({ run: (await import('./allowlist.js')).allow }),
};

/** `postern revoke`. */
export const revoke: CommandDescription = {
  ...grammar.revoke,
  load: async () => ({ run: (await import('./allowlist.js')).revoke }),
};

/** `postern list`. */
export const list: CommandDescription = { ...grammar.list, load: () => import('./list.js') };

/** `postern gateways`. */
export const gateways: CommandDescription = { ...grammar.gateways, load: () => import('./gateways.js') };
