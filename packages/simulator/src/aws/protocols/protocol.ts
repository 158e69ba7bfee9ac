import type { WireAnswer, WireRequest } from '../../simulation/wire.js';
import type { AnyOperation, ServiceError } from '../operation/operation.js';
import type { ServiceModel, OperationModel } from './shapes.js';
import { words } from '../operation/words.js';

/** What a request asks for. */
export interface NamedRequest {
  /** The operation's name, or what the caller wrote where one should be. */
  readonly name: string;
  /** Undefined if the service has no such operation. */
  readonly model: OperationModel | undefined;
  /** The request as far as it has been read. */
  readonly source: unknown;
}

/** One of AWS's protocols: how requests and answers of a service look. Made once per service. */
export interface Protocol {
  /** Which operation a request names. @throws {ServiceError} when it cannot even be read that far. */
  readonly identify: (request: WireRequest) => NamedRequest;
  /** The service's refusal of an operation that it does not have. */
  readonly unknownOperation: (request: WireRequest, name: string) => ServiceError;
  /** The operation's input. @throws {ServiceError} in the service's words when it does not fit the schema. */
  readonly decode: (operation: AnyOperation, model: OperationModel, source: unknown) => unknown;
  readonly encode: (model: OperationModel, output: unknown, requestId: string) => WireAnswer;
  readonly encodeError: (error: ServiceError, requestId: string) => WireAnswer;
}

/** The status of an error: the model's, unless the operation named another than the usual 400. */
export function errorStatus(model: ServiceModel | undefined, error: ServiceError): number {
  if (error.status !== 400) return error.status;

  const traits = model?.errors.get(error.code)?.shape.traits;
  return traits?.awsQueryError?.[1] ?? traits?.httpError ?? 400;
}

/** The status of an operation's response, with an error or without: the model's, if it has one. */
export function statusIn(model: ServiceModel, operation: string): (error?: ServiceError) => number | undefined {
  return (error) => (error ? errorStatus(model, error) : model.operations.get(operation)?.traits.http?.[2]);
}

/** How a value disagrees with its schema. The path grows while the error climbs out of nested values. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
  readonly path: string[] = [];

  constructor(
    readonly kind: 'unknown' | 'missing' | 'type',
    member: string,
    readonly value?: unknown,
    readonly expected = '',
  ) {
    super(kind);
    if (member !== '') this.path.push(member);
  }

  /** The error in the service's words. */
  inWords(operation: AnyOperation): ServiceError {
    const say = words(operation.service);
    const path = this.path.join('.');
    if (this.kind === 'unknown') return say.unknown(path, operation);

    return this.kind === 'missing'
      ? say.missing(path, operation)
      : say.wrongType(path, this.value, this.expected, operation);
  }
}

/** Runs a reader of an operation's input. @throws {ServiceError} in the service's words where it finds a mismatch */
export function inWords<T>(operation: AnyOperation, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Mismatch ? error.inWords(operation) : error;
  }
}

/** Runs a reader; a mismatch inside is one at `step`, too. */
export function within<T>(step: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Mismatch) error.path.unshift(step);
    throw error;
  }
}
