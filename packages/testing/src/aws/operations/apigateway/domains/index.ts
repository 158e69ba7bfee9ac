import type { AnyOperation } from '../../../operation.js';
import { createBasePathMapping } from './create-base-path-mapping.js';
import { createDomainName } from './create-domain-name.js';
import { deleteBasePathMapping } from './delete-base-path-mapping.js';
import { deleteDomainName } from './delete-domain-name.js';
import { getBasePathMapping } from './get-base-path-mapping.js';
import { getBasePathMappings } from './get-base-path-mappings.js';
import { getDomainName } from './get-domain-name.js';
import { getDomainNames } from './get-domain-names.js';
import { updateBasePathMapping } from './update-base-path-mapping.js';
import { updateDomainName } from './update-domain-name.js';

/** The simulated operations on custom domain names and their base path mappings. */
export const operations: readonly AnyOperation[] = [
  createDomainName,
  getDomainName,
  getDomainNames,
  updateDomainName,
  deleteDomainName,
  createBasePathMapping,
  getBasePathMapping,
  getBasePathMappings,
  updateBasePathMapping,
  deleteBasePathMapping,
];
