import type { RegionBirth } from '../simulation/dispatch/operation.js';
import { createRegistry, newStates, timersOf, type StateParts } from '../simulation/dispatch/registry.js';
import * as acm from './acm/index.js';
import * as apiGateway from './api-gateway/index.js';
import * as cloudMap from './cloud-map/index.js';
import * as directConnect from './direct-connect/index.js';
import * as ec2 from './ec2/index.js';
import * as loadBalancing from './load-balancing/index.js';
import { operations as acmOperations } from './operations/acm/index.js';
import { operations as apiGatewayOperations } from './operations/apigateway/index.js';
import { operations as apiGatewayV2Operations } from './operations/apigatewayv2/index.js';
import { operations as directConnectOperations } from './operations/directconnect.js';
import { operations as ec2Operations } from './operations/ec2/index.js';
import { operations as loadBalancingOperations } from './operations/elasticloadbalancingv2/index.js';
import { operations as cloudMapOperations } from './operations/servicediscovery/index.js';
import { operations as quotaOperations } from './operations/servicequotas/index.js';
import { operations as stsOperations } from './operations/sts.js';
import * as restApi from './rest-api/index.js';
import type { AwsCall } from './call.js';
import type { AnyOperation } from './operation.js';
import type { RegionState } from './state/region-state.js';

/** Every operation that is simulated. */
export const registry = createRegistry(
  ({ service }: AnyOperation) => service,
  [
    apiGatewayOperations,
    apiGatewayV2Operations,
    ec2Operations,
    loadBalancingOperations,
    cloudMapOperations,
    acmOperations,
    directConnectOperations,
    stsOperations,
    quotaOperations,
  ],
);

/** The parts of a region's state. */
const parts: StateParts<Omit<RegionState, 'name'>, AwsCall> = {
  ec2,
  apiGateway,
  restApi,
  loadBalancing,
  cloudMap,
  acm,
  directConnect,
};

/** A region as a new account finds it. */
export function newRegion(birth: RegionBirth): RegionState {
  return { name: birth.region, ...newStates(parts, birth) };
}

/** A region without anything, not even what AWS gives a new account. */
export function emptyRegion(name: string): RegionState {
  return {
    name,
    ec2: ec2.emptyState(),
    apiGateway: apiGateway.newState(),
    restApi: restApi.newState(),
    loadBalancing: loadBalancing.newState(),
    cloudMap: cloudMap.newState(),
    acm: acm.newState(),
    directConnect: directConnect.newState(),
  };
}

/** What falls due, by kind. */
export const timers = timersOf(parts);
