import type { RouteEntry } from '../../../../src/do/model/routing.js';
import { edit } from '../edits.js';

/** A block that exists on the cloud. */
export const allowed = (cidrBlock: string) =>
  edit({ 'allowlists.0.entries.+': { cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 } });

export const listed = (...allowlist: string[]) => edit({ 'linkSpec.allowlist': allowlist });

export const route = (entry: Partial<RouteEntry>) =>
  edit({
    'routeTables.0.routes.+': {
      nextHop: { kind: 'vpn-gateway', id: 'vpn-1' },
      state: 'active',
      origin: 'static',
      ...entry,
    },
  });
