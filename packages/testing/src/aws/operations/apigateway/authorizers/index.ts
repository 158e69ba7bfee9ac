import type { AnyOperation } from '../../../operation.js';
import { createAuthorizer } from './create-authorizer.js';
import { deleteAuthorizer } from './delete-authorizer.js';
import { deleteGatewayResponse } from './delete-gateway-response.js';
import { getAuthorizer } from './get-authorizer.js';
import { getAuthorizers } from './get-authorizers.js';
import { getGatewayResponse } from './get-gateway-response.js';
import { getGatewayResponses } from './get-gateway-responses.js';
import { putGatewayResponse } from './put-gateway-response.js';
import { updateAuthorizer } from './update-authorizer.js';
import { updateGatewayResponse } from './update-gateway-response.js';

/** The simulated operations on authorizers and gateway responses. */
export const operations: readonly AnyOperation[] = [
  createAuthorizer,
  getAuthorizer,
  getAuthorizers,
  updateAuthorizer,
  deleteAuthorizer,
  putGatewayResponse,
  getGatewayResponse,
  getGatewayResponses,
  updateGatewayResponse,
  deleteGatewayResponse,
];
