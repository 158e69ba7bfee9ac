import type { MoveTexts } from '@postern/core/kinds';
import { API_GROUP_DECLARED } from './declared.js';
import { ALIBABA_MOVE_REMEDIES } from './remedies.js';
import { ALIBABA_TERRAFORM } from './terraform.js';

/** What reports of moves say of Alibaba Cloud. */
export const ALIBABA_MOVE_TEXTS: MoveTexts = {
  declared: { 'api-group': API_GROUP_DECLARED },
  remedies: ALIBABA_MOVE_REMEDIES,
  terraform: ALIBABA_TERRAFORM,
};
