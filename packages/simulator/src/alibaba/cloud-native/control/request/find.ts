import { raise } from '../../../../simulation/raise.js';
import type { AlibabaRegionState } from '../../../state/region-state.js';
import type {
  ApigDomainRow,
  ApigGatewayRow,
  ApigServiceRow,
  ConsumerRow,
  HttpApiRow,
  HttpOperationRow,
  HttpRouteRow,
  PolicyRow,
  SourceRow,
} from '../state.js';
import { refusals } from './refusals.js';

/**
 * A gateway. One that was deleted is answered in either of two words, which both occur; here it depends on its ID.
 * @throws {AlibabaError} `NotFound.GatewayNotFound`, `Conflict.GatewayIsDeleted`
 */
export function getGateway({ apig }: AlibabaRegionState, id: string): ApigGatewayRow {
  const row = apig.gateways.get(id);
  if (row) return row;

  const isSaidDeleted = apig.deletedGateways.has(id) && id.charCodeAt(id.length - 1) % 2 === 0;
  throw isSaidDeleted ? refusals.gatewayIsDeleted(id) : refusals.missing('gateway', id);
}

/** A gateway that is named by something of its own. @throws {AlibabaError} as {@link getGateway} */
export function getRunningGateway(state: AlibabaRegionState, id: string): ApigGatewayRow {
  const row = getGateway(state, id);
  if (row.status !== 'Running') throw refusals.isChanging();

  return row;
}

/** @throws {AlibabaError} `NotFound.ServiceNotFound`; `Conflict.GatewayIsDeleted` where its gateway is deleted */
export function getService({ apig }: AlibabaRegionState, id: string): ApigServiceRow {
  const row = apig.services.get(id) ?? raise(refusals.missing('service', id));

  if (apig.deletedGateways.has(row.gatewayId)) throw refusals.gatewayIsDeleted(row.gatewayId);

  return row;
}

/** @throws {AlibabaError} `NotFound.SourceNotFound` */
export function getSource({ apig }: AlibabaRegionState, id: string): SourceRow {
  return apig.sources.get(id) ?? raise(refusals.missing('source', id));
}

/** @throws {AlibabaError} `DatabaseError.RecordNotFound` */
export function getHttpApi({ apig }: AlibabaRegionState, id: string): HttpApiRow {
  return apig.apis.get(id) ?? raise(refusals.missing('HTTP API', id));
}

/** @throws {AlibabaError} `NotFound.RouteNotFound`, `DatabaseError.RecordNotFound` */
export function getRoute(state: AlibabaRegionState, apiId: string, id: string): HttpRouteRow {
  const api = getHttpApi(state, apiId);
  const row = state.apig.routes.get(id);
  if (row?.apiId !== api.id) throw refusals.missing('route', id);

  return row;
}

/** @throws {AlibabaError} `DatabaseError.RecordNotFound` */
export function getOperation(state: AlibabaRegionState, apiId: string, id: string): HttpOperationRow {
  const api = getHttpApi(state, apiId);
  const row = state.apig.operations.get(id);
  if (row?.apiId !== api.id) throw refusals.missing('operation', id);

  return row;
}

/** @throws {AlibabaError} `DatabaseError.RecordNotFound` */
export function getDomain({ apig }: AlibabaRegionState, id: string): ApigDomainRow {
  return apig.domains.get(id) ?? raise(refusals.missing('domain', id));
}

/** @throws {AlibabaError} `NotFound.PolicyNotFound` */
export function getPolicy({ apig }: AlibabaRegionState, id: string): PolicyRow {
  return apig.policies.get(id) ?? raise(refusals.missing('policy', id));
}

/** @throws {AlibabaError} `NotFound.ConsumerNotFound` */
export function getConsumer({ apig }: AlibabaRegionState, id: string): ConsumerRow {
  return apig.consumers.get(id) ?? raise(refusals.missing('consumer', id));
}

/** The gateway of an environment, or of a gateway's own ID. @throws {AlibabaError} `NotFound.EnvironmentNotFound` */
export function gatewayOfEnvironment({ apig }: AlibabaRegionState, id: string): ApigGatewayRow {
  const row = [...apig.gateways.values()].find((one) => one.environmentId === id || one.id === id);
  if (!row) throw refusals.missing('environment', id);

  return row;
}
