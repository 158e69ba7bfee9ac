import type { MethodResponse } from '@aws-sdk/client-api-gateway';
import type { MethodRow, RestApiRow } from '../state.js';
import { withMember } from '../patch.js';
import { checkModels } from './method-rules.js';
import { METHOD_WORDS } from './words.js';

/** @throws {ServiceError} ValidationException */
export function checkStatusCode(code: string | undefined): string {
  if (code === undefined || !/^[1-5]\d\d$/.test(code)) throw METHOD_WORDS.statusCode(code ?? '');
  return code;
}

/** @throws {ServiceError} NotFoundException */
export function getMethodResponse(method: MethodRow, code: string | undefined): MethodResponse {
  return responseOf(method.methodResponses, code);
}

/** A response of a map by status code. @throws {ServiceError} NotFoundException */
export function responseOf<T>(responses: Readonly<Record<string, T>> | undefined, code: string | undefined): T {
  const row = responses && Object.hasOwn(responses, code ?? '') ? responses[code ?? ''] : undefined;
  if (row === undefined) throw METHOD_WORDS.responseNotFound();
  return row;
}

/** Refuses a method response that the service would refuse. @throws {ServiceError} BadRequestException */
export function checkMethodResponse(api: RestApiRow, response: MethodResponse): void {
  for (const name of Object.keys(response.responseParameters ?? {})) {
    if (!/^method\.response\.header\.\S+$/.test(name)) throw METHOD_WORDS.expression(name);
  }
  checkModels(api, response.responseModels);
}

/** The method with a response set. */
export function withMethodResponse(method: MethodRow, code: string, response: MethodResponse): MethodRow {
  return { ...method, methodResponses: { ...method.methodResponses, [code]: response } };
}

/** The method without a response. Without any, `methodResponses` is absent. */
export function withoutMethodResponse(method: MethodRow, code: string): MethodRow {
  return withMember(method, 'methodResponses', without(method.methodResponses, code));
}

/** A map without one entry; undefined if no other is left. */
export function without<T>(map: Readonly<Record<string, T>> | undefined, key: string): Record<string, T> | undefined {
  const { [key]: _, ...rest } = map ?? {};
  return Object.keys(rest).length > 0 ? rest : undefined;
}
