import type { ProductName } from '../operation/operation.js';
import { ACTION_NAMES, APIG_OPERATIONS } from './names.js';

/** An operation that is called by a method and a path. A segment in braces is a parameter. */
export interface RoaRoute {
  readonly name: string;
  readonly method: string;
  readonly segments: readonly string[];
}

/** The operations of an ROA product, by method and path. */
export const APIG_ROUTES: readonly RoaRoute[] = APIG_OPERATIONS.split('; ').map((line) => {
  const [name = '', method = '', path = ''] = line.split(' ');
  return { name, method, segments: path.split('/').filter((segment) => segment !== '') };
});

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/**
 * What each product's actions are called, simulated or not: one that a product has and we do not simulate is a 501, one
 * that it does not have is the gateway's own refusal.
 */
export const KNOWN_ACTIONS: Readonly<Record<ProductName, ReadonlySet<string>>> = {
  CloudAPI: set(ACTION_NAMES.CloudAPI),
  Ecs: set(ACTION_NAMES.Ecs),
  Vpc: set(ACTION_NAMES.Vpc),
  Slb: set(ACTION_NAMES.Slb),
  Ram: set(ACTION_NAMES.Ram),
  Sts: set(ACTION_NAMES.Sts),
  VpcPeer: set(ACTION_NAMES.VpcPeer),
  APIG: new Set(APIG_ROUTES.map(({ name }) => name)),
  Alidns: set(ACTION_NAMES.Alidns),
  Cms: set(ACTION_NAMES.Cms),
};
