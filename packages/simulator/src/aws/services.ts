import type { RegionBirth } from '../simulation/dispatch/operation.js';
import { createRegistry, newStates, timersOf, type StateParts } from '../simulation/dispatch/registry.js';
import * as acm from './acm/index.js';
import * as autoScaling from './auto-scaling/index.js';
import * as apiGateway from './http-apis/control/index.js';
import * as cloudMap from './cloud-map/index.js';
import * as directConnect from './direct-connect/index.js';
import * as ec2 from './ec2/index.js';
import * as ecs from './ecs/index.js';
import * as iam from './iam/index.js';
import * as loadBalancing from './load-balancing/index.js';
import * as logs from './logs/index.js';
import * as networkInsights from './network-insights/index.js';
import * as restApi from './rest-apis/control/index.js';
import * as route53 from './route53/index.js';
import * as serviceQuotas from './service-quotas/operations.js';
import * as sts from './sts/operations.js';
import * as testInvoke from './rest-apis/served/test-invoke/test-invoke.js';
import type { AwsCall, AnyOperation } from './operation/operation.js';
import type { RegionState } from './state/aws-state.js';

/** Every operation that is simulated. */
export const registry = createRegistry(
  ({ service }: AnyOperation) => service,
  [
    restApi,
    testInvoke,
    apiGateway,
    ec2,
    networkInsights,
    loadBalancing,
    cloudMap,
    ecs,
    acm,
    directConnect,
    sts,
    serviceQuotas,
    iam,
    route53,
    logs,
    autoScaling,
  ].map(({ operations }) => operations),
);

/** The parts of a region's state. */
const parts: StateParts<Omit<RegionState, 'name'>, AwsCall, RegionBirth | undefined> = {
  ec2,
  apiGateway,
  restApi,
  loadBalancing,
  cloudMap,
  ecs,
  acm,
  directConnect,
  logs,
  autoScaling,
  serviceQuotas,
};

/** What an account has in no region. */
export const newGlobals = () => ({ iam: iam.newState(), route53: route53.newState() });

/** A region as a new account finds it. */
export function newRegion(birth: RegionBirth): RegionState {
  return { name: birth.region, ...newStates(parts, birth) };
}

/** A region without anything, not even what AWS gives a new account. */
export function emptyRegion(name: string): RegionState {
  return { name, ...newStates(parts, undefined) };
}

/** What falls due, by kind. */
export const timers = timersOf({ ...parts, networkInsights });
