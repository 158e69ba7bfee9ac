import type { AnyOperation } from '../../../operation.js';
import { deleteIntegrationResponse } from './delete-integration-response.js';
import { deleteIntegration } from './delete-integration.js';
import { deleteMethodResponse } from './delete-method-response.js';
import { deleteMethod } from './delete-method.js';
import { getIntegrationResponse } from './get-integration-response.js';
import { getIntegration } from './get-integration.js';
import { getMethodResponse } from './get-method-response.js';
import { getMethod } from './get-method.js';
import { putIntegrationResponse } from './put-integration-response.js';
import { putIntegration } from './put-integration.js';
import { putMethodResponse } from './put-method-response.js';
import { putMethod } from './put-method.js';
import { testInvokeMethod } from './test-invoke-method.js';
import { updateIntegrationResponse } from './update-integration-response.js';
import { updateIntegration } from './update-integration.js';
import { updateMethodResponse } from './update-method-response.js';
import { updateMethod } from './update-method.js';

/** The simulated operations on methods, integrations and their responses. */
export const operations: readonly AnyOperation[] = [
  deleteIntegration,
  deleteIntegrationResponse,
  deleteMethod,
  deleteMethodResponse,
  getIntegration,
  getIntegrationResponse,
  getMethod,
  getMethodResponse,
  putIntegration,
  putIntegrationResponse,
  putMethod,
  putMethodResponse,
  updateIntegration,
  updateIntegrationResponse,
  updateMethod,
  updateMethodResponse,
  testInvokeMethod,
];
