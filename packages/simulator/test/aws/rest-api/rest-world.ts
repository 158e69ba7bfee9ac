import { expect } from 'vitest';
import {
  simulate,
  type SimulatedClients,
  type SimulateOptions,
  type Simulation,
} from '../../../src/internal/simulation.js';

export const REGION = 'eu-west-1';
export const ACCOUNT = '111122223333';

export interface RestWorld extends SimulatedClients {
  readonly simulation: Simulation;
  readonly advance: Simulation['advance'];
  /** A call of an official client by the name of its operation: that of REST APIs, or another one. */
  readonly answer: (operation: string, input: object, client?: string) => Promise<any>;
}

export interface PetsWorld extends RestWorld {
  readonly restApiId: string;
  readonly rootResourceId: string;
  readonly resourceId: string;
  readonly method: { readonly restApiId: string; readonly resourceId: string; readonly httpMethod: string };
}

/** Clients of one simulated account, in this process, that does not throttle. */
export function restWorld(options: SimulateOptions = {}): RestWorld {
  const simulation = simulate({ seed: 7, throttle: false, ...options });
  const clients = simulation.clients(REGION);
  const answer = (operation: string, input: object, client = 'apiGateway'): Promise<any> =>
    (clients as any)[client][operation.replace(/^./, (first) => first.toLowerCase())](input);
  return { simulation, ...clients, answer, advance: simulation.advance };
}

/** A world with a regional API, its root and the resource `/pets`, which has the method GET. */
export async function petsApi(options: SimulateOptions = {}): Promise<PetsWorld> {
  const world = restWorld(options);
  const { apiGateway } = world;
  const { id: restApiId = '', rootResourceId = '' } = await apiGateway.createRestApi({
    name: 'shop',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  const { id: resourceId = '' } = await apiGateway.createResource({
    restApiId,
    parentId: rootResourceId,
    pathPart: 'pets',
  });
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await apiGateway.putMethod({ ...method, authorizationType: 'NONE' });
  return { ...world, restApiId, rootResourceId, resourceId, method };
}

/** An output without what the transport adds: for comparing which members are there. */
export function plain(output: object): Record<string, unknown> {
  const { $metadata: _, ...rest } = output as Record<string, unknown>;
  return rest;
}

/** The code of an output's status. */
export function statusOf(output: object): unknown {
  return (output as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** Expects a refusal with this code and message. */
export async function refused(call: Promise<unknown>, name: string, message: string | RegExp): Promise<void> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );
  expect({ name: error?.name, message: error?.message }).toEqual({
    name,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
}

export const BAD = 'BadRequestException';
export const NOT_FOUND = 'NotFoundException';
export const CONFLICT = 'ConflictException';
export const INVALID = 'ValidationException';
