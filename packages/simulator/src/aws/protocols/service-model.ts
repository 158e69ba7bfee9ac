import type { ServiceName } from '../service-name.js';
import { SERVICES } from '../service-table.js';
import { errorModel, operationModel, type OperationModel, type StructureShape } from './shapes.js';

/** An error that the service's model has. */
export interface ModelledError {
  readonly shape: StructureShape;
  /** The SDK's class of it, where the package exports one. */
  readonly Exception: ExceptionClass | undefined;
}

/** A class of the SDK's exceptions. */
export type ExceptionClass = new (options: Readonly<Record<string, unknown>>) => Error;

/** What the SDK's package publishes about a service. */
export interface ServiceModel {
  readonly service: ServiceName;
  /** By name, simulated or not. */
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** By the code on the wire. */
  readonly errors: ReadonlyMap<string, ModelledError>;
  /** The class of exceptions that have no shape. */
  readonly BaseException: ExceptionClass | undefined;
}

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
