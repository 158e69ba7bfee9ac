import type { MoveTexts } from '@postern/core/kinds';
import { HTTP_API_DECLARED, REST_API_DECLARED } from './declared.js';
import { AWS_MOVE_REMEDIES } from './remedies.js';
import { AWS_TERRAFORM } from './terraform.js';

/** What reports of moves say of AWS. */
export const AWS_MOVE_TEXTS: MoveTexts = {
  declared: { 'http-api': HTTP_API_DECLARED, 'rest-api': REST_API_DECLARED },
  remedies: AWS_MOVE_REMEDIES,
  terraform: AWS_TERRAFORM,
};
