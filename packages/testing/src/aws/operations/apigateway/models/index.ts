import type { AnyOperation } from '../../../operation.js';
import { createDocumentationPart } from './create-documentation-part.js';
import { createModel } from './create-model.js';
import { createRequestValidator } from './create-request-validator.js';
import { deleteDocumentationPart } from './delete-documentation-part.js';
import { deleteModel } from './delete-model.js';
import { deleteRequestValidator } from './delete-request-validator.js';
import { getDocumentationPart } from './get-documentation-part.js';
import { getDocumentationParts } from './get-documentation-parts.js';
import { getModel } from './get-model.js';
import { getModels } from './get-models.js';
import { getRequestValidator } from './get-request-validator.js';
import { getRequestValidators } from './get-request-validators.js';
import { updateDocumentationPart } from './update-documentation-part.js';
import { updateModel } from './update-model.js';
import { updateRequestValidator } from './update-request-validator.js';

/** The simulated operations on models, request validators and documentation parts. */
export const operations: readonly AnyOperation[] = [
  createModel,
  getModel,
  getModels,
  updateModel,
  deleteModel,
  createRequestValidator,
  getRequestValidator,
  getRequestValidators,
  updateRequestValidator,
  deleteRequestValidator,
  createDocumentationPart,
  getDocumentationPart,
  getDocumentationParts,
  updateDocumentationPart,
  deleteDocumentationPart,
];
