import type { ServiceName } from './operation/operation.js';
import { SERVICES } from './service-table.js';
import {
  errorModel,
  operationModel,
  type ExceptionClass,
  type ModelledError,
  type OperationModel,
  type ServiceModel,
} from './protocols/shapes.js';

const models = new Map<ServiceName, Promise<ServiceModel>>();

/** The model of a service, loaded once per process. */
export function serviceModel(service: ServiceName): Promise<ServiceModel> {
  let model = models.get(service);
  if (!model) {
    model = SERVICES[service]
      .load()
      .then((exports) => readModel(service, exports as Readonly<Record<string, unknown>>));
    models.set(service, model);
  }
  return model;
}

function readModel(service: ServiceName, exports: Readonly<Record<string, unknown>>): ServiceModel {
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, ModelledError>();
  let BaseException: ExceptionClass | undefined;
  for (const [name, value] of Object.entries(exports)) {
    if (name.endsWith('ServiceException')) BaseException ??= asClass(value);
    if (!name.endsWith('$')) continue;

    const operation = operationModel(value);
    if (operation) operations.set(operation.name, operation);
    const shape = operation ? undefined : errorModel(value);
    if (!shape || shape.name.endsWith('ServiceException')) continue;

    errors.set(shape.traits.awsQueryError?.[0] ?? shape.name, { shape, Exception: asClass(exports[shape.name]) });
  }
  return { service, operations, errors, BaseException };
}

function asClass(value: unknown): ExceptionClass | undefined {
  return typeof value === 'function' ? (value as ExceptionClass) : undefined;
}
