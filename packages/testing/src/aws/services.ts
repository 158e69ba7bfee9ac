import * as acm from './acm/index.js';
import * as apiGateway from './api-gateway/index.js';
import * as cloudMap from './cloud-map/index.js';
import * as directConnect from './direct-connect/index.js';
import * as ec2 from './ec2/index.js';
import * as loadBalancing from './load-balancing/index.js';
import { operations as acmOperations } from './operations/acm/index.js';
import { operations as apiGatewayV2Operations } from './operations/apigatewayv2/index.js';
import { operations as directConnectOperations } from './operations/directconnect/index.js';
import { operations as ec2Operations } from './operations/ec2/index.js';
import { operations as loadBalancingOperations } from './operations/elasticloadbalancingv2/index.js';
import { operations as cloudMapOperations } from './operations/servicediscovery/index.js';
import { operations as quotaOperations } from './operations/servicequotas/index.js';
import { operations as stsOperations } from './operations/sts/index.js';
import { createRegistry, type Registry, type RegionBirth, type StatePart } from './registry.js';
import type { RegionState } from './state/region-state.js';
import type { TimerHandler } from './timers.js';

/** Every operation that is simulated. */
export const registry: Registry = createRegistry([
  apiGatewayV2Operations,
  ec2Operations,
  loadBalancingOperations,
  cloudMapOperations,
  acmOperations,
  directConnectOperations,
  stsOperations,
  quotaOperations,
]);

/** The parts of a region's state. */
const parts: { readonly [K in Exclude<keyof RegionState, 'name'>]: StatePart<K> } = {
  ec2: { newState: ec2.newState, timers: ec2.timers },
  apiGateway: { newState: apiGateway.newState, timers: apiGateway.timers },
  loadBalancing: { newState: loadBalancing.newState, timers: loadBalancing.timers },
  cloudMap: { newState: cloudMap.newState, timers: cloudMap.timers },
  acm: { newState: acm.newState, timers: acm.timers },
  directConnect: { newState: directConnect.newState, timers: directConnect.timers },
};

/** A region as a new account finds it. */
export function newRegion(birth: RegionBirth): RegionState {
  return {
    name: birth.region,
    ec2: parts.ec2.newState(birth),
    apiGateway: parts.apiGateway.newState(birth),
    loadBalancing: parts.loadBalancing.newState(birth),
    cloudMap: parts.cloudMap.newState(birth),
    acm: parts.acm.newState(birth),
    directConnect: parts.directConnect.newState(birth),
  };
}

const timers = new Map<string, TimerHandler>(Object.values(parts).flatMap((part) => Object.entries(part.timers)));

/** What a timer of this kind does. */
export function timerHandler(kind: string): TimerHandler | undefined {
  return timers.get(kind);
}
