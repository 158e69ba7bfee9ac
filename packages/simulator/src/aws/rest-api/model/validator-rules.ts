import type { RequestValidator } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import type { RestApiRow } from '../state.js';
import { conflict, notFound } from '../words.js';

/** A request validator as it is stored. */
export type ValidatorRow = RequestValidator & { readonly id: string };

/** A new request validator. It validates nothing by default. */
export function newValidator(call: AwsCall, input: Omit<RequestValidator, 'id'>): ValidatorRow {
  return {
    id: call.id('', 6, 'base36'),
    ...(input.name !== undefined && input.name !== '' && { name: input.name }),
    validateRequestBody: input.validateRequestBody ?? false,
    validateRequestParameters: input.validateRequestParameters ?? false,
  };
}

/** @throws {ServiceError} NotFoundException, for an unknown API, too */
export function getValidator(call: AwsCall, apiId: string, id: string): { api: RestApiRow; row: ValidatorRow } {
  const api = call.state.restApi.apis.get(apiId);
  const row = api?.requestValidators.get(id);
  if (!api || !row) throw notFound('Invalid Request Validator identifier specified');
  return { api, row: { ...row, id } };
}

/** Refuses to delete a validator that a method of the working copy uses. The sentence is that of models [I]. */
export function checkValidatorUnused(api: RestApiRow, { id, name }: ValidatorRow): void {
  for (const { path, methods } of api.resources.values()) {
    for (const { httpMethod, requestValidatorId } of methods.values()) {
      if (requestValidatorId !== id) continue;
      throw conflict(
        `Cannot delete request validator '${name ?? id}', is referenced in method request: ${path}/${httpMethod}`,
      );
    }
  }
}
