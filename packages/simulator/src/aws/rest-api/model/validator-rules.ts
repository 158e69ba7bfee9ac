import type { RequestValidator } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import type { RestApiRow } from '../state.js';
import { conflict } from '../words.js';

/** A new request validator. It validates nothing by default. */
export function newValidator(
  call: AwsCall,
  input: Omit<RequestValidator, 'id'>,
): RequestValidator & { readonly id: string } {
  return {
    id: call.id('', 6, 'base36'),
    ...(input.name !== undefined && input.name !== '' && { name: input.name }),
    validateRequestBody: input.validateRequestBody ?? false,
    validateRequestParameters: input.validateRequestParameters ?? false,
  };
}

/** Refuses to delete a validator that a method of the working copy uses. The sentence is that of models [I]. */
export function checkValidatorUnused(api: RestApiRow, { id, name }: RequestValidator): void {
  for (const { path, methods } of api.resources.values()) {
    for (const { httpMethod, requestValidatorId } of methods.values()) {
      if (requestValidatorId !== id) continue;
      throw conflict(
        `Cannot delete request validator '${name ?? id ?? ''}', is referenced in method request: ${path}/${httpMethod}`,
      );
    }
  }
}
