import type { ProductName } from '../operation/product.js';
import {
  ALIDNS_ACTIONS,
  CLOUD_API_ACTIONS,
  RAM_ACTIONS,
  SLB_ACTIONS,
  STS_ACTIONS,
  VPC_PEER_ACTIONS,
  CMS_ACTIONS,
} from './others.js';
import { APIG_OPERATIONS } from './apig.js';
import { ECS_ACTIONS } from './ecs.js';
import { VPC_ACTIONS } from './vpc.js';

/** An operation that is called by a method and a path. A segment in braces is a parameter. */
export interface RoaRoute {
  readonly name: string;
  readonly method: string;
  readonly segments: readonly string[];
}

/** The operations of an ROA product, by method and path. */
export const APIG_ROUTES: readonly RoaRoute[] = APIG_OPERATIONS.trim()
  .split('\n')
  .map((line) => {
    const [name = '', method = '', path = ''] = line.trim().split(' ');
    return { name, method, segments: path.split('/').filter((segment) => segment !== '') };
  });

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * What each product's actions are called, simulated or not: one that a product has and we do not simulate is a 501, one
 * that it does not have is the gateway's own refusal.
 */
export const KNOWN_ACTIONS: Readonly<Record<ProductName, ReadonlySet<string>>> = {
  CloudAPI: set(CLOUD_API_ACTIONS),
  Ecs: set(ECS_ACTIONS),
  Vpc: set(VPC_ACTIONS),
  Slb: set(SLB_ACTIONS),
  Ram: set(RAM_ACTIONS),
  Sts: set(STS_ACTIONS),
  VpcPeer: set(VPC_PEER_ACTIONS),
  APIG: new Set(APIG_ROUTES.map(({ name }) => name)),
  Alidns: set(ALIDNS_ACTIONS),
  Cms: set(CMS_ACTIONS),
};
