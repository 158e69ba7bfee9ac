import type { AnyOperation } from '../../../operation.js';
import { createVpcLink } from './create-vpc-link.js';
import { deleteVpcLink } from './delete-vpc-link.js';
import { getVpcLink } from './get-vpc-link.js';
import { getVpcLinks } from './get-vpc-links.js';
import { updateVpcLink } from './update-vpc-link.js';

/** The simulated operations on V1 VPC links. */
export const operations: readonly AnyOperation[] = [
  createVpcLink,
  deleteVpcLink,
  getVpcLink,
  getVpcLinks,
  updateVpcLink,
];
